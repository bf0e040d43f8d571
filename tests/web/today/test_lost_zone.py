"""A time zone that the database has no more: every page opens, by the world's time, and Today says so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.utils import timezone

from heartwood.web.cohorts.models import Enrolment
from heartwood.web.kit.ids import new_id
from heartwood.web.people import leaving
from heartwood.web.people.models import User
from heartwood.web.practices.models import Sitting

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
PAGES = (
    "/today/", "/settings/", "/growth/?numbers=1", "/path/", "/path/again/", "/path/monthly/", "/weeks/",
    "/weeks/1/", "/journal/", "/journal/new/", "/journal/letters/", "/journal/day/", "/journal/voice/",
    "/acts/", "/sittings/", "/sittings/add/", "/reminders/", "/settings/export/", "/settings/export/page/",
    "/settings/erase/", "/settings/browsers/", "/offline/plan/", "/how-it-was/", "/shelf/",
)  # fmt: skip


@pytest.fixture
def lost(amara: User, begin: Callable[..., Enrolment]) -> User:
    """Amara on the path, with a sitting, in a zone that was struck off the list."""
    begin(amara, starts_on=timezone.now().date())
    User.objects.filter(id=amara.id).update(time_zone="Mars/Olympus")
    now = timezone.now()
    Sitting.objects.create(
        id=new_id(), person=amara, title="Settle", zone="Mars/Olympus", began_at=now, received_at=now,
        day_boundary_minutes=240, day=now.date(),
    )  # fmt: skip
    return User.objects.get(id=amara.id)


def test_every_page_opens(lost: User, signed_in: Browser) -> None:
    browser = signed_in(lost)

    assert [page for page in PAGES if browser.get(page).status_code not in (200, 302)] == []


def test_what_is_sent_is_kept_and_today_says_what_is_missing(lost: User, signed_in: Browser) -> None:
    browser = signed_in(lost)

    answers = [
        browser.post("/today/hard-night/"),
        browser.post("/acts/", {"id": str(new_id()), "line": "Held the lift.", "direction": "others"}),
        browser.post("/path/turn/", {"id": str(new_id()), "kind": "pause"}),
    ]

    assert [answer.status_code for answer in answers] == [302, 302, 302]
    assert "known here no more" in browser.get("/today/").text
    User.objects.filter(id=lost.id).update(time_zone="Africa/Lagos")
    assert "known here no more" not in browser.get("/today/").text


def test_an_account_can_be_asked_to_go(lost: User, at: datetime) -> None:
    leaving.ask(lost, at=at)

    lost.refresh_from_db()
    assert lost.erase_at and lost.last_day
