"""What somebody says on Today."""

from __future__ import annotations

from datetime import datetime

from heartwood.curriculum import day_of
from heartwood.web.people.models import User
from heartwood.web.today.models import HardNight


def say_hard_night(person: User, *, at: datetime) -> None:
    """It was a hard night. Said twice on a day, it was said once."""
    day = day_of(at, zone=person.time_zone, boundary_minutes=person.day_boundary_minutes)
    HardNight.objects.get_or_create(person=person, day=day, defaults={"at": at})


def erase(person: User, *, at: datetime) -> None:
    HardNight.objects.filter(person=person).delete()
