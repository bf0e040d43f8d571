"""A caring act that waited on a device comes in once, on the day it was written, whatever happened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from heartwood.web.kit.ids import new_id
from heartwood.web.people.days import today_of
from heartwood.web.people.models import User
from heartwood.web.practices.models import CaringAct, Twin

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
LINE = "I held the lift for the man with the ladder."


def _send(
    browser: Client, identity: UUID, line: str, *, wall: datetime, sent: datetime | None = None
) -> HttpResponse:
    told = {"line": line, "direction": "self", "wall_ms": round(wall.timestamp() * 1000)}
    if sent:
        told["sent_ms"] = round(sent.timestamp() * 1000)
    return browser.put(f"/api/acts/{identity}", told, content_type="application/json")


def _id_of(line: str) -> UUID:
    return uuid5(NAMESPACE_URL, line)


def test_one_that_waited_on_a_device_comes_in_once_on_the_day_it_was_written(
    amara: User, signed_in: Browser
) -> None:
    browser, now, identity = signed_in(amara), timezone.now(), new_id()
    written = now - timedelta(days=3)

    answers = [_send(browser, identity, LINE, wall=written, sent=now).status_code for _time in range(3)]

    [act] = CaringAct.objects.all()
    assert answers == [200, 200, 200]
    assert (act.direction, act.day) == ("self", today_of(amara, at=written))
    assert LINE in browser.get("/acts/").text


@pytest.mark.parametrize("years", [-50, 70])
def test_a_device_with_a_wrong_clock_loses_no_act(amara: User, signed_in: Browser, years: int) -> None:
    browser, now = signed_in(amara), timezone.now()
    amiss = timedelta(days=365 * years)

    _send(browser, new_id(), LINE, wall=now + amiss - timedelta(hours=1), sent=now + amiss)

    assert CaringAct.objects.get().day == today_of(amara, at=now - timedelta(hours=1))


def test_what_waited_and_is_another_than_what_is_there_is_kept_beside_it(
    amara: User, signed_in: Browser
) -> None:
    browser, now, identity = signed_in(amara), timezone.now(), new_id()
    _send(browser, identity, LINE, wall=now)

    answer = _send(browser, identity, "And the door.", wall=now)

    page = browser.get("/acts/").text
    assert answer.status_code == 409 and LINE in page and "And the door." in page


def test_a_strangers_device_brings_nothing_in(amara: User, eve: User, signed_in: Browser) -> None:
    identity, now = new_id(), timezone.now()
    _send(signed_in(amara), identity, LINE, wall=now)

    told = [_send(who, identity, "Mine now.", wall=now).status_code for who in (signed_in(eve), Client())]

    assert told == [404, 401] and CaringAct.objects.get().person == amara


def test_those_that_come_in_another_order_stand_in_the_order_of_writing(
    amara: User, signed_in: Browser
) -> None:
    browser, now = signed_in(amara), timezone.now()
    days = {"The third.": 1, "The first.": 3, "The second.": 2}

    for line, ago in [*days.items(), *days.items()]:
        _send(browser, _id_of(line), line, wall=now - timedelta(days=ago), sent=now)

    page = browser.get("/acts/").text
    assert CaringAct.objects.count() == 3
    assert page.index("The third.") < page.index("The second.") < page.index("The first.")


def test_after_a_sign_in_that_ran_out_the_same_act_comes_in_once(amara: User, signed_in: Browser) -> None:
    identity, now = new_id(), timezone.now()

    answers = [
        _send(who, identity, LINE, wall=now).status_code for who in (Client(), *(signed_in(amara),) * 2)
    ]

    assert answers == [401, 200, 200] and CaringAct.objects.count() == 1


def test_one_that_was_deleted_is_not_brought_back_by_a_late_copy(amara: User, signed_in: Browser) -> None:
    browser, identity, now = signed_in(amara), new_id(), timezone.now()
    _send(browser, identity, LINE, wall=now)
    browser.post(f"/acts/{identity}/delete/")

    assert _send(browser, identity, LINE, wall=now).status_code == 410
    assert not CaringAct.objects.exists()


def test_the_page_and_the_device_may_both_send_it(amara: User, signed_in: Browser) -> None:
    browser, identity = signed_in(amara), new_id()
    _send(browser, identity, LINE, wall=timezone.now())

    browser.post("/acts/", {"id": str(identity), "line": LINE, "direction": "self"})

    assert CaringAct.objects.count() == 1 and not Twin.objects.exists()


@pytest.mark.parametrize(
    "told", [{"line": " "}, {"line": "x" * 281}, {"direction": "everybody"}, {"wall_ms": "now"}]
)
def test_what_cannot_be_one_is_refused_in_words(
    amara: User, signed_in: Browser, told: dict[str, object]
) -> None:
    sent = {"line": LINE, "direction": "self", "wall_ms": 1_700_000_000_000, **told}

    answer = signed_in(amara).put(f"/api/acts/{new_id()}", sent, content_type="application/json")

    assert answer.status_code == 422 and answer.json()["detail"]
    assert not CaringAct.objects.exists()


def test_the_page_that_a_device_keeps_is_the_same_for_everybody_and_holds_nothing_of_anybody(
    amara: User, signed_in: Browser
) -> None:
    browser = signed_in(amara)
    _send(browser, new_id(), LINE, wall=timezone.now())

    page = Client().get("/acts/alone/")

    assert "csrfmiddlewaretoken" not in page.text.split("<main")[1].split("data-act-form")[1]
    assert page.text.count('name="line"') == 1 and "hidden" in page.text
    assert LINE not in browser.get("/acts/alone/").text
