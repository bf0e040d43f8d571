"""What somebody wishes of reminders, and somebody whom they can reach."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.utils import timezone

from heartwood.web.cohorts.models import Enrolment
from heartwood.web.people import addresses
from heartwood.web.people.models import User
from heartwood.web.today.models import Reminder
from heartwood.web.today.reminders import actions
from tests.post_office import PostOffice
from tests.web.delivery.conftest import Server

HALF_PAST_SEVEN = 7 * 60 + 30
OWN = "Sit down before the tea is cold."
GIVEN = {"way": "letter", "habit": "breakfast", "time": "07:30", "weekdays": ["0", "2"],
         "quiet_from": "21:00", "quiet_until": "06:30", "words": OWN}  # fmt: skip
"""As the page sends it."""


def a_wish(**more: Any) -> actions.Wish:
    return actions.Wish(**{"way": "letter", "minute": HALF_PAST_SEVEN, "weekdays": range(7), **more})


@pytest.fixture
def reachable(
    amara: User, server: Server, office: PostOffice, begin: Callable[..., Enrolment], at: datetime
) -> User:
    """Amara in Lagos, on the path, with a confirmed address and a mail server that works."""
    server(office)
    addresses.confirm(amara, at=at)
    begin(amara, starts_on=at.date())
    return amara


def next_at(person: User) -> datetime:
    found = Reminder.objects.get(person=person).next_at
    assert found
    return found


def noon() -> str:
    """A zone in which it is about noon now."""
    ahead = 12 - timezone.now().hour
    return f"Etc/GMT{-ahead:+}" if ahead else "Etc/GMT"
