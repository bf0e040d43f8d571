"""Publishing, and wanting, making and finishing a practice as sound."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, cast
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet

from heartwood import content, practice
from heartwood.content import ReadCourse
from heartwood.curriculum import Text
from heartwood.errors import ContentError, UnknownName
from heartwood.practice.choices import AS_USUAL, Choices
from heartwood.practice.renderings import BELLS, BUILT_IN, PIPER, RENDERER_VERSION, VOICE_VERSIONS
from heartwood.practice.unguided import Unguided
from heartwood.web.kit import audit
from heartwood.web.library import queries, voices
from heartwood.web.library.models import CourseVersion, Rendering, SpokenLength
from heartwood.web.people.models import User

MOST_ATTEMPTS = 3
ASKED_AGAIN_AFTER = timedelta(minutes=10)
"""So long after it failed a rendering that is asked for once more is tried once more."""

TRIED_AGAIN_AFTER = timedelta(hours=1)
"""So long after it failed it is tried again although nobody asks."""

STAYS_IN_STORE = timedelta(days=3)
"""So long after it was last wanted for an open week a usual sound is let go of like any other."""

AT_ONCE = 0
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


def want(
    version: CourseVersion,
    script: str,
    *,
    at: datetime,
    milliseconds: int | None = None,
    choices: Choices = AS_USUAL,
    by: User | None = None,
    priority: int = AT_ONCE,
    is_open: bool = False,
) -> Rendering:
    """The rendering of a practice at a length (its default unless told), due if it is not there yet.

    choices  everything else that a person may choose of a sound
    by       who waits for it: people take turns, however many sounds one of them asks for

    While the operator's Piper voice cannot speak it is the rendering in the usual voice, whole.
    Raises UnknownName for a practice or voice that does not exist, and LengthError for a length that the
    script does not promise.
    """
    course = queries.read(version)
    text = course.script(script)
    length = text.default_ms if milliseconds is None else milliseconds
    practice.check_length(text, length)
    if choices.voice == PIPER and voices.piper_rests(at=at):
        choices = replace(choices, voice="")
    made = _Made.of(course, script, length, choices)
    return _wanted(made, version, by=by, priority=priority, is_open=is_open, at=at)


def want_unguided(
    asked: Unguided, *, at: datetime, choices: Choices = AS_USUAL, by: User | None = None
) -> Rendering:
    """The rendering of a sitting without words. Everything else is as in `want`; its voice is bells only.

    It has no course, and no script: `Rendering.unguided` holds what was asked. Observations of it are
    sent like those of any rendering.
    """
    made = _Made(
        milliseconds=asked.milliseconds,
        voice=BELLS,
        voice_version=VOICE_VERSIONS[BELLS],
        unguided=asked.words,
        choices={**choices.words, "voice": BELLS},
    )
    return _wanted(made, None, by=by, priority=AT_ONCE, is_open=False, at=at)


def want_reading(
    version: CourseVersion, number: int, *, at: datetime, by: User | None = None, priority: int = AT_ONCE
) -> Rendering:
    """A week's reading, read aloud by the built-in voice. How long it lasts is known when it is made.

    It is no practice: observations of it are refused as of something unknown. Raises UnknownName where
    there is no reading, or no voice for it.
    """
    course = queries.read(version).course
    if not queries.is_read_aloud(course, number):
        raise UnknownName(f"Nothing can be read aloud in week {number} of this course on this machine.")
    made = _Made(
        milliseconds=0,
        voice=BUILT_IN,
        voice_version=VOICE_VERSIONS[BUILT_IN],
        choices={**AS_USUAL.words, "voice": BUILT_IN},
        script_hash=queries.reading_hash(cast(Text, course.week(number).reading)),
        language=course.language,
        reading=number,
    )
    return _wanted(made, version, by=by, priority=priority, is_open=False, at=at)


def _wanted(
    made: _Made, version: CourseVersion | None, *, by: User | None, priority: int, is_open: bool, at: datetime
) -> Rendering:
    turn = queries.next_turn(by, priority=priority)
    asked = {"course_version": version, **made.fields, "priority": priority, "is_open": is_open}
    rendering, is_new = Rendering.objects.get_or_create(
        key=made.key,
        defaults={**asked, "wanted_by": by, "turn": turn, "wanted_at": at, "touched_at": at},
    )
    if is_new:
        return rendering
    return _want_sooner(rendering, priority=priority, turn=turn, is_open=is_open, at=at)


@dataclass(frozen=True, slots=True)
class _Made:
    """Everything that makes a sound file what it is."""

    milliseconds: int
    voice: str
    voice_version: str
    choices: dict[str, Any]
    script: str = ""
    script_hash: str = ""
    language: str = ""
    unguided: dict[str, Any] | None = None
    reading: int | None = None
    renderer_version: str = RENDERER_VERSION

    @classmethod
    def of(cls, course: ReadCourse, script: str, milliseconds: int, choices: Choices) -> _Made:
        voice = choices.voice or voices.default_voice()
        card = voices.card(voice)
        if card is None:
            raise UnknownName(f"There is no voice '{voice}'. There are: {', '.join(voices.names())}.")
        return cls(
            milliseconds=milliseconds,
            voice=voice,
            voice_version=card.version,
            choices={**choices.words, "voice": voice},
            script=script,
            script_hash=queries.script_hash(course, script),
            language=course.course.language,
        )

    @property
    def fields(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}

    @property
    def _named(self) -> dict[str, Any]:
        """What the key is made of. A practice's key knows nothing of readings."""
        fields = self.fields
        return {name: fields[name] for name in fields if name != "reading" or self.reading is not None}

    @property
    def key(self) -> str:
        return sha256(json.dumps(self._named, sort_keys=True).encode()).hexdigest()


