"""The lock on one's own pages: it falls by itself, opens with a PIN, and is in nobody's way on a bad day."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from heartwood.web.kit.ids import new_id
from heartwood.web.library.models import Rendering
from heartwood.web.people import actions, erasure, locking
from heartwood.web.people.models import Lock, Opened, User
from heartwood.web.practices.models import CaringAct, Reflection, Sitting
from tests.web.practices.observed import half_a_minute, send
from tests.web.shelf import arrival, begin, settle, version  # noqa: F401

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
PIN = "2468"


@pytest.fixture
def phone(amara: User, signed_in: Browser) -> Client:
    """Amara's, with a lock that falls after five minutes."""
    actions.set_password(amara, "a way back to it", email="amara@example.org", at=timezone.now())
    browser = signed_in(amara)
    assert browser.post("/settings/lock/", {"minutes": "5", "pin": PIN}).status_code == 302
    return browser


def _let_fall() -> None:
    Opened.objects.update(at=timezone.now() - timedelta(minutes=5))


def _is_locked(browser: Client, page: str) -> bool:
    answer = browser.get(page)
    return answer.status_code == 302 and answer["Location"].startswith("/locked/?next=")


def test_pages_close_after_a_while_and_open_with_the_pin_where_they_were_left(phone: Client) -> None:
    before = _is_locked(phone, "/journal/")
    _let_fall()

    closed = phone.get("/journal/?tag=rain")
    opened = phone.post("/locked/", {"pin": PIN, "next": "/journal/?tag=rain"})

    assert not before and closed["Location"] == "/locked/?next=%2Fjournal%2F%3Ftag%3Drain"
    assert opened["Location"] == "/journal/?tag=rain" and not _is_locked(phone, "/journal/")


def test_every_visit_puts_it_off(phone: Client) -> None:
    for _visit in range(4):
        Opened.objects.update(at=timezone.now() - timedelta(minutes=4))
        assert not _is_locked(phone, "/journal/")


def test_a_wrong_pin_opens_nothing(phone: Client) -> None:
    _let_fall()

    answer = phone.post("/locked/", {"pin": "1357"})

    assert answer.status_code == 422 and "This is not the PIN." in answer.text
    assert _is_locked(phone, "/journal/")


def test_everything_private_is_locked_and_help_is_not(phone: Client) -> None:
    _let_fall()

    private = [
        "/today/", "/settings/", "/settings/export/", "/settings/export/page/", "/journal/search/?words=a",
        "/sittings/", "/growth/", "/acts/", "/reminders/words/", "/offline/plan/", "/settings/lock/",
    ]  # fmt: skip
    assert [page for page in private if not _is_locked(phone, page)] == []
    for page in ("/help/", "/moment/", "/privacy/", "/", "/locked/"):
        assert phone.get(page).status_code in (200, 302) and not _is_locked(phone, page)


def test_what_the_device_sends_in_still_arrives(phone: Client, settle: Rendering) -> None:  # noqa: F811
    _let_fall()

    told = send(phone, new_id(), settle, half_a_minute(timezone.now()))

    assert told.status_code == 200 and Sitting.objects.count() == 1
    assert _is_locked(phone, "/sittings/")


def test_lock_now_closes_this_browser_at_once(phone: Client, amara: User) -> None:
    phone.post("/locked/now/")

    assert _is_locked(phone, "/today/") and not Opened.objects.filter(person=amara).exists()


def test_setting_it_closes_every_other_browser(phone: Client, amara: User, signed_in: Browser) -> None:
    other = Client()
    other.cookies = signed_in(amara).cookies

    assert _is_locked(other, "/journal/") and not _is_locked(phone, "/journal/")


def test_whoever_signs_in_anew_is_let_in(phone: Client) -> None:
    _let_fall()
    phone.post("/sign-out/")

    phone.post("/sign-in/", {"email": "amara@example.org", "password": "a way back to it"})

    assert not _is_locked(phone, "/journal/")


def test_showing_anew_who_one_is_opens_them(phone: Client) -> None:
    """As with a passkey: a PIN is not the only way."""
    _let_fall()

    wrong = phone.post("/settings/confirm/", {"password": "not the one", "next": "/journal/"})
    still_locked = _is_locked(phone, "/journal/")
    phone.post("/settings/confirm/", {"password": "a way back to it", "next": "/journal/"})

    assert wrong.status_code == 200 and still_locked and not _is_locked(phone, "/journal/")


