"""What two versions of a course say differently, piece by piece, for somebody who goes through it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from heartwood import practice
from heartwood.content.reading import ReadCourse
from heartwood.curriculum.course import Change, Meeting, Week
from heartwood.curriculum.moment import Moment
from heartwood.practice.script import Script


class How(StrEnum):
    NEW = "new"
    GONE = "gone"
    WORDS = "words"
    TIMES = "times"


@dataclass(frozen=True, slots=True)
class Passage:
    """What it said before and what it says now; one of the two may be empty."""

    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One piece that changed. week: its number, or None for what belongs to no week."""

    kind: str
    week: int | None
    title: str
    how: How
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class _Piece:
    title: str
    lines: tuple[str, ...]
    times: object = None


Pieces = dict[tuple[str, int | None, str], _Piece]


def new_changes(before: ReadCourse, now: ReadCourse) -> tuple[Change, ...]:
    """What the author of `now` says has changed and `before` does not say yet."""
    known = {change.id for change in before.course.changes}
    return tuple(change for change in now.course.changes if change.id not in known)


def differences(before: ReadCourse, now: ReadCourse) -> tuple[Difference, ...]:
    """Every piece that is new, gone, or says something else, in the order of the course.

    Only what a person on the path meets: weeks, practices, readings, exercises, meetings and texts.
    Class plans are their teacher's.
    """
    old, new = dict(_pieces(before)), dict(_pieces(now))
    found = [
        _difference(key, old.get(key), new.get(key)) for key in (*new, *(k for k in old if k not in new))
    ]
    return tuple(difference for difference in found if difference)


def _difference(
    key: tuple[str, int | None, str], old: _Piece | None, new: _Piece | None
) -> Difference | None:
    kind, week, _ = key
    if old is None or new is None:
        piece = new or old
        return Difference(kind, week, piece.title, How.NEW if new else How.GONE) if piece else None
    if passages := tuple(_passages((old.title, *old.lines), (new.title, *new.lines))):
        return Difference(kind, week, new.title, How.WORDS, passages)
    return Difference(kind, week, new.title, How.TIMES) if old.times != new.times else None


def _passages(old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[Passage]:
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield Passage("\n\n".join(old[a:b]), "\n\n".join(new[c:d]))


def _pieces(read: ReadCourse) -> Iterator[tuple[tuple[str, int | None, str], _Piece]]:
    course = read.course
    rhythm = (course.days_per_week, course.practice_days)
    yield ("course", None, ""), _Piece(course.title, _paragraphs(course.summary), rhythm)
    for week in course.weeks:
        yield from _of_week(week)
    weeks = {name: week.number for week in reversed(course.weeks) for name in week.practices}
    for name, script in read.scripts.items():
        yield ("practice", weeks.get(name), name), _of_script(script)
    for meeting in course.meetings:
        yield ("meeting", None, meeting.id), _of_meeting(meeting)
    for moment in course.moments:
        yield ("moment", None, moment.id), _of_moment(moment)
    for name, text in course.texts.items():
        if name not in course.roles.get("teachers", ()):
            yield ("text", None, name), _Piece(text.title, _paragraphs(text.markdown))


def _of_week(week: Week) -> Iterator[tuple[tuple[str, int | None, str], _Piece]]:
    offered = (week.practices, week.short)
    yield ("week", week.number, ""), _Piece(week.title, _paragraphs(week.summary), offered)
    texts = {
        "reading": week.reading, "daily_life": week.daily_life, "home": week.home,
        "research": week.research, "reflection": week.reflection,
    }  # fmt: skip
    for kind, text in texts.items():
        if text:
            yield (kind, week.number, ""), _Piece(text.title, _paragraphs(text.markdown))
    if week.acts:
        yield ("acts", week.number, ""), _Piece(week.acts.title, week.acts.lines)
    if week.self_check:
        said = (*(sign.text for sign in week.self_check.signs), *week.self_check.suggestions.values())
        words = (*_paragraphs(week.self_check.opening), *said)
        yield ("self_check", week.number, ""), _Piece(week.self_check.title, words, week.self_check)
    for one in week.exercises:
        piece = _Piece(one.text.title, _paragraphs(one.text.markdown), (one.kind, one.minutes))
        yield ("exercise", week.number, one.id), piece


def _of_script(script: Script) -> _Piece:
    """Its spoken lines; a script that speaks the same lines may still have other pauses or lengths."""
    words = tuple(cue.text for cue in practice.cues(script))
    return _Piece(script.title, (*_paragraphs(script.summary), *words), script)


def _of_meeting(meeting: Meeting) -> _Piece:
    return _Piece(meeting.title, (), (meeting.minutes, meeting.after_week))


def _of_moment(moment: Moment) -> _Piece:
    words = (moment.summary, *(line.text for line in moment.lines), *moment.acts.values())
    return _Piece(moment.title, words, moment)


def _paragraphs(markdown: str) -> tuple[str, ...]:
    """Each paragraph as plain words, without addresses and signs of Markdown."""
    plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", markdown)
    blocks = (re.sub(r"\*\*?|^#+ ", "", block) for block in plain.split("\n\n"))
    return tuple(" ".join(block.split()) for block in blocks if block.strip())
