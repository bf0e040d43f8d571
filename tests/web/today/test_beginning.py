"""The form with which a path begins, today or on a Monday."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from heartwood.web.cohorts.models import Enrolment
from heartwood.web.kit.ids import new_id
from heartwood.web.library.models import CourseVersion
from heartwood.web.people.days import today_of
from heartwood.web.people.models import User

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]


def _offered(page: str) -> list[date]:
    return [date.fromisoformat(day) for day in re.findall(r'name="starts_on" value="([^"]*)"', page)]


def _page_id(page: str) -> str:
    found = re.search(r'name="id" value="([^"]*)"', page)
    assert found
    return found[1]


def test_today_and_four_mondays_are_offered(amara: User, version: CourseVersion, signed_in: Browser) -> None:
    page = signed_in(amara).get("/begin/").text

    today, *mondays = _offered(page)
    assert today == today_of(amara, at=timezone.now())
    assert [day.weekday() for day in mondays] == [0, 0, 0, 0]
    assert today < mondays[0] <= today + timedelta(days=7)
    assert "Two weeks, small enough for a test." in page


def test_a_chosen_monday_is_the_first_day(amara: User, version: CourseVersion, signed_in: Browser) -> None:
    browser = signed_in(amara)
    page = browser.get("/begin/").text
    monday = _offered(page)[2]

    answer = browser.post("/begin/", {"id": _page_id(page), "starts_on": monday})

    assert answer["Location"] == "/today/"
    assert Enrolment.objects.get().starts_on == monday
    assert "The course begins on Monday" in browser.get("/today/").text


def test_a_form_sent_twice_begins_once(amara: User, version: CourseVersion, signed_in: Browser) -> None:
    browser = signed_in(amara)
    page = browser.get("/begin/").text
    given = {"id": _page_id(page), "starts_on": _offered(page)[0]}

    answers = [browser.post("/begin/", given)["Location"] for _ in range(2)]

    assert answers == ["/today/", "/today/"]
    assert Enrolment.objects.count() == 1


@pytest.mark.parametrize("day", ["", "yesterday", "2026-02-30", "2300-01-01", "2020-01-06"])
def test_a_day_that_is_not_offered_begins_nothing(
    amara: User, version: CourseVersion, signed_in: Browser, day: str
) -> None:
    answer = signed_in(amara).post("/begin/", {"id": str(new_id()), "starts_on": day})

    assert answer.status_code == 422
    assert "Choose one of these days." in answer.text
    assert not Enrolment.objects.exists()


def test_a_page_that_somebody_else_used_begins_nothing_and_is_given_fresh(
    amara: User, eve: User, version: CourseVersion, signed_in: Browser
) -> None:
    page = signed_in(amara).get("/begin/").text
    given = {"id": _page_id(page), "starts_on": _offered(page)[1]}
    signed_in(amara).post("/begin/", given)

    answer = signed_in(eve).post("/begin/", given)

    assert answer.status_code == 422
    assert _page_id(answer.text) != given["id"]
    assert Enrolment.objects.get().person == amara


def test_whoever_is_on_a_path_is_led_to_today(
    amara: User, begin: Callable[..., Enrolment], signed_in: Browser
) -> None:
    begin(amara, starts_on=date(2026, 11, 24))

    assert signed_in(amara).get("/begin/")["Location"] == "/today/"


def test_without_a_course_there_is_a_kind_page(amara: User, signed_in: Browser) -> None:
    answer = signed_in(amara).get("/begin/")

    assert answer.status_code == 503
    assert "There is no course here yet" in answer.text


def test_a_form_from_another_site_begins_nothing(
    amara: User, version: CourseVersion, signed_in: Browser
) -> None:
    elsewhere = Client(enforce_csrf_checks=True)
    elsewhere.cookies = signed_in(amara).cookies

    answer = elsewhere.post("/begin/", {"id": str(new_id()), "starts_on": timezone.now().date()})

    assert answer.status_code == 403
    assert not Enrolment.objects.exists()


def test_the_front_door_is_open_to_anybody_and_keeps_nothing(client: Client, db: None) -> None:
    answer = client.get("/")

    assert answer.status_code == 200
    assert 'href="/sit/"' in answer.text and 'href="/sign-in/"' in answer.text
    assert dict(client.cookies) == {}
