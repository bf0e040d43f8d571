"""The secret address of somebody's calendar: shown to them once, renewed and closed when they like."""

from __future__ import annotations

import secrets
from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.urls import reverse

from heartwood.web.people.models import User
from heartwood.web.today.reminders.models import CalendarAddress


def make(person: User, *, at: datetime) -> str:
    """A new address, told this once; the one before opens nothing any more."""
    token = secrets.token_urlsafe(32)
    kept = {"token_hash": _hash(token), "made_at": at}
    CalendarAddress.objects.update_or_create(person=person, defaults=kept)
    return f"{settings.PUBLIC_URL}{reverse('today:calendar', args=[token])}"


def close(person: User) -> None:
    CalendarAddress.objects.filter(person=person).delete()


def made_at(person: User) -> datetime | None:
    return CalendarAddress.objects.filter(person=person).values_list("made_at", flat=True).first()


def person_behind(token: str) -> User | None:
    """Whose calendar this address opens; None for one that was never made, was renewed or was closed."""
    found = CalendarAddress.objects.select_related("person").filter(token_hash=_hash(token)).first()
    return found.person if found else None


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
