"""What the page of reminders shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from heartwood import curriculum
from heartwood.errors import UnknownName
from heartwood.web.delivery import devices, webpush
from heartwood.web.delivery import queries as delivery
from heartwood.web.delivery.models import Device
from heartwood.web.people import letters
from heartwood.web.people.models import User
from heartwood.web.today.reminders import addresses
from heartwood.web.today.reminders.models import KIND, Reminder


@dataclass(frozen=True, slots=True)
class RemindersPage:
    """How it is now.

    stands   how reminders stand, in a sentence, or empty
    missing  what to do so that a letter can come, or empty
    devices  to which notes can go, the one added last first
    push_key what a browser must know of this server to take notes from it
    wants_calendar, calendar_since  whether they chose their own calendar, and since when it has an address
    """

    is_on: bool
    is_asked: bool
    stands: str
    missing: str
    devices: tuple[Device, ...]
    push_key: str
    wants_calendar: bool
    calendar_since: datetime | None


def reminders_page(person: User, wish: Reminder | None, ways: tuple[str, ...]) -> RemindersPage:
    is_on = bool(wish and wish.state == Reminder.State.ON) and not delivery.has_stopped(person, KIND)
    return RemindersPage(
        is_on=is_on,
        is_asked=bool(wish and wish.state == Reminder.State.ASKED),
        stands=_stands(person, wish, ways, is_on=is_on) if wish else "",
        missing="" if Reminder.Way.LETTER in ways else _missing(person),
        wants_calendar=bool(wish and is_on and wish.way == Reminder.Way.CALENDAR),
        calendar_since=addresses.made_at(person),
        devices=tuple(devices.of(person)),
        push_key=webpush.public_half(settings.PUSH.key()),
    )


def _stands(person: User, wish: Reminder, ways: tuple[str, ...], *, is_on: bool) -> str:
    if not is_on:
        return _("No reminders come just now.")
    if wish.way not in ways:
        return _("They rest: there is no way open by which they could reach you.")
    try:
        zone = curriculum.time_zone(person.time_zone)
    except UnknownName:
        return _("They rest: your time zone is not known here any more. Choose one in your settings.")
    if wish.way == Reminder.Way.CALENDAR:
        return _("Your moments stand in your own calendar, once it knows their address.")
    if wish.next_at is None:
        return _("They rest: the time lies in your quiet hours.")
    day = date_format(wish.next_at.astimezone(zone), "l j F, H:i")
    return _("The next one comes on %(day)s, unless you have practised by then.") % {"day": day}


def _missing(person: User) -> str:
    if not letters.mail_works():
        return _("This Heartwood sends no e-mail, so no letter can come.")
    if not person.email:
        return _("For a letter this Heartwood needs an e-mail address. Add one in your settings.")
    return _("Your e-mail address is not confirmed yet. Confirm it in your settings, and a letter can come.")
