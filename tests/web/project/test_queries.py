"""How often a page asks the database: the same with one row as with three."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from heartwood.web.cohorts.models import Enrolment
from heartwood.web.kit.ids import new_id
from heartwood.web.library.models import Rendering
from heartwood.web.people.models import User
from tests.web.practices.observed import half_a_minute, send

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
QUERIES = {
    "/today/": 11,
    "/moment/": 4,
    "/growth/": 7,
    "/weeks/": 5,
    "/weeks/1/": 4,
    "/weeks/1/reading/": 5,
    "/how-it-was/": 5,
    "/sittings/": 8,
    "/acts/": 9,
    "/journal/": 8,
    "/journal/new/": 2,
    "/journal/letters/": 4,
    "/journal/day/": 6,
    "/journal/voice/": 4,
    "/practices/settle/?minutes=1": 10,
    "/reminders/": 7,
    "/settings/": 4,
}
"""Session and person are two of each."""


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("page", QUERIES)
def test_a_page_asks_as_often_for_many_as_for_one(
    page: str, rows: int, amara: User, signed_in: Browser, begin: Callable[..., Enrolment],
    settle: Rendering, at: datetime, django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    begin(amara, starts_on=at.date())
    browser = signed_in(amara)
    for day in range(rows):
        sitting = new_id()
        send(browser, sitting, settle, half_a_minute(timezone.now() - timedelta(minutes=day)))
        browser.post("/lines/", {"id": str(new_id()), "sitting": str(sitting), "body": f"Line {day}."})
        browser.post("/acts/", {"id": str(new_id()), "line": f"Act {day}."})
        browser.post(
            f"/journal/voice/{new_id()}/", b"OggS" + bytes([day]), content_type="audio/ogg",
            headers={"X-Length-Ms": "900"},
        )  # fmt: skip
        letter = {"id": str(new_id()), "body": f"Letter {day}.", "opens_on": "2030-01-01"}
        browser.post("/journal/letters/", letter)
        browser.post("/journal/day/", {"id": str(new_id()), "body": f"Word {day}."})
        browser.post(f"/journal/{new_id()}/edit/", {"writing": str(new_id()), "body": f"Page {day}."})
    browser.get(page)

    with django_assert_num_queries(QUERIES[page]):
        assert browser.get(page).status_code == 200
