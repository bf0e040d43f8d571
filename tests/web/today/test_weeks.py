"""The weeks as a path: each opens in its time, and none closes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from heartwood.web.cohorts.models import Enrolment
from heartwood.web.people.models import User
from heartwood.web.today import queries

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
Begin = Callable[..., Enrolment]
TUESDAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("days", "urls", "opens", "now"),
    [
        (-1, ["", ""], ["Tuesday 24 November", "Tuesday 1 December"], [False, False]),
        (0, ["/weeks/1/", ""], ["", "Tuesday 1 December"], [True, False]),
        (6, ["/weeks/1/", ""], ["", "Tuesday 1 December"], [True, False]),
        (7, ["/weeks/1/", "/weeks/2/"], ["", ""], [False, True]),
        (300, ["/weeks/1/", "/weeks/2/"], ["", ""], [False, True]),
    ],
)
def test_weeks_open_in_time_and_stay_open(
    amara: User, begin: Begin, at: datetime, days: int, urls: list[str], opens: list[str], now: list[bool]
) -> None:
    path = begin(amara, starts_on=TUESDAY)

    weeks = queries.weeks_page(amara, path, at=at + timedelta(days=days)).weeks

    assert [week.url for week in weeks] == urls
    assert [week.opens for week in weeks] == opens
    assert [week.is_now for week in weeks] == now


@pytest.fixture
def browser(amara: User, begin: Begin, signed_in: Browser) -> Client:
    """Amara's, in the first week."""
    begin(amara, starts_on=timezone.now().date() - timedelta(days=1))
    return signed_in(amara)


def test_an_open_week_shows_its_practices_its_reading_and_its_small_thing(browser: Client) -> None:
    page = browser.get("/weeks/1/").text

    assert "Settle through the body" in page and "0.8 to 1.5 minutes" in page
    assert 'href="/practices/arrive/"' in page
    assert 'href="/weeks/1/reading/"' in page and "Why settle" in page
    assert "Pause at one door today." in page


def test_a_reading_is_shown_as_prose(browser: Client) -> None:
    page = browser.get("/weeks/1/reading/").text

    assert "<p>A hummingbird never hurries. It only <em>looks</em> so.</p>" in page


@pytest.mark.parametrize("page", ["", "reading/"])
@pytest.mark.parametrize("number", [0, 2, 3, 10**20])
def test_a_week_that_is_not_open_is_not_there(browser: Client, number: int, page: str) -> None:
    answer = browser.get(f"/weeks/{number}/{page}")

    assert answer.status_code == 404
    assert "otter" not in answer.text


def test_the_words_of_a_week_that_is_not_open_are_on_no_page(browser: Client) -> None:
    pages = [browser.get(address).text for address in ("/today/", "/weeks/", "/weeks/1/")]

    assert "Opens " in pages[1]
    assert [page for page in pages if "A wish for one person." in page or "otter" in page] == []


def test_on_no_path_no_week_is_there(amara: User, version: object, signed_in: Browser) -> None:
    answers = [signed_in(amara).get(address) for address in ("/weeks/1/", "/weeks/1/reading/")]

    assert [answer.status_code for answer in answers] == [404, 404]
