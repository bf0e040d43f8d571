"""Wanting a sound: what it is made of, and whose turn it is."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, cast

from heartwood import practice
from heartwood.content import ReadCourse
from heartwood.curriculum import Text
from heartwood.errors import UnknownName
from heartwood.practice.choices import AS_USUAL, Choices
from heartwood.practice.renderings import BELLS, BUILT_IN, PIPER, RENDERER_VERSION, VOICE_VERSIONS
from heartwood.practice.unguided import Unguided
from heartwood.web.library import queries, voices
from heartwood.web.library.actions.making import AT_ONCE, make_again
from heartwood.web.library.models import CourseVersion, Rendering
from heartwood.web.people.models import User

ASKED_AGAIN_AFTER = timedelta(minutes=10)
"""So long after it failed a rendering that is asked for once more is tried once more."""


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
    return _want_sooner(rendering, by=by, priority=priority, turn=turn, is_open=is_open, at=at)


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


def _want_sooner(
    rendering: Rendering, *, by: User | None, priority: int, turn: int, is_open: bool, at: datetime
) -> Rendering:
    """Move what is already wanted forward, and give what got lost or failed a while ago another chance.

    What is made anew takes its place behind whatever the same person waits for already.
    """
    anew = {"turn": turn, "wanted_by": by, "wanted_at": at}
    if rendering.state == Rendering.State.AWAY or (
        rendering.state == Rendering.State.READY and queries.sound_file(rendering) is None
    ):
        make_again(rendering, at=at, **anew)
        rendering.refresh_from_db()
        return rendering
    rows = Rendering.objects.filter(id=rendering.id)
    changed = rows.filter(state=Rendering.State.DUE, priority__gt=priority).update(
        priority=priority, turn=turn
    )
    changed += rows.filter(state=Rendering.State.DUE, priority=priority, turn__gt=turn).update(turn=turn)
    changed += rows.filter(is_open=False).update(is_open=True) if is_open else 0
    changed += rows.filter(state=Rendering.State.FAILED, touched_at__lt=at - ASKED_AGAIN_AFTER).update(
        state=Rendering.State.DUE, attempts=0, priority=priority, touched_at=at, **anew
    )
    if changed:
        rendering.refresh_from_db()
    return rendering
