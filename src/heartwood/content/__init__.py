"""The only reader of course files: folders of TOML and Markdown become courses and scripts."""

from heartwood.content.aloud import lines_aloud
from heartwood.content.differences import Difference, differences, new_changes
from heartwood.content.files import course_hash
from heartwood.content.findings import Finding
from heartwood.content.reading import (
    ReadCourse,
    check_course,
    judge_course,
    parse_course,
    read_course,
    shipped_courses,
    shipped_moments,
)

__all__ = [
    "Difference",
    "Finding",
    "ReadCourse",
    "check_course",
    "course_hash",
    "differences",
    "judge_course",
    "lines_aloud",
    "new_changes",
    "parse_course",
    "read_course",
    "shipped_courses",
    "shipped_moments",
]
