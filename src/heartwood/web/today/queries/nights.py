"""On which days somebody said that it was a hard night."""

from __future__ import annotations

from datetime import date
from typing import Any

from heartwood.web.people.models import User
from heartwood.web.today.models import HardNight


def was_hard(person: User, day: date) -> bool:
    return HardNight.objects.filter(person=person, day=day).exists()


def collect(person: User) -> dict[str, Any]:
    """Everything this room holds about a person, as JSON can say it."""
    nights = HardNight.objects.filter(person=person).order_by("day")
    return {"hard_nights": [{"day": one.day.isoformat(), "said_at": one.at.isoformat()} for one in nights]}
