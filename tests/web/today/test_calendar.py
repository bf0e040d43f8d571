"""The calendar of one's own moments: behind an address that nobody guesses, neutral, renewed and closed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from django.db import connection
from django.test import Client
from icalendar import Calendar

from heartwood.web.delivery.models import Due
from heartwood.web.people import erasure, holdings
from heartwood.web.people.models import User
from heartwood.web.today.models import CalendarAddress, Reminder
from heartwood.web.today.reminders import actions, addresses, tasks
from tests.web.today.wishes import OWN, a_wish

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
SHOWN = re.compile(r'value="http://[^/]+(/calendar/[^"]+\.ics)"')


@pytest.fixture
def mine(amara: User, at: datetime) -> User:
    """Amara, who wants her moments in her own calendar, Mondays and Wednesdays."""
    actions.keep(amara, a_wish(way="calendar", weekdays=[0, 2], words=OWN), at=at)
    return amara


def path_of(person: User, *, at: datetime) -> str:
    return "/calendar/" + addresses.make(person, at=at).rsplit("/calendar/", 1)[1]


def moments(text: str) -> list[Any]:
    return list(Calendar.from_ical(text).walk("VEVENT"))


def first_times(event: Any, *, zone: str, count: int) -> list[datetime]:
    """When the entry comes, as a calendar program works it out."""
    began = event["DTSTART"].dt
    rule = rrulestr(event["RRULE"].to_ical().decode(), dtstart=began.replace(tzinfo=None))
    return [each.replace(tzinfo=ZoneInfo(zone)) for each in rule[:count]]


def test_it_comes_on_the_days_and_at_the_time_that_were_wished(
    mine: User, client: Client, at: datetime
) -> None:
    answer = client.get(path_of(mine, at=at))

    [event] = moments(answer.text)
    times = first_times(event, zone="Africa/Lagos", count=3)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert [f"{each:%a %H:%M}" for each in times] == ["Wed 07:30", "Mon 07:30", "Wed 07:30"]
    assert (event["DTSTART"].dt.tzname(), event["DTSTART"].params["TZID"]) == ("WAT", "Africa/Lagos")
    assert "BEGIN:VTIMEZONE" in answer.text


def test_a_time_after_midnight_stands_on_the_date_of_the_clock(
    mine: User, client: Client, at: datetime
) -> None:
    actions.keep(mine, a_wish(way="calendar", minute=30, weekdays=[0]), at=at)

    [event] = moments(client.get(path_of(mine, at=at)).text)

    assert f"{event['DTSTART'].dt:%a %H:%M}" == "Tue 00:30"
    assert event["RRULE"]["BYDAY"] == ["TU"]


def test_it_says_nothing_of_the_person_and_is_kept_by_nobody(
    mine: User, client: Client, at: datetime
) -> None:
    answer = client.get(path_of(mine, at=at))

    assert "SUMMARY:A moment" in answer.text and "CLASS:PRIVATE" in answer.text
    for word in ("Amara", "amara@", "tea", "reminder", str(mine.id)):
        assert word not in answer.text.replace("Heartwood//Reminders", "")
    assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("no-store, private", "noindex")


def test_a_guessed_address_is_answered_as_any_that_is_not_there(
    mine: User, client: Client, at: datetime
) -> None:
    path_of(mine, at=at)

    guessed, nowhere = client.get("/calendar/guessed.ics"), client.get("/calendars/guessed.ics")

    assert (guessed.status_code, nowhere.status_code) == (404, 404)
    strip = re.compile(r'nonce="[^"]*"')
    assert strip.sub("", guessed.text) == strip.sub("", nowhere.text)
    assert client.post("/calendar/guessed.ics").status_code == 405


def test_only_its_hash_is_kept(mine: User, at: datetime) -> None:
    token = path_of(mine, at=at).split("/")[2].removesuffix(".ics")

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM today_calendaraddress")
        kept = repr(cursor.fetchone())
    assert len(token) >= 43 and token not in kept


def test_the_page_shows_it_once_renews_it_and_closes_it(
    mine: User, signed_in: Browser, client: Client
) -> None:
    browser = signed_in(mine)
    offered = browser.get("/reminders/").text

    first = SHOWN.search(browser.post("/reminders/calendar/", {"address": "make"}).text)
    again = browser.get("/reminders/").text
    second = SHOWN.search(browser.post("/reminders/calendar/", {"address": "make"}).text)

    assert first and second and "Make an address" in offered
    assert not SHOWN.search(again) and "It has had an address here since" in again
    assert [client.get(found[1]).status_code for found in (first, second)] == [404, 200]
    browser.post("/reminders/calendar/", {"address": "close"})
    assert client.get(second[1]).status_code == 404


def test_whoever_chose_another_way_has_an_empty_calendar_and_is_reminded_once(
    reachable: User, client: Client, at: datetime
) -> None:
    path = path_of(reachable, at=at)

    actions.keep(reachable, a_wish(), at=at)
    assert moments(client.get(path).text) == []
    actions.keep(reachable, a_wish(way="calendar"), at=at)

    assert len(moments(client.get(path).text)) == 1
    assert Reminder.objects.get().next_at is None
    assert tasks.decide_due(at=at.replace(year=2027)) is False
    assert not Due.objects.exists()


def test_after_a_flight_it_comes_by_the_new_clock_and_an_unknown_zone_leaves_it_empty(
    mine: User, client: Client, at: datetime
) -> None:
    path = path_of(mine, at=at)
    User.objects.update(time_zone="Asia/Tokyo")
    [event] = moments(client.get(path).text)

    User.objects.update(time_zone="Europe/Atlantis")

    assert (event["DTSTART"].params["TZID"], event["DTSTART"].dt.time()) == ("Asia/Tokyo", time(7, 30))
    assert moments(client.get(path).text) == []


def test_that_it_has_an_address_is_told_to_its_person_and_gone_after_erasing(
    mine: User, at: datetime
) -> None:
    path_of(mine, at=at)

    assert holdings.collect_all(mine)["reminders"]["calendar_address_made_at"] == at.isoformat()
    erasure.erase(mine, by=mine.id, at=at)

    assert not CalendarAddress.objects.exists()