def _want_sooner(rendering: Rendering, *, priority: int, turn: int, is_open: bool, at: datetime) -> Rendering:
    """Move what is already wanted forward, and give what got lost or failed a while ago another chance."""
    if rendering.state == Rendering.State.AWAY or (
        rendering.state == Rendering.State.READY and queries.sound_file(rendering) is None
    ):
        make_again(rendering, at=at)
        rendering.refresh_from_db()
        return rendering
    rows = Rendering.objects.filter(id=rendering.id)
    changed = rows.filter(state=Rendering.State.DUE, priority__gt=priority).update(
        priority=priority, turn=turn
    )
    changed += rows.filter(state=Rendering.State.DUE, priority=priority, turn__gt=turn).update(turn=turn)
    changed += rows.filter(is_open=False).update(is_open=True) if is_open else 0
    changed += rows.filter(state=Rendering.State.FAILED, touched_at__lt=at - ASKED_AGAIN_AFTER).update(
        state=Rendering.State.DUE, attempts=0, priority=priority, touched_at=at
    )
    if changed:
        rendering.refresh_from_db()
    return rendering


def claim(identity: UUID, *, at: datetime) -> Rendering | None:
    """Take a due rendering to make it; None when somebody else was first."""
    taken = Rendering.objects.filter(id=identity, state=Rendering.State.DUE).update(
        state=Rendering.State.MAKING, attempts=F("attempts") + 1, progress=0, touched_at=at
    )
    return Rendering.objects.select_related("course_version").get(id=identity) if taken else None


def note_progress(rendering: Rendering, percent: int, *, at: datetime) -> None:
    _claimed(rendering).update(progress=min(99, max(0, percent)), touched_at=at)


def finish(rendering: Rendering, made: Mapping[str, Any], *, at: datetime) -> None:
    """The file is whole and on disk: from now on it is served with the timeline it was made from."""
    length = made["milliseconds"] if rendering.reading is not None else rendering.milliseconds
    _claimed(rendering).update(
        milliseconds=length,
        state=Rendering.State.READY,
        progress=100,
        timeline=made["timeline"],
        bytes=made["bytes"],
        sha256=made["sha256"],
        trouble="",
        wanted_by=None,
        not_before=None,
        heard_at=at,
        touched_at=at,
    )


def fail(rendering: Rendering, trouble: str, *, at: datetime) -> None:
    """Try again while there are attempts left; after that it has failed, in words.

    An operator's program has one attempt: what it said is kept, and nobody waits for it longer.
    """
    again = rendering.attempts < MOST_ATTEMPTS and rendering.voice != PIPER
    state = Rendering.State.DUE if again else Rendering.State.FAILED
    _claimed(rendering).update(state=state, trouble=trouble, touched_at=at)


def give_back(rendering: Rendering, *, at: datetime) -> None:
    """Leave it to the next start. A server that stops uses up no attempt."""
    _claimed(rendering).update(state=Rendering.State.DUE, attempts=F("attempts") - 1, touched_at=at)


def _claimed(rendering: Rendering) -> QuerySet[Rendering]:
    """The row, while this claim is the latest; a maker that was given up on changes nothing any more."""
    return Rendering.objects.filter(
        id=rendering.id, state=Rendering.State.MAKING, attempts=rendering.attempts
    )


def make_again(rendering: Rendering, *, at: datetime) -> None:
    """The finished file is gone or broken: make it anew rather than serve half of it."""
    gone = (Rendering.State.READY, Rendering.State.AWAY)
    Rendering.objects.filter(id=rendering.id, state__in=gone).update(
        state=Rendering.State.DUE, attempts=0, priority=AT_ONCE, touched_at=at
    )


def mend(*, at: datetime) -> None:
    """Make due what nobody may ask for again: files that are gone, and what failed some time ago."""
    for made in Rendering.objects.filter(state=Rendering.State.READY).iterator():
        if queries.sound_file(made) is None:
            make_again(made, at=at)
    failed = Rendering.objects.filter(state=Rendering.State.FAILED, touched_at__lt=at - TRIED_AGAIN_AFTER)
    failed.update(state=Rendering.State.DUE, attempts=0, touched_at=at)


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
