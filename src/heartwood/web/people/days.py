"""Which day it is for a person: by the zone and the end of the day that are theirs now."""

from __future__ import annotations

from datetime import date, datetime

from heartwood.curriculum import day_of
from heartwood.web.people.models import User


def today_of(person: User, *, at: datetime) -> date:
    """The day that the moment `at` belongs to."""
    return day_of(at, zone=person.time_zone, boundary_minutes=person.day_boundary_minutes)
