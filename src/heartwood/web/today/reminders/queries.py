"""What is read of reminders."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, Q

from heartwood import curriculum
from heartwood.curriculum.reminding import Place, Rhythm
from heartwood.web.cohorts import queries as cohorts
from heartwood.web.delivery import devices
from heartwood.web.delivery import queries as delivery
from heartwood.web.library import queries as library
from heartwood.web.people import addresses, keys, letters
from heartwood.web.people.models import User
from heartwood.web.practices.models import Sitting
from heartwood.web.today.reminders import addresses as calendars
from heartwood.web.today.reminders.models import KIND, Reminded, Reminder

AT_A_TIME = 50
REMEMBERED = timedelta(days=60)
"""So long a day that had its reminder is kept; no flight leads farther back."""


def wish_of(person: User) -> Reminder | None:
    return Reminder.objects.filter(person=person).first()


def rhythm_of(wish: Reminder) -> Rhythm:
    quiet = (
        None if wish.quiet_from is None or wish.quiet_until is None else (wish.quiet_from, wish.quiet_until)
    )
    return Rhythm(wish.minute, frozenset(weekdays_of(wish)), quiet)


def weekdays_of(wish: Reminder) -> list[int]:
    return [day for day in range(7) if wish.weekdays >> day & 1]


def place_of(person: User) -> Place:
    return Place(person.time_zone, person.day_boundary_minutes)


def words_of(wish: Reminder) -> str:
    """The person's own words; empty where they wished for ours."""
    return keys.unseal(wish.person, wish.sealed) if wish.sealed else ""


def ways_open(person: User) -> tuple[str, ...]:
    """The ways in which this person can be reached just now."""
    ways = [Reminder.Way.CALENDAR.value]
    if devices.of(person):
        ways.insert(0, Reminder.Way.DEVICES.value)
    if person.email and letters.mail_works() and addresses.is_confirmed(person):
        ways.insert(0, Reminder.Way.LETTER.value)
    return tuple(ways)


def planned_time(person: User) -> time | None:
    """When they mean to practise, if they wrote it down."""
    path = cohorts.path_of(person)
    rhythm = cohorts.rhythm_of(path) if path else None
    return rhythm.time if rhythm else None


def due(*, at: datetime) -> list[UUID]:
    """Whose wish is to be looked at now, the longest due first."""
    waiting = Reminder.objects.filter(state=Reminder.State.ON, next_at__lte=at)
    return list(waiting.order_by("next_at", "person").values_list("person_id", flat=True)[:AT_A_TIME])


def moved(*, limit: int = 500) -> list[UUID]:
    """Who lives elsewhere, or ends their day at another time, than their next reminder was reckoned for."""
    elsewhere = ~Q(reckoned_zone=F("person__time_zone")) | ~Q(
        reckoned_boundary=F("person__day_boundary_minutes")
    )
    wishes = Reminder.objects.filter(elsewhere, state=Reminder.State.ON)
    return list(wishes.order_by("person").values_list("person_id", flat=True)[:limit])


def days_reminded(person: User) -> set[date]:
    """The days that had their reminder, however long its way out took."""
    return set(Reminded.objects.filter(person=person).values_list("day", flat=True))


def key_of(person: UUID, day: date) -> str:
    """Under which a day's reminder is queued, so that it is queued once."""
    return f"{KIND} {person.hex} {day}"


def days_unheeded(wish: Reminder) -> list[date]:
    """The days since the person last said what they want, of reminders that surely reached their way out."""
    days = Reminded.objects.filter(person=wish.person, at__gt=wish.changed_at).values_list("day", flat=True)
    went = delivery.keys_sent(wish.person, KIND)
    return [day for day in days if any(key.startswith(key_of(wish.person_id, day)) for key in went)]


def days_sat(person: User, *, since: date) -> list[date]:
    return list(Sitting.objects.filter(person=person, day__gte=since).values_list("day", flat=True))


def is_of_use(person: User, day: date) -> bool:
    """Whether a reminder still makes sense: on a path, not stopped by its link, not sat on that day yet."""
    return (
        person.erase_at is None
        and not days_sat(person, since=day)
        and _walks(person, day)
        and not delivery.has_stopped(person, KIND)
    )


def _walks(person: User, day: date) -> bool:
    """Whether they are on a path that has begun. One that rests lets the reminders rest, too."""
    path = cohorts.path_of(person)
    if path is None:
        return False
    course = library.course_of(path.course_version.hash).course
    way = cohorts.unplanned(path, course)
    return way.has_begun(day) and not way.now(day).is_paused


def still_wanted(person: User, kind: str, *, at: datetime) -> bool:
    """Asked just before something goes out. What is no reminder is none of ours."""
    if kind != KIND:
        return True
    wish = wish_of(person)
    if wish is None or wish.state == Reminder.State.OFF or wish.way not in ways_open(person):
        return False
    place = place_of(person)
    if curriculum.is_quiet(rhythm_of(wish), at=at, place=place):
        return False
    today = curriculum.day_of(at, zone=place.zone, boundary_minutes=place.boundary_minutes)
    return wish.state == Reminder.State.ASKED or is_of_use(person, today)


def collect(person: User) -> dict[str, Any]:
    """Everything held about a person's reminders, as JSON can say it; own words in the clear, for them."""
    wish = wish_of(person)
    days = Reminded.objects.filter(person=person).order_by("day")
    calendar = calendars.made_at(person)
    return {
        "calendar_address_made_at": calendar.isoformat() if calendar else None,
        "wish": _told(wish) if wish else None,
        "days_reminded": [{"day": one.day.isoformat(), "at": one.at.isoformat()} for one in days],
    }


def _told(wish: Reminder) -> dict[str, Any]:
    return {
        "state": wish.state,
        "way": wish.way,
        "habit": wish.habit,
        "time": clock(wish.minute),
        "weekdays": weekdays_of(wish),
        "quiet_from": None if wish.quiet_from is None else clock(wish.quiet_from),
        "quiet_until": None if wish.quiet_until is None else clock(wish.quiet_until),
        "words": words_of(wish),
        "changed_at": wish.changed_at.isoformat(),
    }


def clock(minute: int) -> str:
    """A minute of the day as a clock shows it."""
    return f"{minute // 60:02}:{minute % 60:02}"