def test_guessing_is_slowed_for_the_account_whatever_the_browser(amara: User, at: datetime) -> None:
    locking.lock_after(amara, 5, pin=PIN, session="a browser", at=at)
    told = [locking.try_pin(amara, f"{wrong:04}", at=at) for wrong in range(6)]

    assert told[4] == "This is not the PIN. Try once more."
    assert told[5] == "Too many wrong ones. Wait a little, then try again."
    assert locking.try_pin(amara, PIN, at=at + timedelta(seconds=59)) == told[5]
    assert locking.try_pin(amara, PIN, at=at + timedelta(seconds=61)) == ""


def test_in_a_whole_day_of_guessing_few_tries_are_let_through(amara: User, at: datetime) -> None:
    locking.lock_after(amara, 5, pin=PIN, session="a browser", at=at)
    answers = [
        locking.try_pin(amara, "0000", at=at + timedelta(minutes=minute)) for minute in range(0, 1440, 20)
    ]

    assert sum("not the PIN" in told for told in answers) < 40


def test_a_clock_that_was_set_back_locks_and_does_not_lock_out(amara: User, at: datetime) -> None:
    locking.lock_after(amara, 5, pin=PIN, session="a browser", at=at)
    for _try in range(20):
        locking.try_pin(amara, "0000", at=at + timedelta(days=_try))
    earlier = at - timedelta(days=30)

    assert not locking.is_open(amara, session="a browser", at=earlier)
    assert locking.try_pin(amara, PIN, at=earlier) == ""


def test_who_could_not_come_back_is_led_to_a_way_back_first(eve: User, signed_in: Browser) -> None:
    browser = signed_in(eve)

    browser.post("/settings/lock/", {"minutes": "5", "pin": PIN})

    assert "First add a way to come back" in browser.get("/settings/lock/").text
    assert not Lock.objects.exists()


@pytest.mark.parametrize(
    ("pin", "said"),
    [("", "Without one nothing could open them."), ("12", "four to twelve"), ("abcd", "four to twelve")],
)
def test_a_pin_that_is_none_is_refused_in_a_sentence(
    amara: User, signed_in: Browser, pin: str, said: str
) -> None:
    actions.set_password(amara, "a way back to it", email="amara@example.org", at=timezone.now())

    answer = signed_in(amara).post("/settings/lock/", {"minutes": "5", "pin": pin})

    assert answer.status_code == 422 and said in answer.text


def test_taken_away_nothing_of_it_stays(phone: Client) -> None:
    phone.post("/settings/lock/", {"minutes": ""})
    _let_fall()

    assert not _is_locked(phone, "/journal/")
    assert (Lock.objects.count(), Opened.objects.count()) == (0, 0)


def test_the_pin_is_in_no_export_and_goes_with_the_account(phone: Client, amara: User, at: datetime) -> None:
    held = phone.get("/settings/export/").text
    stored = Lock.objects.get().pin

    erasure.erase(amara, by=amara.id, at=at)

    assert PIN not in held and stored not in held and PIN not in stored
    assert (Lock.objects.count(), Opened.objects.count()) == (0, 0)


def test_the_curtain_asks_from_the_page_that_stands_there(phone: Client) -> None:
    page = phone.get("/journal/").text
    asked = {"Accept": "application/json"}

    wrong = phone.post("/locked/", {"pin": "1111"}, headers=asked)
    right = phone.post("/locked/", {"pin": PIN}, headers=asked)

    assert 'data-minutes="5"' in page
    assert (wrong.status_code, wrong.json()["error"]) == (422, "This is not the PIN. Try once more.")
    assert (right.status_code, right.json()) == (200, {"error": ""})


@pytest.mark.parametrize("minutes", [1, 5])
def test_who_writes_and_tells_of_it_is_not_locked_meanwhile(phone: Client, minutes: int) -> None:
    """A page tells of its person four times in so many minutes, and once a minute at the least."""
    phone.post("/settings/lock/", {"minutes": str(minutes)})
    told = Opened.objects.get().at

    Opened.objects.update(at=timezone.now() - timedelta(minutes=minutes) / 4)
    answer = phone.get("/locked/")

    assert answer.status_code == 302 and Opened.objects.get().at >= told


