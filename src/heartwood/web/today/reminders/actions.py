"""What people decide about their reminders, and what is decided for them when one is due."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from heartwood import curriculum
from heartwood.curriculum.reminding import Moment
from heartwood.errors import UnknownName
from heartwood.web.delivery import actions as delivery
from heartwood.web.people import keys
from heartwood.web.people.models import User
from heartwood.web.today.reminders import addresses, queries, sending
from heartwood.web.today.reminders.models import KIND, Reminded, Reminder


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody says on the page. quiet: from and until, or None. words: their own, or empty."""

    way: str
    minute: int
    weekdays: Collection[int]
    quiet: tuple[int, int] | None = None
    habit: str = ""
    words: str = ""


@transaction.atomic
def keep(person: User, wish: Wish, *, at: datetime) -> Reminder:
    """Remind this person so from now on. Saying it twice changes nothing."""
    quiet_from, quiet_until = wish.quiet or (None, None)
    stored, _ = Reminder.objects.select_for_update(of=("self",)).update_or_create(
        person=person,
        defaults={
            "state": Reminder.State.ON,
            "way": wish.way,
            "habit": wish.habit,
            "minute": wish.minute,
            "weekdays": sum(1 << day for day in set(wish.weekdays)),
            "quiet_from": quiet_from,
            "quiet_until": quiet_until,
            "sealed": keys.seal(person, wish.words) if wish.words else None,
            "changed_at": at,
            "reckoned_zone": person.time_zone,
            "reckoned_boundary": person.day_boundary_minutes,
        },
    )
    delivery.resume(person, KIND)
    _reckon(stored, at=at)
    return stored


@transaction.atomic
def go_on(person: User, *, at: datetime) -> None:
    """They were asked, and want to be reminded as before."""
    wish = _locked(person.id)
    if wish and wish.state == Reminder.State.ASKED:
        wish.state, wish.changed_at = Reminder.State.ON, at
        wish.save(update_fields=["state", "changed_at"])
        _reckon(wish, at=at)


def stop(person: User, *, at: datetime) -> None:
    """No more of them; what was wished stays written, and so does that they were asked for once."""
    Reminder.objects.filter(person=person).update(state=Reminder.State.OFF, next_at=None, changed_at=at)


@transaction.atomic
def decide(person: UUID, *, at: datetime) -> None:
    """Somebody's moment has come: remind them, or ask them, or leave it; then reckon the next one."""
    wish = _locked(person)
    if wish is None or wish.state != Reminder.State.ON or wish.next_at is None or wish.next_at > at:
        return
    moment = _moment_now(wish, at=at)
    if moment and wish.way in queries.ways_open(wish.person) and queries.is_of_use(wish.person, moment.day):
        _remind(wish, moment, at=at)
    _reckon(wish, at=at)


@transaction.atomic
def reckon(person: UUID, *, at: datetime) -> None:
    """Somebody lives elsewhere now: their next reminder comes by the clock there."""
    if wish := _locked(person):
        _reckon(wish, at=at)


def put_off(person: UUID, *, until: datetime) -> None:
    """What could not be decided is looked at again later, so that nobody waits behind it."""
    Reminder.objects.filter(person=person).update(next_at=until)


def forget(*, at: datetime) -> None:
    """Drop the days that no next reminder has to know of."""
    Reminded.objects.filter(at__lt=at - queries.REMEMBERED).delete()


def erase(person: User, *, at: datetime) -> None:
    Reminded.objects.filter(person=person).delete()
    Reminder.objects.filter(person=person).delete()
    addresses.close(person)


def _locked(person: UUID) -> Reminder | None:
    wishes = Reminder.objects.select_for_update(of=("self",)).select_related("person")
    return wishes.filter(person=person).first()


def _moment_now(wish: Reminder, *, at: datetime) -> Moment | None:
    """None also for a time zone that is known no more."""
    try:
        return curriculum.moment_now(
            queries.rhythm_of(wish),
            at=at,
            place=queries.place_of(wish.person),
            reminded=queries.days_reminded(wish.person),
        )
    except UnknownName:
        return None


def _remind(wish: Reminder, moment: Moment, *, at: datetime) -> None:
    unheeded = queries.days_unheeded(wish)
    sat = queries.days_sat(wish.person, since=min(unheeded)) if unheeded else []
    Reminded.objects.create(person=wish.person, day=moment.day, at=at)
    if curriculum.shall_ask(unheeded, sat=sat):
        wish.state = Reminder.State.ASKED
        wish.save(update_fields=["state"])
        sending.ask(wish, moment, at=at)
    else:
        sending.remind(wish, moment, at=at)


def _reckon(wish: Reminder, *, at: datetime) -> None:
    """When to look again. Never after a question, for a calendar, or while the time zone is not known."""
    place = queries.place_of(wish.person)
    wish.next_at, wish.reckoned_zone, wish.reckoned_boundary = None, place.zone, place.boundary_minutes
    if wish.state == Reminder.State.ON and wish.way != Reminder.Way.CALENDAR:
        try:
            moment = curriculum.next_moment(
                queries.rhythm_of(wish), after=at, place=place, reminded=queries.days_reminded(wish.person)
            )
        except UnknownName:
            moment = None
        wish.next_at = moment.at if moment else None
    wish.save(update_fields=["next_at", "reckoned_zone", "reckoned_boundary"])
