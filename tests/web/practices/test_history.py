"""What was sat, day by day, for its person alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from heartwood.web.cohorts.models import Enrolment
from heartwood.web.kit.ids import new_id
from heartwood.web.library.models import Rendering
from heartwood.web.people import actions as people
from heartwood.web.people import erasure, holdings
from heartwood.web.people.models import User
from heartwood.web.practices import actions, queries
from heartwood.web.practices.models import Deleted, Reflection, Sitting, SittingEvent, Twin
from tests.web.practices.observed import half_a_minute, seen, send

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def _sat(person: User, moment: datetime, title: str = "Under a tree") -> Sitting:
    return actions.add_by_hand(person, new_id(), title=title, minutes=5, began_at=moment, at=NOON)


def test_an_empty_history_scolds_nobody(amara: User, signed_in: Browser) -> None:
    assert "Nothing here yet. It fills by itself when you sit." in signed_in(amara).get("/sittings/").text


def test_the_newest_day_stands_first_and_a_line_with_its_day(amara: User) -> None:
    morning, evening = _sat(amara, NOON - timedelta(hours=5)), _sat(amara, NOON - timedelta(hours=1))
    before = _sat(amara, NOON - timedelta(days=1))
    actions.keep_line(amara, new_id(), body="Quiet.", sitting=None, at=NOON)

    days = queries.history_page(amara, before=None, at=timezone.now()).days

    assert [day.day for day in days] == [date(2026, 11, 24), date(2026, 11, 23)]
    assert [[one.id for one in day.sittings] for day in days] == [[evening.id, morning.id], [before.id]]
    assert [[line.body for line in day.lines] for day in days] == [["Quiet."], []]


def test_a_moment_is_shown_on_the_clock_of_the_place_where_it_was(amara: User, signed_in: Browser) -> None:
    _sat(amara, NOON - timedelta(days=1))
    people.describe(amara, at=NOON, time_zone="Pacific/Auckland")

    page = signed_in(amara).get("/sittings/").text

    assert "13:00" in page and "12:00" not in page


def test_with_counting_off_no_minutes_are_shown(amara: User, signed_in: Browser) -> None:
    browser = signed_in(amara)
    _sat(amara, NOON - timedelta(hours=1))
    assert "5 minutes" in browser.get("/sittings/").text

    people.describe(amara, at=NOON, counting_off=True)
    page = browser.get("/sittings/").text

    assert "Under a tree" in page
    assert "minute" not in page


def test_nobody_sees_the_history_of_another(amara: User, eve: User, signed_in: Browser) -> None:
    _sat(amara, NOON - timedelta(hours=1))

    assert "Under a tree" in signed_in(amara).get("/sittings/").text
    assert "Under a tree" not in signed_in(eve).get("/sittings/").text


def test_a_long_history_goes_on_page_by_page_and_leaves_nothing_out(amara: User) -> None:
    """Seventy at one moment, since sittings by hand are told to the minute."""
    same = [_sat(amara, NOON - timedelta(hours=1)) for _ in range(70)]
    older = [_sat(amara, NOON - timedelta(hours=2 + n)) for n in range(80)]
    actions.keep_line(amara, new_id(), body="Long ago.", sitting=None, at=NOON - timedelta(days=9))

    shown: list[object] = []
    lines: list[str] = []
    before: datetime | None = None
    while True:
        page = queries.history_page(amara, before=before, at=timezone.now())
        shown += [one.id for day in page.days for one in day.sittings]
        lines += [line.body for day in page.days for line in day.lines]
        if not page.older:
            break
        before = datetime.fromisoformat(page.older)

    assert len(shown) == 150
    assert set(shown) == {one.id for one in (*same, *older)}
    assert lines == ["Long ago."]


def test_the_link_to_earlier_days_is_followed(amara: User, signed_in: Browser) -> None:
    for n in range(61):
        _sat(amara, NOON - timedelta(hours=1 + n), title="The first one" if n == 60 else "Another")
    browser = signed_in(amara)

    page = browser.get("/sittings/").text
    link = page.split('href="?before=')[1].split('"')[0]

    assert "The first one" not in page
    assert "The first one" in browser.get(f"/sittings/?before={link}").text


@pytest.mark.parametrize("before", ["yesterday", "2026-11-24", "2026-11-24T12:00", "'; DROP", "%00"])
def test_a_page_that_cannot_be_is_the_first_page(amara: User, signed_in: Browser, before: str) -> None:
    _sat(amara, NOON - timedelta(days=1))

    assert "Under a tree" in signed_in(amara).get(f"/sittings/?before={before}").text


def test_a_history_of_one_and_of_fifty_asks_the_same_number_of_questions(
    amara: User, signed_in: Browser
) -> None:
    browser, asked = signed_in(amara), []
    for amount in (1, 49):
        for n in range(amount):
            sitting = _sat(amara, NOON - timedelta(minutes=n))
            actions.keep_line(amara, new_id(), body="Quiet.", sitting=sitting.id, at=NOON)
        with CaptureQueriesContext(connection) as questions:
            browser.get("/sittings/")
        asked.append(len(questions))

    assert asked == [8, 8]


def test_an_export_of_one_and_of_fifty_asks_the_same_number_of_questions(
    amara: User, settle: Rendering
) -> None:
    asked = []
    for amount in (1, 9):
        for _ in range(amount):
            observations = seen(half_a_minute(NOON))
            actions.keep_observations(
                amara, new_id(), rendering=settle.id, observations=observations, at=NOON + timedelta(hours=1)
            )
        with CaptureQueriesContext(connection) as questions:
            held = queries.collect(User.objects.get(id=amara.id))
        asked.append(len(questions))

    assert len(held["sittings"]) == 10
    assert asked == [11, 11]


def test_everything_held_of_practice_is_in_the_export(amara: User, eve: User, settle: Rendering) -> None:
    sitting, line, gone = new_id(), new_id(), new_id()
    observations = seen(half_a_minute(NOON))
    actions.keep_observations(
        amara, sitting, rendering=settle.id, observations=observations, at=NOON + timedelta(minutes=1)
    )
    actions.keep_line(amara, line, body="Quiet.", sitting=sitting, at=NOON)
    actions.add_by_hand(amara, gone, title="Tree", minutes=5, began_at=NOON, at=NOON)
    actions.delete_sitting(amara, gone, at=NOON)
    _sat(eve, NOON)

    held = holdings.collect_all(amara)["practices"]

    assert held["sittings"] == [
        {
            "id": str(sitting),
            "path": None,
            "practice": "settle",
            "title": "Settle through the body",
            "began_at": "2026-11-24T12:00:00+00:00",
            "zone": "Africa/Lagos",
            "day_boundary_minutes": 240,
            "day": "2026-11-24",
            "length_seconds": 60.0,
            "practised_seconds": 30.0,
            "corrected_seconds": None,
            "by_hand": False,
            "finished": False,
            "clock_was_wrong": False,
            "received_at": "2026-11-24T12:01:00+00:00",
            "observations": [
                {
                    "id": one.id,
                    "sequence": one.sequence,
                    "kind": one.kind,
                    "position_ms": one.position_ms,
                    "wall_ms": one.wall_ms,
                    "clock_amiss_ms": 0,
                    "received_at": "2026-11-24T12:01:00+00:00",
                }
                for one in observations
            ],
        }
    ]
    assert held["lines"] == [
        {
            "id": str(line),
            "sitting": str(sitting),
            "written_at": "2026-11-24T12:00:00+00:00",
            "day": "2026-11-24",
            "body": "Quiet.",
        }
    ]
    assert held["came_twice"] == []
    assert held["deleted"] == [{"id": str(gone), "at": "2026-11-24T12:00:00+00:00"}]


def test_an_erasure_leaves_nothing_of_a_person_and_everything_of_another(
    amara: User,
    eve: User,
    settle: Rendering,
    signed_in: Browser,
    begin: Callable[..., Enrolment],
    at: datetime,
) -> None:
    for person in (amara, eve):
        begin(person, starts_on=at.date())
        browser, sitting, line = signed_in(person), new_id(), str(new_id())
        events = half_a_minute(timezone.now() - timedelta(minutes=2))
        send(browser, sitting, settle, events)
        send(browser, sitting, settle, [{**events[2], "position_ms": 1}])
        browser.post("/lines/", {"id": line, "sitting": str(sitting), "body": "Quiet."})
        actions.delete_sitting(person, _sat(person, NOON).id, at=NOON)
    rooms = (Enrolment, Sitting, SittingEvent, Reflection, Twin, Deleted)
    before = [room.objects.count() for room in rooms]

    erasure.erase(amara, by=amara.id, at=timezone.now())

    assert before == [2, 2, 6, 2, 2, 2]
    assert [room.objects.count() for room in rooms] == [1, 1, 3, 1, 1, 1]
    assert holdings.collect_all(eve)["practices"]["lines"][0]["body"] == "Quiet."
    assert Rendering.objects.filter(id=settle.id).exists()


@pytest.mark.parametrize(
    "address", ["/today/", "/weeks/", "/weeks/1/", "/weeks/1/reading/", "/practices/settle/", "/sittings/",
                "/sittings/add/", "/begin/"],
)  # fmt: skip
def test_no_cache_keeps_a_private_page_and_nobody_signed_out_sees_one(
    amara: User, client: Client, signed_in: Browser, begin: Callable[..., Enrolment], address: str
) -> None:
    begin(amara, starts_on=timezone.now().date() - timedelta(days=1))

    own, outside = signed_in(amara).get(address), client.get(address)

    assert own["Cache-Control"] == "no-store, private"
    assert (outside.status_code, outside["Location"]) == (302, f"/sign-in/?next={address}")


@pytest.mark.parametrize("what", ["correct", "delete"])
def test_no_cache_keeps_a_page_about_a_sitting(amara: User, signed_in: Browser, what: str) -> None:
    sitting = _sat(amara, NOON)

    answer = signed_in(amara).get(f"/sittings/{sitting.id}/{what}/")

    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store, private")
