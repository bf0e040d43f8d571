"""What somebody says on Today, and leaving a path."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from heartwood.web.cohorts import actions as cohorts
from heartwood.web.cohorts.models import Enrolment
from heartwood.web.people import erasure
from heartwood.web.people.days import today_of
from heartwood.web.people.models import User
from heartwood.web.practices import actions as practices
from heartwood.web.today.models import HardNight


def say_hard_night(person: User, *, at: datetime) -> None:
    """It was a hard night. Said twice on a day, it was said once."""
    day = today_of(person, at=at)
    HardNight.objects.get_or_create(person=person, day=day, defaults={"at": at})


def leave(person: User, path: UUID, *, at: datetime) -> None:
    """Leave a path; everything sat and written on it stays."""
    cohorts.end(person, path, state=Enrolment.State.LEFT, at=at)


def leave_and_erase(person: User, path: UUID, *, at: datetime) -> None:
    """Leave a path, and let go for good of what was sat and written on it."""
    with transaction.atomic():
        practices.erase_path(person, path, at=at)
        cohorts.erase_path(person, path, at=at)
    erasure.empty_log()


def erase(person: User, *, at: datetime) -> None:
    HardNight.objects.filter(person=person).delete()
