"""One person's path through a course: which week is open, and which practice is today's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

from heartwood.curriculum.course import Course, Week

DAYS_AWAY = 7
"""After so many days without a sitting a person is greeted with the arrival practice."""

LENGTHS_REMEMBERED = 5
TENTH_MS = 6_000


class Lengths(Protocol):
    """The lengths that a practice allows, in milliseconds; a script has them."""

    @property
    def shortest_ms(self) -> int: ...
    @property
    def default_ms(self) -> int: ...
    @property
    def longest_ms(self) -> int: ...


class Stands(StrEnum):
    """Where today lies on a person's path."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Sat:
    """A sitting as the path sees it: on which day, which practice, how long it was chosen to be."""

    day: date
    practice: str
    length_ms: int


@dataclass(frozen=True, slots=True)
class Today:
    """What to offer today.

    begins_on  the first day of the path
    week       the open week; before the beginning the first, after the end the last
    day        which day of the week it is, from 1; None before and after
    greets     somebody was away and is met with the arrival practice
    """

    stands: Stands
    begins_on: date
    week: Week
    day: int | None
    practice: str
    length_ms: int
    greets: bool


def begins_on(course: Course, place: int, *, starts_on: date) -> date:
    """The first day of the week at `place` (from 0) for somebody who starts on `starts_on`."""
    return starts_on + timedelta(days=place * course.days_per_week)


def open_week(course: Course, *, starts_on: date, today: date) -> Week | None:
    """The week that this day lies in: None before the path begins, the last one after it ended."""
    if today < starts_on:
        return None
    place = (today - starts_on).days // course.days_per_week
    return course.weeks[min(place, len(course.weeks) - 1)]


def open_weeks(course: Course, *, starts_on: date, today: date) -> tuple[Week, ...]:
    """Every week that has begun."""
    begun = (today - starts_on).days // course.days_per_week + 1
    return course.weeks[: max(0, begun)]


def todays_practice(
    course: Course,
    *,
    starts_on: date,
    today: date,
    sittings: Iterable[Sat],
    lengths: Mapping[str, Lengths],
) -> Today:
    """This week's next practice, at the length that this person has lately chosen.

    sittings  in any order; those of days to come are left aside
    lengths   the lengths of each practice of the course, by id

    Before the beginning and after some days away it is the arrival practice at its own length.
    """
    past = sorted((sat for sat in sittings if sat.day <= today), key=lambda sat: sat.day)
    stands = _stands(course, starts_on, today)
    week = open_week(course, starts_on=starts_on, today=today) or course.weeks[0]
    away = stands is not Stands.BEFORE and _is_away(past, starts_on, today)
    gentle = course.arrival if away or stands is Stands.BEFORE else None
    practice = gentle or _next_practice(week, _of_week(course, past, starts_on, today))
    chosen = lengths[practice].default_ms if gentle else _usual_length(lengths[practice], past)
    day = (today - starts_on).days % course.days_per_week + 1 if stands is Stands.DURING else None
    return Today(stands, starts_on, week, day, practice, chosen, away)


def _stands(course: Course, starts_on: date, today: date) -> Stands:
    if today < starts_on:
        return Stands.BEFORE
    ended = today >= begins_on(course, len(course.weeks), starts_on=starts_on)
    return Stands.AFTER if ended else Stands.DURING


def _is_away(past: Sequence[Sat], starts_on: date, today: date) -> bool:
    last = max([starts_on, *(sat.day for sat in past)])
    return (today - last).days >= DAYS_AWAY


def _of_week(course: Course, past: Sequence[Sat], starts_on: date, today: date) -> list[Sat]:
    """Sittings of the course week that today lies in."""
    place = (today - starts_on).days // course.days_per_week
    return [sat for sat in past if (sat.day - starts_on).days // course.days_per_week == place]


def _next_practice(week: Week, sat_this_week: Sequence[Sat]) -> str:
    """The practice of the week that was done least this week, the week's own first."""
    done = [sat.practice for sat in sat_this_week]
    return min(week.practices, key=done.count)


def _usual_length(allowed: Lengths, past: Sequence[Sat]) -> int:
    """The median of the last lengths that this practice allows, in tenths of a minute; else its own."""
    fitting = [s.length_ms for s in past if allowed.shortest_ms <= s.length_ms <= allowed.longest_ms]
    recent = sorted(fitting[-LENGTHS_REMEMBERED:])
    if not recent:
        return allowed.default_ms
    median = recent[(len(recent) - 1) // 2]
    return max(allowed.shortest_ms, median // TENTH_MS * TENTH_MS)
