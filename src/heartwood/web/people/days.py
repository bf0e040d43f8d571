"""Which day it is for a person: by the zone and the end of the day that are theirs now."""

from __future__ import annotations

from datetime import date, datetime

from heartwood.curriculum import day_of
from heartwood.web.people.models import User


def today_of(person: User, *, at: datetime) -> date:
    """The day that the moment `at` belongs to."""
    return day_of(at, zone=person.time_zone, boundary_minutes=person.day_boundary_minutes)


def latest_day_of(person: User, *, at: datetime) -> date:
    """The latest day their clock has shown: after a flight over the date line it is yesterday once more."""
    today = today_of(person, at=at)
    return max(today, person.latest_day or today)
