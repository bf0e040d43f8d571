"""To which day a moment belongs: a day ends at night, when its person has set it to (04:00 unless told)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from heartwood.errors import UnknownName


def day_of(at: datetime, *, zone: str, boundary_minutes: int = 240) -> date:
    """The day that the moment `at` belongs to, for somebody who lives in `zone`.

    at                a moment that knows its time zone
    zone              a name of the time zone database, such as "Europe/Berlin"
    boundary_minutes  minutes after midnight, on the wall clock, at which the day ends

    Days follow each other without gap or overlap, also through nights in which clocks change.
    Raises UnknownName for a zone that is not known.
    """
    place = time_zone(zone)
    if at.tzinfo is None:
        raise ValueError("A moment without a time zone belongs to no day.")
    around = at.astimezone(place).date()
    days = (around + timedelta(days=step) for step in (1, 0, -1))
    return next(day for day in days if _begins(day, place, boundary_minutes) <= at.timestamp())


def time_zone(name: str) -> ZoneInfo:
    """The zone of this name. Raises UnknownName, saying how a name looks."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError, TypeError):
        shown = str(name)[:60]
        raise UnknownName(
            f"There is no time zone '{shown}'. Choose one such as Europe/Berlin or America/Toronto."
        ) from None


def _begins(day: date, place: ZoneInfo, boundary_minutes: int) -> float:
    """The moment at which a day begins; of an hour that comes twice, the first."""
    clock = time(*divmod(boundary_minutes, 60))
    return datetime.combine(day, clock, tzinfo=place).timestamp()
