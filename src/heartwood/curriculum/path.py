"""One person's path through a course: where it stands, and what is open, as docs/reference/today.md says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from heartwood.curriculum.course import Course, Week

DAY = timedelta(days=1)


class Turning(StrEnum):
    """What a person decides about their path."""

    PAUSED = "paused"
    RESUMED = "resumed"
    WENT = "went"


@dataclass(frozen=True, slots=True)
class Turn:
    """A decision about one's path, on the day on which it was made.

    place  for WENT: the week gone to, counted from 0 as weeks stand in the course
    """

    day: date
    kind: Turning
    place: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a path stands on a day.

    place    of the week, from 0; at or past the number of weeks the path is finished
    day      of the week, from 1
    opening  the first day of the present run of this week
    """

    place: int
    day: int
    opening: date
    is_paused: bool
    is_finished: bool


@dataclass(frozen=True, slots=True)
class _Rest:
    """Days that are no course days: from the pause up to, but without, the day of going on."""

    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Path:
    """A path through a course.

    turns       in the order in which they were made
    planned_ms  how long the person planned to practise, or None
    """

    course: Course
    first_day: date
    turns: Sequence[Turn] = ()
    planned_ms: int | None = None

    def has_begun(self, today: date) -> bool:
        return today >= self.first_day

    def now(self, today: date) -> Standing:
        """Where the path stands today. Before its first day it is where it will stand then."""
        return self._standing(self._turns(today), max(today, self.first_day))

    def on(self, day: date, *, today: date) -> Standing:
        """Where the path stood at the end of a day, by what is known today."""
        day = max(day, self.first_day)
        return self._standing([turn for turn in self._turns(today) if turn.day <= day], day)

    def open_weeks(self, today: date) -> tuple[Week, ...]:
        """Every week at which the path has stood, and those before it; none before the path begins."""
        if not self.has_begun(today):
            return ()
        return self.course.weeks[: max(self._stood_at(today)) + 1]

    def comes_to(self, place: int, *, today: date) -> date | None:
        """The day on which the path comes to a week as things stand; None at or past it, and in a pause."""
        now = self.now(today)
        if now.is_paused:
            return None
        if not self.has_begun(today) and place <= now.place:
            return self.first_day
        days = (place - now.place) * self.course.days_per_week - (now.day - 1)
        return max(today, self.first_day) + timedelta(days=days) if place > now.place else None

    def moved_on(self, today: date) -> date:
        """The latest of: the first day, the last going on after a pause, the last going to a week."""
        paused, latest = False, self.first_day
        for turn in self._turns(today):
            if turn.kind is Turning.WENT or (turn.kind is Turning.RESUMED and paused):
                latest = turn.day
            paused = turn.kind is Turning.PAUSED
        return latest

    def _turns(self, today: date) -> list[Turn]:
        """Each turn on the day that counts: not after today or a later turn, and not before the first day."""
        latest, counted = max(today, self.first_day), list[Turn]()
        for turn in reversed(self.turns):
            latest = max(self.first_day, min(latest, turn.day))
            counted.append(Turn(latest, turn.kind, turn.place))
        return counted[::-1]

    def _stood_at(self, today: date) -> Iterator[int]:
        """Each place at which the path stood before or after one of its turns, and today's."""
        turns = self._turns(today)
        for made, turn in enumerate(turns):
            yield self._standing(turns[:made], turn.day).place
        yield self._standing(turns, today).place

    def _standing(self, turns: Sequence[Turn], day: date) -> Standing:
        """Where these turns leave the path on a day that is not before any of them."""
        anchor, place = self._anchor(turns)
        rests = list(_rests(turns, day))
        days = _course_days(anchor, day, rests)
        weeks, days_into = divmod(days, self.course.days_per_week)
        return Standing(
            place=place + weeks,
            day=days_into + 1,
            opening=_day_after(anchor, days - days_into, rests),
            is_paused=_is_paused(turns),
            is_finished=place + weeks >= len(self.course.weeks),
        )

    def _anchor(self, turns: Sequence[Turn]) -> tuple[date, int]:
        """The day from which weeks are counted, and the place of the first of them."""
        gone = [turn for turn in turns if turn.kind is Turning.WENT]
        return (gone[-1].day, gone[-1].place) if gone else (self.first_day, 0)


def _is_paused(turns: Sequence[Turn]) -> bool:
    return bool(turns) and turns[-1].kind is Turning.PAUSED


def _rests(turns: Sequence[Turn], day: date) -> Iterator[_Rest]:
    """The times of rest up to, but without, a day."""
    since: date | None = None
    for turn in turns:
        if turn.kind is Turning.PAUSED:
            since = since or turn.day
        elif since:
            yield _Rest(since, turn.day)
            since = None
    if since:
        yield _Rest(since, day)


def _course_days(start: date, end: date, rests: Sequence[_Rest]) -> int:
    """The days from `start` up to, but without, `end` that lie in no rest."""
    resting = sum(max(0, (min(rest.until, end) - max(rest.since, start)).days) for rest in rests)
    return (end - start).days - resting


def _day_after(start: date, course_days: int, rests: Sequence[_Rest]) -> date:
    """The first day before which so many course days lie, from `start` on."""
    day = start + timedelta(days=course_days)
    for rest in rests:
        if rest.until > start and rest.since < day:
            day += rest.until - max(rest.since, start)
    return day
