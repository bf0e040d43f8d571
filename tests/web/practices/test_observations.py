"""A sitting is kept as it goes: any order, any number of times, from any device, one truth."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from heartwood.web.cohorts.models import Enrolment
from heartwood.web.kit.ids import new_id
from heartwood.web.library import queries as library
from heartwood.web.library.models import Rendering
from heartwood.web.people import holdings
from heartwood.web.people.models import User
from heartwood.web.practices import actions
from heartwood.web.practices.models import Sitting, SittingEvent, Twin
from heartwood.web.practices.records import Differs, Gone
from tests.web.practices.observed import event, half_a_minute, seen, send
from tests.web.threads import at_once

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]


@pytest.fixture
def began() -> datetime:
    """A little while ago: the server asks its own clock whether a moment is still to come."""
    return timezone.now().replace(microsecond=0) - timedelta(hours=2)


def test_what_is_kept_is_acknowledged_by_id_and_counted(
    amara: User, settle: Rendering, signed_in: Browser, began: datetime
) -> None:
    sitting, events = new_id(), half_a_minute(began)

    answer = send(signed_in(amara), sitting, settle, events)

    assert answer.status_code == 200
    assert answer.json() == {
        "acknowledged": [one["id"] for one in events],
        "practised_ms": 30_000,
        "corrected": False,
    }
    kept = Sitting.objects.get()
    assert (kept.id, kept.person, kept.practice, kept.title) == (
        sitting, amara, "settle", "Settle through the body",
    )  # fmt: skip
    assert (kept.began_at, kept.length_ms, kept.practised_ms) == (began, 60_000, 30_000)
    assert (kept.finished, kept.by_hand) == (False, False)


def test_a_sitting_belongs_to_the_path_that_its_person_is_on(
    amara: User, settle: Rendering, signed_in: Browser, began: datetime, begin: Callable[..., Enrolment]
) -> None:
    path = begin(amara, starts_on=began.date())

    send(signed_in(amara), new_id(), settle, half_a_minute(began))

    assert Sitting.objects.get().enrolment == path


def test_sent_again_it_is_answered_as_the_first_time(
    amara: User, settle: Rendering, signed_in: Browser, began: datetime
) -> None:
    browser, sitting, events = signed_in(amara), new_id(), half_a_minute(began)

    answers = [send(browser, sitting, settle, events) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert answers[0].json() == answers[1].json() == answers[2].json()
    assert (Sitting.objects.count(), SittingEvent.objects.count(), Twin.objects.count()) == (1, 3, 0)


@pytest.mark.parametrize("seed", range(5))
def test_parts_in_any_order_come_to_the_same(
    amara: User, settle: Rendering, began: datetime, seed: int, at: datetime
) -> None:
    sitting, events = new_id(), half_a_minute(began)
    parts = [[one] for one in events] + [events[:2]]
    random.Random(seed).shuffle(parts)

    for part in parts:
        kept = actions.keep_observations(
            amara, sitting, rendering=settle.id, observations=seen(part), at=timezone.now()
        )

    stored = Sitting.objects.get()
    assert kept.practised_ms == stored.practised_ms == 30_000
    assert stored.began_at == began


def test_two_devices_tell_of_one_sitting(
    amara: User, settle: Rendering, signed_in: Browser, began: datetime
) -> None:
    sitting, events = new_id(), half_a_minute(began)
    phone, tablet = signed_in(amara), signed_in(amara)

    send(phone, sitting, settle, events[:2])
    answer = send(tablet, sitting, settle, events[1:])

    assert answer.json()["practised_ms"] == 30_000
    assert Sitting.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_keep_one_sitting_with_the_right_count(
    amara: User, settle: Rendering, began: datetime
) -> None:
    sitting = new_id()
    events = [event(0, "started", 0, began)] + [
        event(n, "advanced", n * 1_000, began + timedelta(seconds=n)) for n in range(1, 50)
    ]
    keep = actions.keep_observations

    def one_of_them(number: int) -> int:
        part = seen([events[number], events[0]])
        kept = keep(amara, sitting, rendering=settle.id, observations=part, at=timezone.now())
        return len(kept.acknowledged)

    acknowledged = at_once(50, one_of_them)

    stored = Sitting.objects.get()
    assert acknowledged == [2] * 50
    assert (stored.practised_ms, stored.events.count(), Twin.objects.count()) == (49_000, 50, 0)


@pytest.mark.django_db(transaction=True)
def test_the_same_request_fifty_times_at_once_is_kept_once(
    amara: User, settle: Rendering, signed_in: Browser, began: datetime
) -> None:
    sitting, events, browser = new_id(), half_a_minute(began), signed_in(amara)
    cookies = browser.cookies

    def send_it(number: int) -> int:
        own = Client()
        own.cookies = cookies
        return send(own, sitting, settle, events).status_code

    answers = at_once(50, send_it)

    assert answers == [200] * 50
    assert (Sitting.objects.get().practised_ms, SittingEvent.objects.count()) == (30_000, 3)


def test_the_same_id_with_other_content_is_told_and_both_are_kept(
    amara: User, settle: Rendering, signed_in: Browser, began: datetime
) -> None:
    browser, sitting, events = signed_in(amara), new_id(), half_a_minute(began)
    send(browser, sitting, settle, events)
    other = {**events[2], "position_ms": 45_000}

    answers = [send(browser, sitting, settle, [other]) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [409, 409]
    assert answers[0]["Content-Type"] == "application/problem+json"
    held = holdings.collect_all(amara)["practices"]
    assert [one["position_ms"] for one in held["sittings"][0]["observations"]] == [0, 10_000, 30_000]
    (twin,) = held["came_twice"]
    assert (twin["kind"], twin["id"]) == ("observation", events[2]["id"])
    assert json.loads(twin["content"])["observation"][2] == 45_000


def test_one_id_twice_in_one_request_with_other_content_keeps_both(
    amara: User, settle: Rendering, signed_in: Browser, began: datetime
) -> None:
    events = half_a_minute(began)
    other = {**events[2], "position_ms": 45_000}

    answer = send(signed_in(amara), new_id(), settle, [*events, other])

    assert answer.status_code == 409
    assert Sitting.objects.get().practised_ms == 30_000
    assert Twin.objects.count() == 1


def test_an_observation_of_another_own_sitting_is_other_content(
    amara: User, settle: Rendering, signed_in: Browser, began: datetime
) -> None:
    browser, events = signed_in(amara), half_a_minute(began)
    send(browser, new_id(), settle, events)

    answer = send(browser, new_id(), settle, events)

    assert answer.status_code == 409
    assert (Sitting.objects.count(), Twin.objects.count()) == (1, 3)


def test_a_sitting_that_is_told_of_another_practice_keeps_what_it_was(
    amara: User, settle: Rendering, arrival: Rendering, signed_in: Browser, began: datetime
) -> None:
    browser, sitting = signed_in(amara), new_id()
    send(browser, sitting, settle, half_a_minute(began))

    answer = send(browser, sitting, arrival, half_a_minute(began))

    assert answer.status_code == 409
    stored = Sitting.objects.get()
    assert (stored.practice, stored.practised_ms, stored.events.count()) == ("settle", 30_000, 3)
    assert Twin.objects.count() == 3


def test_a_player_cannot_change_a_sitting_that_was_added_by_hand(
    amara: User, settle: Rendering, began: datetime
) -> None:
    sitting, now = new_id(), timezone.now()
    actions.add_by_hand(amara, sitting, title="Under a tree", minutes=20, began_at=began, at=now)

    with pytest.raises(Differs):
        actions.keep_observations(
            amara, sitting, rendering=settle.id, observations=seen(half_a_minute(began)), at=now
        )

    assert Sitting.objects.get().practised_ms == 20 * 60_000


def test_somebody_elses_sitting_is_answered_as_unknown(
    amara: User, eve: User, settle: Rendering, signed_in: Browser, began: datetime
) -> None:
    sitting = new_id()
    send(signed_in(amara), sitting, settle, half_a_minute(began))

    answer = send(signed_in(eve), sitting, settle, half_a_minute(began))
    unknown = send(signed_in(eve), new_id(), Rendering(id=new_id(), script="fly"), half_a_minute(began))

    assert (answer.status_code, unknown.status_code) == (404, 404)
    assert not Sitting.objects.filter(person=eve).exists()
    assert Sitting.objects.get().practised_ms == 30_000


def test_somebody_elses_observation_is_answered_as_unknown_and_opens_no_sitting(
    amara: User, eve: User, settle: Rendering, signed_in: Browser, began: datetime
) -> None:
    events = half_a_minute(began)
    send(signed_in(amara), new_id(), settle, events)

    answer = send(signed_in(eve), new_id(), settle, events)

    assert answer.status_code == 404
    assert not Sitting.objects.filter(person=eve).exists()
    assert not Twin.objects.exists()


def test_what_was_deleted_stays_deleted(
    amara: User, eve: User, settle: Rendering, signed_in: Browser, began: datetime
) -> None:
    browser, sitting, events = signed_in(amara), new_id(), half_a_minute(began)
    send(browser, sitting, settle, events[:2])
    browser.post(f"/sittings/{sitting}/delete/")

    late = send(browser, sitting, settle, events)
    others = send(signed_in(eve), sitting, settle, half_a_minute(began))

    assert (late.status_code, others.status_code) == (410, 404)
    assert late["Content-Type"] == "application/problem+json"
    assert not Sitting.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_sitting_deleted_while_its_player_still_sends_never_comes_back(
    amara: User, settle: Rendering, began: datetime
) -> None:
    sitting, events = new_id(), half_a_minute(began)
    keep = actions.keep_observations
    keep(amara, sitting, rendering=settle.id, observations=seen(events[:1]), at=timezone.now())

    def delete_or_send(number: int) -> None:
        try:
            if number == 0:
                actions.delete_sitting(amara, sitting, at=timezone.now())
            else:
                keep(amara, sitting, rendering=settle.id, observations=seen(events), at=timezone.now())
        except Gone:
            pass

    at_once(10, delete_or_send)

    assert (Sitting.objects.count(), SittingEvent.objects.count()) == (0, 0)


def test_where_the_sound_came_to_its_end_the_sitting_is_finished(
    amara: User, settle: Rendering, signed_in: Browser, began: datetime
) -> None:
    end = began + timedelta(minutes=1)
    events = [event(0, "started", 0, began), event(1, "finished", 60_012, end)]

    answer = send(signed_in(amara), new_id(), settle, events)

    assert answer.json()["practised_ms"] == 60_012
    assert Sitting.objects.get().finished


def test_keeping_asks_the_database_nine_times_at_most(
    amara: User, settle: Rendering, signed_in: Browser, began: datetime, begin: Callable[..., Enrolment]
) -> None:
    begin(amara, starts_on=began.date())
    library.course_of(settle.course_version.hash)
    browser, sitting, events = signed_in(amara), new_id(), half_a_minute(began)

    opening = _asked(lambda: send(browser, sitting, settle, events[:2]))
    further = _asked(lambda: send(browser, sitting, settle, events[2:]))

    assert (opening, further) == (9, 9)


def _asked(work: Callable[[], object]) -> int:
    """How many questions the work asks, the marks of its transactions left out."""
    with CaptureQueriesContext(connection) as asked:
        work()
    marks = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
    return sum(not query["sql"].startswith(marks) for query in asked.captured_queries)