ACT = {"id": "01890000-0000-7000-8000-000000000001", "line": "Carried a bag upstairs.", "direction": "others"}


def _waited(answer: HttpResponse) -> str:
    [found] = re.findall(r'name="waited" value="([^"]+)"', answer.text)
    return found


def test_a_form_that_was_sent_while_locked_waits_and_goes_on_with_the_pin(phone: Client) -> None:
    _let_fall()

    met = phone.post("/acts/", ACT)
    wrong = phone.post("/acts/", {"waited": _waited(met), "pin": "1111"})
    right = phone.post("/acts/", {"waited": _waited(wrong), "pin": PIN})

    assert (met.status_code, wrong.status_code, right.status_code) == (423, 423, 302)
    assert (
        "This is not the PIN." in wrong.text
        and 'role="alert"' not in met.text
        and met["Cache-Control"] == "no-store, private"
    )
    assert "Carried a bag upstairs." in phone.get("/acts/").text


def test_what_waits_goes_on_once_the_pages_were_opened_beside_it(phone: Client) -> None:
    _let_fall()
    met = phone.post("/acts/", ACT)
    phone.post("/locked/", {"pin": PIN})

    phone.post("/acts/", {"waited": _waited(met), "pin": ""})

    assert CaringAct.objects.count() == 1


def test_what_waits_is_read_by_nobody_and_goes_nowhere_else(phone: Client) -> None:
    _let_fall()
    met = phone.post("/acts/", ACT)

    phone.post("/journal/new/", {"waited": _waited(met), "pin": PIN})
    phone.post("/acts/", {"waited": "not ours", "pin": ""})

    assert "Carried" not in met.text and not CaringAct.objects.exists()
    assert not Reflection.objects.exists()


def test_guessing_on_a_form_that_waits_is_slowed_like_any(phone: Client) -> None:
    _let_fall()
    met = phone.post("/acts/", ACT)

    for wrong in range(5):
        phone.post("/acts/", {"waited": _waited(met), "pin": f"{wrong:04}"})

    assert "Too many wrong ones." in phone.post("/acts/", {"waited": _waited(met), "pin": PIN}).text
    assert not CaringAct.objects.exists()


def test_from_elsewhere_no_pin_can_be_guessed(phone: Client) -> None:
    """Where a request comes from is asked before the PIN that it brings."""
    _let_fall()
    elsewhere = Client(enforce_csrf_checks=True)
    elsewhere.cookies = phone.cookies

    answer = elsewhere.post("/acts/", {"waited": "x", "pin": PIN})

    assert answer.status_code == 403 and _is_locked(phone, "/acts/") and Lock.objects.get().tries == 0


def test_a_script_is_told_that_it_is_locked_and_keeps_what_it_has(phone: Client) -> None:
    _let_fall()

    answer = phone.post("/acts/", ACT, headers={"Sec-Fetch-Mode": "cors"})

    assert answer.status_code == 302 and answer["Location"].startswith("/locked/")


def test_no_curtain_falls_before_help(phone: Client) -> None:
    for page in ("/help/", "/moment/", "/locked/"):
        assert "data-curtain" not in phone.get(page).text
    assert "data-curtain" in phone.get("/journal/").text


def test_three_minutes_can_be_sat_without_opening(phone: Client) -> None:
    _let_fall()

    assert 'href="/sit/"' in phone.get("/locked/").text
    assert not _is_locked(phone, "/sit/")


def test_no_pin_at_all_is_no_guess(amara: User, at: datetime) -> None:
    locking.lock_after(amara, 5, pin=PIN, session="a browser", at=at)

    told = [locking.try_pin(amara, "", at=at) for _try in range(9)]

    assert set(told) == {"Type your PIN."} and locking.try_pin(amara, PIN, at=at) == ""


def test_nobody_is_led_elsewhere_after_opening(phone: Client) -> None:
    _let_fall()

    assert phone.post("/locked/", {"pin": PIN, "next": "https://elsewhere.example/"})["Location"] == "/today/"
