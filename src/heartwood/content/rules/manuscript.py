"""A course as the rules look at it: what was read, the very text, and what the course says it wants to be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from heartwood.content.findings import Findings
from heartwood.content.rules.prose import Paragraph, paragraphs
from heartwood.content.tables import Table, read_table
from heartwood.curriculum.course import PARTS, Course, Week
from heartwood.curriculum.ways import DIRECTIONS, STRANDS
from heartwood.practice.script import Script

Remark = tuple[str, int, str]
"""Where something is amiss and what to do: path, line (0 for none), sentence."""

NOTES = ("posture", "leave", "gentler", "note")


@dataclass(frozen=True)
class Whole:
    """What a finished course promises of itself in [whole]; empty for a course that promises nothing.

    parts          kinds that every week has
    class_minutes  what the long and the short class plan of a week last
    reading_words  least and most words of a reading
    strands, directions  the cells that the weeks together touch, every strand with every direction
    notes          notes that every script has
    """

    parts: tuple[str, ...] = ()
    class_minutes: tuple[int, ...] = ()
    reading_words: tuple[int, ...] = ()
    strands: tuple[str, ...] = ()
    directions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Manuscript:
    """A course under the eye of the rules.

    scripts   those that could be read without a finding, by id
    folders   of the weeks, by number
    licensed  protected names whose owners let this course use them
    """

    course: Course
    scripts: Mapping[str, Script]
    files: Mapping[str, str]
    language: str
    whole: Whole = field(default_factory=Whole)
    folders: Mapping[int, str] = field(default_factory=dict)
    licensed: tuple[str, ...] = ()

    def texts(self) -> Iterator[tuple[str, str]]:
        """Path and text of every Markdown file in the language, in order."""
        ending = f".{self.language}.md"
        return ((path, text) for path, text in sorted(self.files.items()) if path.endswith(ending))

    def paragraphs(self) -> Iterator[tuple[str, Paragraph]]:
        """Every paragraph of every text, with the path of its file."""
        return ((path, paragraph) for path, text in self.texts() for paragraph in paragraphs(text))

    def place(self, week: Week, name: str) -> str:
        """The path of one file of a week."""
        return f"{self.folders.get(week.number, f'week-{week.number}')}/{name}"

    def line(self, path: str, start: str) -> int:
        """The first line of a file that begins like this; the first of all when none does."""
        rows = self.files.get(path, "").split("\n")
        return next((number for number, row in enumerate(rows, 1) if row.startswith(start)), 1)


def manuscript_of(
    course: Course,
    scripts: Mapping[str, Script],
    *,
    files: Mapping[str, str],
    language: str,
    findings: Findings,
) -> Manuscript:
    """The manuscript of a course that was read. What is wrong in [whole] becomes a finding."""
    table = read_table("course.toml", files["course.toml"], findings)
    if table is None:
        return Manuscript(course, scripts, files, language)
    numbers = (
        (read_table(f"{f}/week.toml", files.get(f"{f}/week.toml", ""), Findings()), f)
        for f in table.words("weeks")
    )
    folders = {week.values.get("number", 0): folder for week, folder in numbers if week}
    whole = table.table("whole")
    return Manuscript(
        course,
        scripts,
        files,
        language,
        whole=_whole(whole) if whole else Whole(),
        folders=folders,
        licensed=_licensed(table),
    )


def _whole(table: Table) -> Whole:
    table.only({"parts", "class_minutes", "reading_words", "strands", "directions", "notes"})
    return Whole(
        parts=_kinds(table),
        class_minutes=_numbers(table, "class_minutes", most=2),
        reading_words=_numbers(table, "reading_words", least=2, most=2),
        strands=table.words("strands", among=STRANDS),
        directions=table.words("directions", among=DIRECTIONS),
        notes=table.words("notes", among=NOTES),
    )


def _kinds(table: Table) -> tuple[str, ...]:
    known = (*PARTS, "home")
    kinds = table.values.get("parts", [])
    if not isinstance(kinds, list) or not all(kind in known for kind in kinds):
        table.add("parts", f"parts must be a list of these: {', '.join(known)}.")
        return ()
    return tuple(kinds)


def _numbers(table: Table, key: str, *, least: int = 1, most: int) -> tuple[int, ...]:
    values = table.values.get(key)
    if values is None:
        return ()
    if not isinstance(values, list) or not all(type(v) is int for v in values):
        values = []
    if not least <= len(values) <= most:
        table.add(key, f"{key} must be a list of whole numbers, at most {most}, such as [120, 60].")
        return ()
    return tuple(values)


def _licensed(table: Table) -> tuple[str, ...]:
    names = table.values.get("licensed", [])
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        table.add("licensed", 'licensed must be a list of names, such as ["MSC"].')
        return ()
    return tuple(names)
