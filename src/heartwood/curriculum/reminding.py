"""When somebody who asked for it is reminded: once on a day of theirs at most, never in their quiet hours."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from heartwood.curriculum.days import day_of, time_zone

LASTS = timedelta(hours=2)
"""So long after its moment a reminder that could not go out is still of use."""

IGNORED_BEFORE_ASKING = 3
DAYS_LOOKED_AHEAD = 40
MINUTES_OF_A_DAY = 1440
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When somebody likes to be reminded, by the clock on their wall.

    minute    minutes after midnight
    weekdays  of the person's own days, Monday is 0
    quiet     from and until, in minutes after midnight; the first may be the later. None: no such hours
    """

    minute: int
    weekdays: frozenset[int]
    quiet: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody lives, and when their day ends there."""

    zone: str
    boundary_minutes: int = 240


@dataclass(frozen=True, slots=True)
class Moment:
    """One reminder that may be: from `at` until before `until`, on that day of the person's."""

    day: date
    at: datetime
    until: datetime


def lies_in(minute: int, quiet: tuple[int, int] | None) -> bool:
    """Whether a minute of the day lies in these hours. The first minute does, the last does not."""
    if quiet is None:
        return False
    begin, end = quiet
    return begin <= minute < end if begin < end else minute >= begin or minute < end


def is_quiet(rhythm: Rhythm, *, at: datetime, place: Place) -> bool:
    """Whether somebody who lives there wants to hear nothing at this moment."""
    return _is_quiet(rhythm, at, time_zone(place.zone))


def next_moment(
    rhythm: Rhythm, *, after: datetime, place: Place, reminded: Collection[date] = ()
) -> Moment | None:
    """The first moment later than `after` at which a reminder may go out; None when there is none.

    reminded  the days that have had theirs, however they came about: they get no second one

    In a night in which clocks change, a time that is skipped comes as much later as the clock is put on,
    and one that comes twice counts the first time. Raises UnknownName for a zone that is not known.
    """
    zone = time_zone(place.zone)
    for at in _chimes(rhythm.minute, after=after, zone=zone):
        day = day_of(at, zone=place.zone, boundary_minutes=place.boundary_minutes)
        if day.weekday() in rhythm.weekdays and day not in reminded and not _is_quiet(rhythm, at, zone):
            return Moment(day, at, _until(rhythm, at, day, place))
    return None


def moment_now(
    rhythm: Rhythm, *, at: datetime, place: Place, reminded: Collection[date] = ()
) -> Moment | None:
    """The moment that `at` lies in; None when a reminder would come too late, too early or a second time."""
    moment = next_moment(rhythm, after=at - LASTS, place=place, reminded=reminded)
    return moment if moment and moment.at <= at < moment.until else None


def shall_ask(reminded: Collection[date], *, sat: Collection[date]) -> bool:
    """Whether it is time to ask if reminders shall go on: the last three came to days without a sitting.

    reminded  the days of reminders that went out since the person last said what they want
    sat       the days of sittings; one after the last reminder means that all is well
    """
    last = sorted(reminded)[-IGNORED_BEFORE_ASKING:]
    if len(last) < IGNORED_BEFORE_ASKING:
        return False
    return not any(day in last or day > last[-1] for day in sat)


def _chimes(minute: int, *, after: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """Each time that the clock on the wall comes to this minute, later than a moment, for some weeks."""
    first = after.astimezone(zone).date() - timedelta(days=1)
    for step in range(DAYS_LOOKED_AHEAD):
        wall = datetime.combine(first + timedelta(days=step), time(*divmod(minute, 60)), tzinfo=zone)
        at = wall.astimezone(UTC)
        if at > after:
            yield at


def _until(rhythm: Rhythm, at: datetime, day: date, place: Place) -> datetime:
    """The end of its use, the next quiet hour or the end of the day, whichever comes first."""
    zone, end = time_zone(place.zone), at + LASTS
    while _is_another_day(end - _MINUTE, day, place):
        end -= _MINUTE
    minutes = (at + step * _MINUTE for step in range((end - at) // _MINUTE))
    return next((minute for minute in minutes if _is_quiet(rhythm, minute, zone)), end)


def _is_another_day(at: datetime, day: date, place: Place) -> bool:
    return day_of(at, zone=place.zone, boundary_minutes=place.boundary_minutes) != day


def _is_quiet(rhythm: Rhythm, at: datetime, zone: ZoneInfo) -> bool:
    wall = at.astimezone(zone)
    return lies_in(wall.hour * 60 + wall.minute, rhythm.quiet)
