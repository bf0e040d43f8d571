"""A sitting added, corrected and deleted by hand, with forms that need no JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from heartwood.web.kit.ids import new_id
from heartwood.web.kit.models import AuditEntry
from heartwood.web.library.models import Rendering
from heartwood.web.people import holdings
from heartwood.web.people.models import User
from heartwood.web.practices import actions
from heartwood.web.practices.models import Reflection, Sitting, Twin
from heartwood.web.practices.titles import title_of
from tests.web.practices.observed import half_a_minute, send
from tests.web.threads import at_once

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]


def _fields(page: str) -> dict[str, str]:
    """What a browser without JavaScript would send of a form as it stands."""
    inputs = re.findall(r"<input[^>]*>", page)
    named = [(re.search(r'name="([^"]*)"', one), re.search(r'value="([^"]*)"', one)) for one in inputs]
    return {name[1]: value[1] if value else "" for name, value in named if name}


def _given(**changes: Any) -> dict[str, Any]:
    yesterday = timezone.now().date() - timedelta(days=1)
    given = {"id": str(new_id()), "title": "Under a tree", "day": yesterday, "time": "07:30", "minutes": "25"}
    return {**given, **changes}


def _add(browser: Client, **changes: Any) -> HttpResponse:
    return browser.post("/sittings/add/", _given(**changes))


def test_the_form_as_it_stands_is_nearly_done(amara: User, signed_in: Browser) -> None:
    browser = signed_in(amara)
    fields = _fields(browser.get("/sittings/add/").text)

    answer = browser.post("/sittings/add/", {**fields, "minutes": "12"})

    assert (answer.status_code, answer["Location"]) == (302, "/sittings/")
    kept = Sitting.objects.get()
    assert (title_of(kept), kept.practised_ms, kept.by_hand) == ("Sitting in silence", 720_000, True)
    assert abs(kept.began_at - timezone.now()) < timedelta(minutes=2)


def test_a_sitting_by_hand_stands_in_the_history_as_such(amara: User, signed_in: Browser) -> None:
    browser = signed_in(amara)

    _add(browser)

    page = browser.get("/sittings/").text
    assert "<bdi>Under a tree</bdi>" in page
    assert "25 minutes" in page and "added by hand" in page and "07:30" in page


def test_a_form_sent_twice_counts_once(amara: User, signed_in: Browser) -> None:
    browser, given = signed_in(amara), _given()

    answers = [browser.post("/sittings/add/", given)["Location"] for _ in range(2)]

    assert answers == ["/sittings/", "/sittings/"]
    assert (Sitting.objects.count(), Twin.objects.count()) == (1, 0)
    assert AuditEntry.objects.filter(verb="added by hand").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_form_sent_twenty_times_at_once_counts_once(amara: User, at: datetime) -> None:
    identity = new_id()

    def press(number: int) -> object:
        return actions.add_by_hand(
            amara, identity, title="Tree", minutes=5, began_at=at - timedelta(hours=1), at=at
        ).id

    assert at_once(20, press) == [identity] * 20
    assert Sitting.objects.count() == 1


def test_an_old_page_with_another_figure_keeps_both_and_says_so(amara: User, signed_in: Browser) -> None:
    browser, given = signed_in(amara), _given()
    browser.post("/sittings/add/", given)

    browser.post("/sittings/add/", {**given, "minutes": "30"})

    assert Sitting.objects.get().practised_ms == 25 * 60_000
    assert "Another version came from another page" in browser.get("/sittings/").text
    assert '"minutes": 30' in holdings.collect_all(amara)["practices"]["came_twice"][0]["content"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"minutes": "0"}, "A sitting lasts at least a minute here."),
        ({"minutes": "-3"}, "A sitting lasts at least a minute here."),
        ({"minutes": "1441"}, "A day has 1440 minutes."),
        ({"minutes": "1e9"}, "Write a whole number of minutes"),
        ({"minutes": "ten"}, "Write a whole number of minutes"),
        ({"minutes": ""}, "Write how many minutes it was."),
        ({"day": "2300-01-01"}, "is still to come"),
        ({"day": "2019-12-31"}, "is too long ago"),
        ({"day": "0001-01-01", "time": "00:00"}, "is too long ago"),
        ({"day": "9999-12-31", "time": "23:59"}, "is still to come"),
        ({"day": "2026-02-30"}, "valid date"),
        ({"time": "25:00"}, "valid time"),
        ({"title": "x" * 201}, "200 characters"),
        ({"title": "a\0b"}, "Null characters"),
        ({"id": "none"}, "This page has lost its id."),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence_and_the_rest_is_given_back(
    amara: User, signed_in: Browser, changes: dict[str, str], sentence: str
) -> None:
    answer = _add(signed_in(amara), **changes)

    assert answer.status_code == 422
    assert sentence in answer.text
    if "title" not in changes:
        assert "Under a tree" in answer.text
    assert not Sitting.objects.exists()


def test_somebody_elses_page_adds_nothing(amara: User, eve: User, signed_in: Browser) -> None:
    given = _given()
    signed_in(amara).post("/sittings/add/", given)

    answer = signed_in(eve).post("/sittings/add/", given)

    assert (answer.status_code, Sitting.objects.get().person) == (422, amara)
    assert "There is no such sitting." in answer.text


def test_a_corrected_figure_stands_and_the_counted_one_is_kept_beside_it(
    amara: User, settle: Rendering, signed_in: Browser
) -> None:
    browser, sitting = signed_in(amara), new_id()
    send(browser, sitting, settle, half_a_minute(timezone.now() - timedelta(minutes=2)))

    fields = _fields(browser.get(f"/sittings/{sitting}/correct/").text)
    answer = browser.post(f"/sittings/{sitting}/correct/", {**fields, "minutes": "7"})

    assert answer["Location"] == "/sittings/"
    kept = Sitting.objects.get()
    assert (kept.practised_ms, kept.corrected_ms, kept.told_ms) == (30_000, 420_000, 420_000)
    assert "7 minutes (your own figure)" in browser.get("/sittings/").text


def test_what_comes_after_a_correction_leaves_it_alone(
    amara: User, settle: Rendering, signed_in: Browser
) -> None:
    browser, sitting = signed_in(amara), new_id()
    events = half_a_minute(timezone.now() - timedelta(minutes=2))
    send(browser, sitting, settle, events[:2])
    actions.correct(amara, sitting, minutes=7, at=timezone.now())

    send(browser, sitting, settle, events)

    kept = Sitting.objects.get()
    assert (kept.practised_ms, kept.corrected_ms) == (30_000, 420_000)


@pytest.mark.parametrize("minutes", ["0", "1441", "ten", ""])
def test_a_figure_that_cannot_be_corrects_nothing(amara: User, signed_in: Browser, minutes: str) -> None:
    browser, identity = signed_in(amara), str(new_id())
    _add(browser, id=identity)

    answer = browser.post(f"/sittings/{identity}/correct/", {"minutes": minutes})

    assert (answer.status_code, Sitting.objects.get().corrected_ms) == (422, None)


def test_a_sitting_is_deleted_after_being_asked_and_its_line_stays(amara: User, signed_in: Browser) -> None:
    browser, identity = signed_in(amara), str(new_id())
    _add(browser, id=identity)
    browser.post("/lines/", {"id": str(new_id()), "sitting": identity, "body": "It rained."})

    asked = browser.get(f"/sittings/{identity}/delete/")
    still_there = Sitting.objects.count()
    presses = [browser.post(f"/sittings/{identity}/delete/")["Location"] for _ in range(2)]

    assert "For an hour you can bring it back" in asked.text
    assert (still_there, presses) == (1, ["/sittings/", "/sittings/"])
    assert not Sitting.objects.exists()
    assert Reflection.objects.get().sitting is None
    assert "It rained." in browser.get("/sittings/").text


def test_a_form_left_open_does_not_bring_a_deleted_sitting_back(amara: User, signed_in: Browser) -> None:
    browser, given = signed_in(amara), _given()
    browser.post("/sittings/add/", given)
    browser.post(f"/sittings/{given['id']}/delete/")

    answer = browser.post("/sittings/add/", given)

    assert (answer.status_code, Sitting.objects.count()) == (422, 0)
    assert "You deleted this sitting." in answer.text


@pytest.mark.parametrize("what", ["correct", "delete"])
def test_somebody_elses_sitting_is_not_there(amara: User, eve: User, signed_in: Browser, what: str) -> None:
    identity = str(new_id())
    _add(signed_in(amara), id=identity)
    address = f"/sittings/{identity}/{what}/"

    outsider = signed_in(eve)
    answers = [outsider.get(address), outsider.post(address, {"minutes": "1"})]
    unknown = outsider.get(f"/sittings/{new_id()}/{what}/")

    assert [answer.status_code for answer in (*answers, unknown)] == [404, 404, 404]
    assert answers[0].text == unknown.text
    assert Sitting.objects.get().corrected_ms is None


def test_a_form_from_another_site_adds_nothing(amara: User, signed_in: Browser) -> None:
    elsewhere = Client(enforce_csrf_checks=True)
    elsewhere.cookies = signed_in(amara).cookies

    assert _add(elsewhere).status_code == 403
    assert not Sitting.objects.exists()
