"""A life with a course, as plain facts: what the person did, and the moment of each thing.

Nothing here reckons anything, and nothing is shared with `heartwood`. All moments are in UTC.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time

MINUTE = 60_000


@dataclass(frozen=True)
class Practice:
    name: str
    shortest_ms: int
    default_ms: int
    longest_ms: int


@dataclass(frozen=True)
class Week:
    practices: tuple[str, ...]
    short: str | None = None
    reading: bool = True
    daily_life: bool = True


@dataclass(frozen=True)
class Course:
    weeks: tuple[Week, ...]
    practices: tuple[Practice, ...]
    arrival: str | None = None
    days_per_week: int = 7

    def practice(self, name: str) -> Practice:
        return next(one for one in self.practices if one.name == name)

    def has(self, name: str | None) -> bool:
        return any(one.name == name for one in self.practices)


@dataclass(frozen=True)
class Turn:
    at: datetime
    kind: str
    """paused, resumed or went"""
    place: int = 0


@dataclass(frozen=True)
class Sitting:
    """
    stretches  on the wall clock, from when to when it was practised
    known      when the server hears of it: later than it was, for a phone without network
    """

    began: datetime
    practice: str | None
    chosen_ms: int | None
    stretches: tuple[tuple[datetime, datetime], ...]
    known: datetime
    device: int = 1

    @property
    def practised_ms(self) -> int:
        return sum(round((end - start).total_seconds() * 1000) for start, end in self.stretches)

    @property
    def length_ms(self) -> int:
        return self.practised_ms if self.chosen_ms is None else self.chosen_ms


@dataclass(frozen=True)
class Life:
    """
    zones, boundaries, planned  each with the moment from which it holds; the first holds from ever
    first                       the first day of the path
    glances                     the moments at which the person opens Today
    """

    course: Course
    first: date
    zones: tuple[tuple[datetime, str], ...]
    boundaries: tuple[tuple[datetime, time], ...]
    planned: tuple[tuple[datetime, int | None], ...] = ()
    turns: tuple[Turn, ...] = ()
    hard_nights: tuple[datetime, ...] = ()
    sittings: tuple[Sitting, ...] = ()
    glances: tuple[datetime, ...] = ()
    seed: int = 0

    def known_at(self, at: datetime) -> Life:
        """As much of it as the server knows at a moment."""
        return replace(
            self,
            turns=tuple(turn for turn in self.turns if turn.at <= at),
            hard_nights=tuple(said for said in self.hard_nights if said <= at),
            sittings=tuple(one for one in self.sittings if one.known <= at),
        )
