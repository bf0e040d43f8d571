"""A device whose clock says 1970 or 2099 loses nobody a sitting: it is dated by the server, and says so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from heartwood.web.kit.ids import new_id
from heartwood.web.library.models import Rendering
from heartwood.web.people.models import User
from heartwood.web.practices.models import Sitting, SittingEvent, Twin
from tests.web.practices.observed import half_a_minute, milliseconds, send

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
WRONG = [
    datetime(1970, 1, 2, tzinfo=UTC),
    datetime(2019, 12, 31, tzinfo=UTC),
    datetime(2099, 12, 31, tzinfo=UTC),
    datetime(2300, 1, 1, tzinfo=UTC),
]


def _age(moment: datetime) -> float:
    return (timezone.now() - moment).total_seconds()


@pytest.mark.parametrize("clock", WRONG)
def test_a_sitting_by_a_wrong_clock_began_as_long_ago_as_that_clock_says(
    amara: User, settle: Rendering, signed_in: Browser, clock: datetime
) -> None:
    events = half_a_minute(clock)

    answer = send(signed_in(amara), new_id(), settle, events, sent=clock + timedelta(days=3))

    kept = Sitting.objects.get()
    assert answer.json() == {
        "acknowledged": [one["id"] for one in events],
        "practised_ms": 30_000,
        "corrected": False,
    }
    assert abs(_age(kept.began_at) - timedelta(days=3).total_seconds()) < 60
    assert kept.clock_was_wrong


@pytest.mark.parametrize("clock", WRONG)
def test_a_player_that_does_not_tell_its_clock_is_believed_to_have_sat_just_now(
    amara: User, settle: Rendering, signed_in: Browser, clock: datetime
) -> None:
    send(signed_in(amara), new_id(), settle, half_a_minute(clock))

    kept = Sitting.objects.get()
    assert (abs(_age(kept.began_at)) < 60, kept.practised_ms, kept.clock_was_wrong) == (True, 30_000, True)


@pytest.mark.parametrize("wall_ms", [2**53, -(2**53), 0])
def test_a_number_that_is_no_moment_costs_nobody_a_sitting(
    amara: User, settle: Rendering, signed_in: Browser, wall_ms: int
) -> None:
    events = [{**one, "wall_ms": wall_ms} for one in half_a_minute(timezone.now())]

    assert send(signed_in(amara), new_id(), settle, events).status_code == 200
    assert Sitting.objects.get().practised_ms == 30_000


def test_its_parts_come_at_other_times_and_again_and_are_one_sitting_dated_once(
    amara: User, settle: Rendering, signed_in: Browser
) -> None:
    clock = datetime(2099, 6, 1, tzinfo=UTC)
    browser, sitting, events = signed_in(amara), new_id(), half_a_minute(clock)

    send(browser, sitting, settle, events[:2], sent=clock + timedelta(days=2))
    first = Sitting.objects.get().began_at
    send(browser, sitting, settle, events[1:])
    answer = send(browser, sitting, settle, events, sent=clock + timedelta(days=5))

    kept = Sitting.objects.get()
    assert answer.json()["acknowledged"] == [one["id"] for one in events]
    assert (kept.began_at, kept.practised_ms) == (first, 30_000)
    assert (SittingEvent.objects.count(), Twin.objects.count()) == (3, 0)


def test_what_the_device_sent_is_kept_beside_what_was_made_of_it(
    amara: User, settle: Rendering, signed_in: Browser
) -> None:
    clock = datetime(1970, 1, 1, tzinfo=UTC)
    events = half_a_minute(clock)

    send(signed_in(amara), new_id(), settle, events, sent=clock + timedelta(hours=1))

    kept = list(SittingEvent.objects.order_by("sequence"))
    assert [one.wall_ms for one in kept] == [one["wall_ms"] for one in events]
    assert len({one.amiss_ms for one in kept}) == 1


def test_a_clock_that_is_right_is_believed_to_the_millisecond(
    amara: User, settle: Rendering, signed_in: Browser
) -> None:
    began = timezone.now().replace(microsecond=0) - timedelta(days=13)

    send(signed_in(amara), new_id(), settle, half_a_minute(began), sent=timezone.now())

    kept = Sitting.objects.get()
    assert (milliseconds(kept.began_at), kept.clock_was_wrong) == (milliseconds(began), False)


def test_the_history_says_whose_time_it_is(amara: User, settle: Rendering, signed_in: Browser) -> None:
    browser = signed_in(amara)
    send(browser, new_id(), settle, half_a_minute(datetime(1970, 1, 2, tzinfo=UTC)))

    assert "the time is the server’s" in browser.get("/sittings/").content.decode()
