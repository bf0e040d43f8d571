"""Reading a whole course: from a folder, or from the files of a published version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import heartwood
from heartwood.content.courses import CourseReading
from heartwood.content.files import canonical, course_hash, read_files
from heartwood.content.findings import Finding, Findings
from heartwood.curriculum.course import Course
from heartwood.errors import ContentError, UnknownName
from heartwood.practice.promise import check_script
from heartwood.practice.script import Script


@dataclass(frozen=True, slots=True)
class ReadCourse:
    """A course, its scripts by id, and the very text they were read from.

    hash   names exactly this text (SHA-256 over canonical text in order of paths)
    files  canonical text by path inside the course folder
    """

    course: Course
    scripts: dict[str, Script]
    hash: str
    files: dict[str, str]

    def script(self, name: str) -> Script:
        """The script of this id. Raises UnknownName, saying which there are."""
        if name not in self.scripts:
            shown = name if len(name) <= 60 else f"{name[:60]}…"
            raise UnknownName(
                f"There is no practice '{shown}'. There are: {', '.join(sorted(self.scripts))}."
            )
        return self.scripts[name]


def read_course(folder: Path, language: str = "en") -> ReadCourse:
    """The course in `folder`. For the first thing amiss raises ContentError with file, line and remedy."""
    _check_is_course(folder)
    findings = Findings()
    files = read_files(folder, findings)
    findings.refuse_if_any()
    return parse_course(files, language)


def parse_course(files: Mapping[str, str], language: str = "en") -> ReadCourse:
    """The same from text by path, as a published version keeps it."""
    kept = {canonical(path): canonical(text) for path, text in files.items()}
    findings = Findings()
    read = CourseReading(kept, language, findings).course()
    findings.refuse_if_any()
    if read is None:
        raise ContentError("This is no course.", path="course.toml")
    course, scripts = read
    return ReadCourse(course, scripts, course_hash(kept), kept)


def check_course(folder: Path, language: str = "en") -> list[Finding]:
    """Everything amiss in the course in `folder`: files, format, and scripts that break their promise."""
    _check_is_course(folder)
    findings = Findings()
    reading = CourseReading(read_files(folder, findings), language, findings)
    read = reading.course()
    for script in read[1].values() if read else ():
        path = f"practices/{script.id}/script.toml"
        if not any(found.path == path for found in findings.found):
            for message in check_script(script):
                findings.add(path, None, message)
    for path in reading.strays() if read else ():
        findings.add(path, None, "Nothing in the course leads to this file. Rename it, or take it out.")
    return sorted(findings.found)


def shipped_courses() -> Path:
    """The folder of the courses that come with Heartwood, in a wheel or in its repository."""
    package = Path(heartwood.__file__).parent
    shipped = package / "shipped" / "courses"
    return shipped if shipped.is_dir() else package.parents[1] / "content" / "courses"


def _check_is_course(folder: Path) -> None:
    if not (folder / "course.toml").is_file():
        raise ContentError("There is no course.toml here. Name the folder of a course.", path=folder)
