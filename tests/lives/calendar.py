"""Days, as docs/reference/today.md has them under *Days*: worked out afresh, from zoneinfo alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import TypeVar
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
T = TypeVar("T")


@cache
def begins(day: date, zone: str, boundary: time) -> datetime:
    """The moment at which a day begins.

    Of a clock time that comes twice fold=0 is the first coming; of one that is skipped it is the moment
    by the clock not yet changed.
    """
    return datetime.combine(day, boundary.replace(fold=0), ZoneInfo(zone)).astimezone(UTC)


@cache
def day_of(moment: datetime, zone: str, boundary: time) -> date:
    """The last day that has begun."""
    day = moment.astimezone(ZoneInfo(zone)).date() + DAY
    while begins(day, zone, boundary) > moment:
        day -= DAY
    return day


def valid(changes: Sequence[tuple[datetime, T]], at: datetime) -> T:
    """What holds at a moment: the latest change up to then, or the first of all."""
    for since, value in reversed(changes):
        if since <= at:
            return value
    return changes[0][1]
