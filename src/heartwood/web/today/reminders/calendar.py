"""The same moments as a calendar that one's own calendar program fetches, with nothing of the person."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from hashlib import sha256

from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event

from heartwood import curriculum
from heartwood.errors import UnknownName
from heartwood.web.today.reminders import queries
from heartwood.web.today.reminders.models import Reminder

LASTS = timedelta(minutes=15)
A_YEAR = timedelta(days=366)
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def of(wish: Reminder | None) -> bytes:
    """A calendar in the words of RFC 5545. Without a wish for it, or in a zone not known, it is empty."""
    calendar = Calendar()
    calendar.add("prodid", "-//Heartwood//Reminders//EN")
    calendar.add("version", "2.0")
    calendar.add("refresh-interval", timedelta(days=1), parameters={"value": "DURATION"})
    if wish and wish.state == Reminder.State.ON and wish.way == Reminder.Way.CALENDAR:
        try:
            calendar.add_component(_moments(wish))
            since = wish.changed_at.date()
            calendar.add_missing_timezones(first_date=since - A_YEAR, last_date=since + 10 * A_YEAR)
        except UnknownName:
            pass
    text: bytes = calendar.to_ical()
    return text


def _moments(wish: Reminder) -> Event:
    zone = curriculum.time_zone(wish.person.time_zone)
    days = sorted(_dates_weekday(wish, day) for day in queries.weekdays_of(wish))
    first = _first(wish.changed_at.astimezone(zone).date(), days)
    event = Event()
    event.add("uid", f"{sha256(f'reminder {wish.person_id}'.encode()).hexdigest()[:32]}@heartwood")
    event.add("dtstamp", wish.changed_at)
    event.add("dtstart", datetime.combine(first, time(*divmod(wish.minute, 60)), tzinfo=zone))
    event.add("duration", LASTS)
    event.add("rrule", {"freq": "weekly", "byday": [DAYS[day] for day in days]})
    event.add("summary", _("A moment"))
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    event.add_component(_alarm())
    return event


def _alarm() -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", timedelta(0))
    alarm.add("description", _("A moment"))
    return alarm


def _dates_weekday(wish: Reminder, day: int) -> int:
    """The weekday on the wall: an hour before the end of the person's day belongs to the day before."""
    return (day + 1) % 7 if wish.minute < wish.person.day_boundary_minutes else day


def _first(since: date, weekdays: list[int]) -> date:
    return next(day for step in range(7) if (day := since + timedelta(days=step)).weekday() in weekdays)
