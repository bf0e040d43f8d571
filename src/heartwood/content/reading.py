"""Reading a whole course: from a folder, or from the files of a published version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import heartwood
from heartwood.content.courses import CourseReading
from heartwood.content.files import canonical, course_hash, read_files
from heartwood.content.findings import Finding, Findings
from heartwood.content.moments import MomentFiles
from heartwood.content.rules import findings_of
from heartwood.content.rules.manuscript import manuscript_of
from heartwood.curriculum.course import Course
from heartwood.curriculum.moment import Moment
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
    """What keeps the course in `folder` from being led: files, format, scripts that break their promise."""
    return sorted(_checked(folder, language)[0].found)


def judge_course(folder: Path, language: str = "en") -> list[Finding]:
    """Everything amiss in the course in `folder`: what check_course finds, and the rules of balance."""
    findings, reading, read = _checked(folder, language)
    if read is None:
        return sorted(findings.found)
    course, scripts = read
    faulty = {found.path for found in findings.found}
    sound = {name: script for name, script in scripts.items() if _toml(name) not in faulty}
    manuscript = manuscript_of(course, sound, files=reading.files, language=language, findings=findings)
    return sorted([*findings.found, *findings_of(manuscript)])


def _checked(
    folder: Path, language: str
) -> tuple[Findings, CourseReading, tuple[Course, dict[str, Script]] | None]:
    _check_is_course(folder)
    findings = Findings()
    reading = CourseReading(read_files(folder, findings), language, findings)
    read = reading.course()
    for script in read[1].values() if read else ():
        _hold_to_promise(script, reading.files[_toml(script.id)], findings)
    for path in reading.strays() if read else ():
        findings.add(path, None, "Nothing in the course leads to this file. Rename it, or take it out.")
    return findings, reading, read


def _hold_to_promise(script: Script, text: str, findings: Findings) -> None:
    path = _toml(script.id)
    if any(found.path == path for found in findings.found):
        return
    rows = text.split("\n")
    line = next((number for number, row in enumerate(rows, 1) if row.startswith("[minutes]")), None)
    for message in check_script(script):
        findings.add(path, line, message)


def _toml(script_id: str) -> str:
    return f"practices/{script_id}/script.toml"


def shipped_courses() -> Path:
    """The folder of the courses that come with Heartwood, in a wheel or in its repository."""
    package = Path(heartwood.__file__).parent
    shipped = package / "shipped" / "courses"
    return shipped if shipped.is_dir() else package.parents[1] / "content" / "courses"


def shipped_moments(language: str = "en") -> tuple[Moment, ...]:
    """The moments of the first shipped course that has any, for whoever is in a course without."""
    for folder in sorted(shipped_courses().iterdir()):
        findings = Findings()
        moments = MomentFiles(read_files(folder, findings), language, findings).moments()
        if moments and not findings.found:
            return moments
    return ()


def _check_is_course(folder: Path) -> None:
    if not (folder / "course.toml").is_file():
        raise ContentError("There is no course.toml here. Name the folder of a course.", path=folder)
