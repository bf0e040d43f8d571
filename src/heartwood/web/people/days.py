"""Which day it is for a person, and which it was by the zone and the end of the day that were theirs then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from heartwood.curriculum import day_of
from heartwood.web.people.models import User
from heartwood.web.people.zones import zone_of


@dataclass(frozen=True, slots=True)
class Clock:
    """Where somebody lives, and when their day ends: minutes after midnight."""

    time_zone: str
    day_boundary_minutes: int

    def day(self, at: datetime) -> date:
        """The day that a moment belongs to."""
        return day_of(at, zone=zone_of(self.time_zone).key, boundary_minutes=self.day_boundary_minutes)


def clock_of(person: User) -> Clock:
    """The one that is valid now."""
    return Clock(person.time_zone, person.day_boundary_minutes)


def clock_then(person: User, at: datetime) -> Clock:
    """The one that was valid at a moment. Asks the database only about the time before the last change."""
    if person.described_at is None or person.described_at <= at:
        return clock_of(person)
    former = person.former_clocks.filter(until__gt=at).order_by("until").first()
    return Clock(former.time_zone, former.day_boundary_minutes) if former else clock_of(person)


def today_of(person: User, *, at: datetime) -> date:
    """The day that the moment `at` belongs to, as it is told now."""
    return clock_of(person).day(at)


def day_then(person: User, at: datetime) -> date:
    """The day that something belongs to which was made at a moment, perhaps before a flight."""
    return clock_then(person, at).day(at)


def latest_day_of(person: User, *, at: datetime) -> date:
    """The latest day their clock has shown: after a flight over the date line it is yesterday once more."""
    today = today_of(person, at=at)
    return max(today, person.latest_day or today)
