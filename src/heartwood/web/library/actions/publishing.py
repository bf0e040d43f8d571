"""Publishing a course, and laying its usual sounds in store."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction

from heartwood import content
from heartwood.content import ReadCourse
from heartwood.errors import ContentError
from heartwood.web.kit import audit
from heartwood.web.library import queries
from heartwood.web.library.actions.wanting import want, want_reading
from heartwood.web.library.models import CourseVersion, Rendering, SpokenLength

STAYS_IN_STORE = timedelta(days=3)
"""So long after it was last wanted for an open week a usual sound is let go of like any other."""

ARRIVAL = 1
FIRST_WEEK = 10
READINGS = 200
"""Readings are laid in store after every practice."""


def publish_shipped(*, at: datetime) -> list[CourseVersion]:
    """Publish the courses that come with Heartwood, where their text is new."""
    folders = sorted(found.parent for found in content.shipped_courses().glob("*/course.toml"))
    return [publish(folder, at=at) for folder in folders]


def publish(folder: Path, *, at: datetime) -> CourseVersion:
    """Make the course in a folder a version that never changes; the same text is the same version.

    Its usual sounds become due wherever they are not there yet, also after a voice has changed.
    Raises ContentError naming file and line, and then nothing is published.
    """
    course = content.read_course(folder)
    version = CourseVersion.objects.filter(hash=course.hash).first()
    if version is None:
        _refuse_findings(folder)
        version = _publish(course, at=at)
    _want_defaults(version, course, at=at)
    return version


def _refuse_findings(folder: Path) -> None:
    if findings := content.check_course(folder):
        first = findings[0]
        raise ContentError(first.message, path=folder / first.path, line=first.line)


@transaction.atomic
def _publish(course: ReadCourse, *, at: datetime) -> CourseVersion:
    version, is_new = CourseVersion.objects.get_or_create(
        hash=course.hash,
        defaults={
            "course": course.course.id,
            "language": course.course.language,
            "title": course.course.title,
            "files": course.files,
            "published_at": at,
        },
    )
    if is_new:
        audit.record("published", subject=("course version", version.id), by=None, at=at)
    return version


def _want_defaults(version: CourseVersion, course: ReadCourse, *, at: datetime) -> None:
    """The arrival practice first of all, for strangers too, then the week with which everybody begins."""
    if course.course.arrival:
        want(version, course.course.arrival, priority=ARRIVAL, is_open=True, at=at)
    want_week(version, course.course.weeks[0].number, at=at)


def want_week(version: CourseVersion, number: int, *, at: datetime) -> None:
    """The usual length of each practice of a week is ready before anyone asks, and stays in store."""
    week = queries.read(version).course.week(number)
    for script in (*week.practices, *((week.short,) if week.short else ())):
        stocked = want(version, script, priority=FIRST_WEEK + number, at=at)
        _keep_in_store(stocked, at=at)


def store_reading(version: CourseVersion, number: int, *, at: datetime) -> None:
    """A week's reading is read aloud before anyone asks, where it can be, and stays in store."""
    if queries.is_read_aloud(queries.read(version).course, number):
        _keep_in_store(want_reading(version, number, priority=READINGS + number, at=at), at=at)


def _keep_in_store(stocked: Rendering, *, at: datetime) -> None:
    Rendering.objects.filter(id=stocked.id).update(in_store_until=at + STAYS_IN_STORE)


@transaction.atomic
def keep_lengths(
    course: ReadCourse, spoken: Mapping[str, Mapping[str, int]], *, voice: str, voice_version: str
) -> None:
    """Store how long the lines of a course are in a voice, of those scripts that were spoken."""
    lines = queries.line_hashes(course)
    SpokenLength.objects.bulk_create(
        (
            SpokenLength(
                voice=voice, voice_version=voice_version, text_hash=words, milliseconds=spoken[script][cue]
            )
            for words, (script, cue) in lines.items()
            if script in spoken
        ),
        ignore_conflicts=True,
    )
