"""Settings that were changed without a connection come late, once, and never undo what came after them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from heartwood.web.kit.ids import new_id
from heartwood.web.people import actions as people
from heartwood.web.people.models import User
from tests.web.practices.observed import milliseconds

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]


@pytest.fixture
def browser(amara: User, signed_in: Browser) -> Client:
    return signed_in(amara)


def _send(browser: Client, identity: UUID, made_at: datetime, **changes: Any) -> HttpResponse:
    told = {
        "time_zone": "Europe/Lisbon",
        "day_boundary_minutes": 120,
        "counting_off": True,
        "wall_ms": milliseconds(made_at),
        "sent_ms": milliseconds(timezone.now()),
        **changes,
    }
    return browser.put(f"/api/settings/{identity}", told, content_type="application/json")


def _held(person: User) -> tuple[object, ...]:
    person.refresh_from_db()
    return person.time_zone, person.day_boundary_minutes, person.counting_off


LATE = ("Europe/Lisbon", 120, True)


def test_they_take_effect_and_leave_everything_else_as_it_was(amara: User, browser: Client) -> None:
    identity, before = new_id(), (amara.name, amara.email)

    answer = _send(browser, identity, timezone.now() - timedelta(days=2))

    assert (answer.status_code, answer.json()) == (200, {"id": str(identity)})
    assert (_held(amara), (amara.name, amara.email)) == (LATE, before)


def test_what_was_changed_since_stands_however_often_they_come(amara: User, browser: Client) -> None:
    identity, made_at = new_id(), timezone.now() - timedelta(days=2)
    _send(browser, identity, made_at)
    people.describe(amara, at=timezone.now(), time_zone="Africa/Lagos")

    answers = [_send(browser, identity, made_at) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert _held(amara) == ("Africa/Lagos", 120, True)


def test_of_two_devices_the_later_change_stands_whichever_comes_first(amara: User, browser: Client) -> None:
    now = timezone.now()

    _send(browser, new_id(), now - timedelta(hours=1))
    _send(browser, new_id(), now - timedelta(hours=5), time_zone="UTC")

    assert _held(amara) == LATE


def test_a_wrong_clock_dates_them_by_their_age(amara: User, browser: Client) -> None:
    people.describe(amara, at=timezone.now() - timedelta(hours=2), counting_off=False)
    clock = datetime(2099, 1, 1, tzinfo=UTC)

    _send(browser, new_id(), clock - timedelta(hours=3), sent_ms=milliseconds(clock), counting_off=True)
    assert not _held(amara)[2]
    _send(browser, new_id(), clock - timedelta(hours=1), sent_ms=milliseconds(clock), counting_off=True)

    assert _held(amara)[2]


@pytest.mark.parametrize(
    "changes", [{"time_zone": "Mars/Base"}, {"day_boundary_minutes": 7}, {"counting_off": "so"}]
)
def test_what_the_settings_page_would_refuse_is_refused(
    amara: User, browser: Client, changes: dict[str, Any]
) -> None:
    before = _held(amara)

    answer = _send(browser, new_id(), timezone.now(), **changes)

    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert _held(amara) == before


def test_a_stranger_is_asked_to_sign_in(client: Client, db: None) -> None:
    assert _send(client, new_id(), timezone.now()).status_code == 401
