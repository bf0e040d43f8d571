"""What cannot be a sitting is refused in a sentence, and nothing of it is stored."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from heartwood.web.kit.ids import new_id
from heartwood.web.library.models import Rendering
from heartwood.web.people.models import User
from heartwood.web.practices.models import Reflection, Sitting, SittingEvent
from tests.web.practices.observed import Event, event, half_a_minute, send

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
Change = Callable[[list[Event]], list[Event]]


@pytest.fixture
def began() -> datetime:
    return timezone.now().replace(microsecond=0) - timedelta(hours=40)


def _last(**changes: Any) -> Change:
    return lambda events: [*events[:-1], {**events[-1], **changes}]


def _ends_before_it_begins(events: list[Event]) -> list[Event]:
    return [events[0], {**events[1], "kind": "finished", "wall_ms": events[0]["wall_ms"] - 1}]


def _thirty_hours(events: list[Event]) -> list[Event]:
    return [events[0], {**events[1], "wall_ms": events[0]["wall_ms"] + 30 * 3_600_000}]


def _is_refused(answer: HttpResponse, *sentence: str) -> None:
    """With a problem in words, and no row."""
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    told = answer.json()
    assert (told["type"], told["status"], told["title"]) == ("about:blank", 422, "This cannot be kept")
    assert [words for words in sentence if words not in told["detail"]] == []
    assert (Sitting.objects.count(), SittingEvent.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (_last(position_ms=62_001), "stands at 62001 ms, in a practice of 60000 ms"),
        (_last(sequence=1_000_001), "a number from 0 to 1000000"),
        (_ends_before_it_begins, "ends before it begins"),
        (_thirty_hours, "longer than a day"),
    ],
)
def test_what_no_sitting_can_have_been_is_refused(
    amara: User, settle: Rendering, signed_in: Browser, began: datetime, change: Change, sentence: str
) -> None:
    answer = send(signed_in(amara), new_id(), settle, change(half_a_minute(began)))

    _is_refused(answer, sentence)


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (_last(kind="levitated"), "events.2.kind"),
        (_last(id="not-an-id"), "events.2.id"),
        (_last(sequence="first"), "events.2.sequence"),
        (_last(sequence=-1), "events.2.sequence"),
        (_last(position_ms=None), "events.2.position_ms"),
        (_last(position_ms=1.5), "events.2.position_ms"),
        (_last(wall_ms=10**30), "events.2.wall_ms"),
        (lambda events: [], "events"),
        (lambda events: events * 200, "events"),
        (lambda events: [{}], "events.0.id"),
    ],
)
def test_what_is_no_observation_is_refused_by_its_place(
    amara: User, settle: Rendering, signed_in: Browser, began: datetime, change: Change, place: str
) -> None:
    answer = send(signed_in(amara), new_id(), settle, change(half_a_minute(began)))

    _is_refused(answer, f"{place}: ", "Nothing was stored.")


@pytest.mark.parametrize("body", ["", "{", "\x00", '{"events": '])
def test_what_is_no_json_is_refused(amara: User, signed_in: Browser, body: str) -> None:
    address = f"/api/sittings/{new_id()}/events"

    answer = signed_in(amara).post(address, body, content_type="application/json")

    assert answer.status_code in {400, 422}
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"].endswith("Nothing was stored.")


@pytest.mark.parametrize("body", ["null", "[]", "7", '"sat"', "{}", '{"rendering": 7, "events": {}}'])
def test_json_that_is_no_sitting_is_refused(amara: User, signed_in: Browser, body: str) -> None:
    address = f"/api/sittings/{new_id()}/events"

    answer = signed_in(amara).post(address, body, content_type="application/json")

    _is_refused(answer, "Nothing was stored.")


def test_a_practice_that_does_not_exist_is_unknown(
    amara: User, signed_in: Browser, began: datetime, version: object
) -> None:
    nothing = Rendering(id=new_id(), script="fly")

    answer = send(signed_in(amara), new_id(), nothing, half_a_minute(began))

    assert answer.status_code == 404
    assert answer.json()["detail"] == "There is no such practice. Open it from Today."
    assert not Sitting.objects.exists()


def test_a_part_that_would_make_a_kept_sitting_longer_than_a_day_is_refused_alone(
    amara: User, settle: Rendering, signed_in: Browser, began: datetime
) -> None:
    browser, sitting = signed_in(amara), new_id()
    send(browser, sitting, settle, half_a_minute(began))

    late = event(3, "finished", 60_000, began + timedelta(hours=30))
    early = event(4, "finished", 60_000, began - timedelta(seconds=1))
    answers = [send(browser, sitting, settle, [one]) for one in (late, early)]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert (Sitting.objects.get().practised_ms, SittingEvent.objects.count()) == (30_000, 3)


def test_one_bad_observation_keeps_the_good_ones_out_too(
    amara: User, settle: Rendering, signed_in: Browser, began: datetime
) -> None:
    browser, sitting = signed_in(amara), new_id()
    events = half_a_minute(began)
    send(browser, sitting, settle, events[:1])

    answer = send(browser, sitting, settle, [events[1], {**events[2], "position_ms": 62_001}])

    assert answer.status_code == 422
    assert SittingEvent.objects.count() == 1


def test_five_million_bytes_are_too_large_and_say_so(amara: User, signed_in: Browser) -> None:
    body = '{"rendering": "' + "x" * 5_000_000 + '"}'

    answer = signed_in(amara).post(f"/api/sittings/{new_id()}/events", body, content_type="application/json")

    assert (answer.status_code, answer.json()["title"]) == (413, "This is too large")


def test_signed_out_nothing_is_kept_and_the_device_is_told_why(
    client: Client, settle: Rendering, began: datetime
) -> None:
    events = send(client, new_id(), settle, half_a_minute(began))
    line = client.put(f"/api/reflections/{new_id()}", {"body": "Mine."}, content_type="application/json")

    for answer in (events, line):
        assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
        assert answer.json()["title"] == "You are signed out"
    assert not Sitting.objects.exists()


def test_a_request_from_another_site_keeps_nothing(
    amara: User, settle: Rendering, signed_in: Browser, began: datetime
) -> None:
    elsewhere = Client(enforce_csrf_checks=True)
    elsewhere.cookies = signed_in(amara).cookies

    events = send(elsewhere, new_id(), settle, half_a_minute(began))
    line = elsewhere.put(f"/api/reflections/{new_id()}", {"body": "Mine."}, content_type="application/json")

    for answer in (events, line):
        assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")
    assert (Sitting.objects.count(), Reflection.objects.count()) == (0, 0)


def test_a_request_with_the_pages_own_token_is_kept(
    amara: User, settle: Rendering, signed_in: Browser, began: datetime, begin: Callable[..., object]
) -> None:
    begin(amara, starts_on=began.date())
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = signed_in(amara).cookies
    page = browser.get("/practices/settle/")
    token = page.text.split('data-token="')[1].split('"')[0]

    answer = browser.post(
        f"/api/sittings/{new_id()}/events",
        {"rendering": str(settle.id), "events": half_a_minute(began)},
        content_type="application/json",
        headers={"X-CSRFToken": token},
    )

    assert answer.status_code == 200
