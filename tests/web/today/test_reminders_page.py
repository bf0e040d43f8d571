"""The page of reminders: what can be said there, what is refused, and the devices that notes go to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time
from typing import Any

import pytest
from django.test import Client

from heartwood.web.cohorts import actions as cohorts
from heartwood.web.delivery.models import Device
from heartwood.web.people.models import User
from heartwood.web.today.models import Reminder
from heartwood.web.today.reminders import actions
from tests.post_office import PostOffice
from tests.push_service import Phone
from tests.web.delivery.conftest import Server
from tests.web.today.wishes import GIVEN, OWN, a_wish

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]


def test_the_page_asks_and_takes_the_answer(reachable: User, signed_in: Browser, at: datetime) -> None:
    actions.keep(reachable, a_wish(), at=at)
    Reminder.objects.update(state="asked", next_at=None)
    browser = signed_in(reachable)

    asked = browser.get("/reminders/").text
    browser.post("/reminders/answer/", {"answer": "go-on"})

    assert "<h1>Shall the reminders go on?</h1>" in asked
    assert Reminder.objects.get().state == "on"
    browser.post("/reminders/answer/", {"answer": "stop"})
    assert (Reminder.objects.get().state, Reminder.objects.get().next_at) == ("off", None)


def test_what_was_said_on_the_page_is_kept_and_shown(reachable: User, signed_in: Browser) -> None:
    browser = signed_in(reachable)

    assert browser.post("/reminders/", GIVEN).status_code == 302

    wish = Reminder.objects.get()
    assert (wish.minute, wish.weekdays, wish.quiet_from, wish.quiet_until) == (450, 5, 1260, 390)
    assert wish.habit == "breakfast"
    page = browser.get("/reminders/").text
    assert OWN in page and 'value="21:00"' in page and "The next one comes on" in page


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ({"time": [f"07:{minute:02}" for minute in range(60)]}, "There is one reminder a day at most."),
        ({"time": "* * * * *"}, "Choose one time of the day, such as 07:30."),
        ({"time": ""}, "Choose one time of the day, such as 07:30."),
        ({"weekdays": []}, "Choose at least one day of the week."),
        ({"quiet_from": "00:00", "quiet_until": "00:00"}, "These quiet hours are the whole day"),
        (
            {"quiet_from": "07:31", "quiet_until": "07:30", "time": "07:31"},
            "This time lies in your quiet hours.",
        ),
        ({"quiet_until": ""}, "Give both, or none."),
        ({"quiet_from": "late"}, "Write a time such as 21:30"),
        ({"words": "x" * 141}, "At most 140 letters fit here."),
        ({"way": "pigeon"}, "is not one of the available choices"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    reachable: User, signed_in: Browser, said: dict[str, Any], answer: str
) -> None:
    page = signed_in(reachable).post("/reminders/", {**GIVEN, **said})

    assert page.status_code == 422
    assert answer in page.text
    assert not Reminder.objects.exists()


def test_without_a_way_to_be_reached_the_page_says_what_is_missing(
    amara: User, signed_in: Browser, server: Server, office: PostOffice
) -> None:
    browser = signed_in(amara)
    without_mail = browser.get("/reminders/").text
    server(office)

    assert "This Heartwood sends no e-mail" in without_mail
    assert "Your e-mail address is not confirmed yet." in browser.get("/reminders/").text


def test_the_time_that_was_planned_is_offered(
    reachable: User, eve: User, signed_in: Browser, at: datetime
) -> None:
    cohorts.plan(reachable, days_a_week=5, time=time(6, 45), place="", length_ms=None, at=at)

    assert 'value="06:45"' in signed_in(reachable).get("/reminders/").text
    assert 'value="07:30"' in signed_in(eve).get("/reminders/").text


ANDROID = "Mozilla/5.0 (Android 14; Mobile; rv:132.0) Gecko/132.0 Firefox/132.0"


def _told(phone: Phone, **other: str) -> dict[str, str]:
    """As the page sends it once the browser agreed."""
    return {"endpoint": phone.endpoint, "p256dh": phone.p256dh, "auth": phone.auth, **other}


@pytest.fixture
def phone() -> Phone:
    return Phone(1, port=443, host="push.example.net")


def test_a_device_is_added_named_and_taken_away_by_its_person_alone(
    amara: User, eve: User, signed_in: Browser, phone: Phone
) -> None:
    browser = signed_in(amara)
    before = browser.get("/reminders/").text

    added = browser.post("/reminders/devices/", _told(phone), headers={"User-Agent": ANDROID}, follow=True)

    device = Device.objects.get()
    assert "A note on my devices" not in before and "A note on my devices" in added.text
    assert "Firefox, Android" in added.text
    signed_in(eve).post(f"/reminders/devices/{device.id}/remove/")
    assert Device.objects.count() == 1
    browser.post(f"/reminders/devices/{device.id}/remove/")
    assert Device.objects.count() == 0


@pytest.mark.parametrize(
    ("other", "answer"),
    [
        ({"endpoint": "https://192.168.1.1/push"}, "This address lies in a private network."),
        ({"endpoint": "https://localhost/push"}, "This address lies in a private network."),
        ({"endpoint": "http://push.example.net/a"}, "A push service has an https address."),
        ({"endpoint": ""}, "A push service has an https address."),
        ({"p256dh": "AAAA"}, "holds no key that can be used"),
        ({"auth": "AAAA"}, "holds no secret of the right length"),
    ],
)
def test_a_device_that_cannot_be_used_is_refused_in_a_sentence(
    other: dict[str, str], answer: str, amara: User, signed_in: Browser, phone: Phone
) -> None:
    page = signed_in(amara).post("/reminders/devices/", _told(phone, **other), follow=True)

    assert answer in page.text and "This device was not added." in page.text
    assert Device.objects.count() == 0


def test_own_words_are_told_to_their_person_alone(
    amara: User, eve: User, signed_in: Browser, at: datetime
) -> None:
    actions.keep(amara, a_wish(words=OWN), at=at)

    assert signed_in(amara).get("/reminders/words/").json() == {"body": OWN}
    assert signed_in(eve).get("/reminders/words/").json() == {"body": ""}
