"""When a letter a month comes: on the same day of each month, in the morning where the person lives."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta

from heartwood.curriculum.days import time_zone

MORNING = time(10)
OF_USE = timedelta(days=5)
"""A letter that could not go out for so long is left out; the next one comes on its own day."""


def months_later(first: date, months: int) -> date:
    """The same day so many months later; the last of a month that is shorter."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month + 1, min(first.day, monthrange(year, month + 1)[1]))


def letter_at(first: date, number: int, *, zone: str) -> datetime:
    """When the letter of this number, from 1, is due: so many months after the first day, at ten.

    Raises UnknownName for a zone that is not known.
    """
    day = months_later(first, number)
    return datetime.combine(day, MORNING, tzinfo=time_zone(zone)).astimezone(UTC)
