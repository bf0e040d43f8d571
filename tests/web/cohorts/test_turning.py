"""A path turns when its person says so: it rests, goes on, goes to a week; and it is left kindly."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from heartwood.curriculum import Path
from heartwood.errors import UnknownName
from heartwood.web.cohorts import actions, queries, tasks
from heartwood.web.cohorts.models import Enrolment, Rhythm, Turn
from heartwood.web.kit.ids import new_id
from heartwood.web.kit.models import AuditEntry
from heartwood.web.library import queries as shelf
from heartwood.web.library.models import CourseVersion, Rendering
from heartwood.web.people import erasure, holdings
from heartwood.web.people.models import User
from tests.web.threads import at_once

pytestmark = pytest.mark.django_db
TUESDAY = date(2026, 11, 24)
Begin = Callable[..., Enrolment]
SEVEN = time(7)


@pytest.fixture
def path(amara: User, begin: Begin) -> Enrolment:
    return begin(amara, starts_on=TUESDAY)


def _walk(person: User) -> Path:
    path = queries.path_of(person)
    assert path
    return queries.walk(path, shelf.read(path.course_version).course)


def test_a_path_rests_and_goes_on_by_the_persons_own_days(amara: User, path: Enrolment, at: datetime) -> None:
    """Half past two in the night in Lagos is still the day before."""
    actions.pause(amara, page=new_id(), at=at + timedelta(days=2))
    actions.resume(amara, page=new_id(), at=datetime.fromisoformat("2026-12-06T01:30:00+00:00"))

    kept = [(turn.kind, turn.day) for turn in queries.turns_of(path)]
    assert kept == [("paused", date(2026, 11, 26)), ("resumed", date(2026, 12, 5))]
    assert [_walk(amara).now(date(2026, 12, day)).day for day in (4, 5, 6)] == [3, 3, 4]
    assert list(AuditEntry.objects.filter(subject_id=path.id).values_list("verb", flat=True)) == [
        "began", "paused", "resumed",
    ]  # fmt: skip


def test_going_to_a_week_begins_it_that_day(amara: User, path: Enrolment, at: datetime) -> None:
    actions.go_to(amara, 1, page=new_id(), at=at)

    now = _walk(amara).now(TUESDAY)
    assert (now.place, now.day) == (1, 1)


def test_a_form_sent_twice_turns_once(amara: User, path: Enrolment, at: datetime) -> None:
    page = new_id()

    for later in (0, 1):
        actions.pause(amara, page=page, at=at + timedelta(days=later))

    assert [(turn.kind, turn.day) for turn in Turn.objects.all()] == [("paused", TUESDAY)]


@pytest.mark.django_db(transaction=True)
def test_of_many_presses_at_once_one_turns(amara: User, path: Enrolment, at: datetime) -> None:
    page = new_id()

    at_once(8, lambda _: actions.go_to(amara, 1, page=page, at=at))

    assert Turn.objects.count() == 1
    assert AuditEntry.objects.filter(verb="went").count() == 1


@pytest.mark.parametrize("place", [-1, 2, 400])
def test_a_week_that_the_course_does_not_have_is_refused(
    amara: User, path: Enrolment, at: datetime, place: int
) -> None:
    with pytest.raises(UnknownName, match="There is no such week"):
        actions.go_to(amara, place, page=new_id(), at=at)

    assert not Turn.objects.exists()


def test_somebody_elses_page_turns_nothing(
    amara: User, eve: User, path: Enrolment, begin: Begin, at: datetime
) -> None:
    begin(eve, starts_on=TUESDAY)
    page = new_id()
    actions.pause(amara, page=page, at=at)

    with pytest.raises(UnknownName, match="Load it again"):
        actions.pause(eve, page=page, at=at)

    assert not _walk(eve).now(TUESDAY).is_paused


def test_who_is_on_no_path_cannot_turn(eve: User, at: datetime) -> None:
    with pytest.raises(UnknownName, match="Begin a course first"):
        actions.pause(eve, page=new_id(), at=at)


def test_when_and_where_are_kept_and_the_place_is_sealed(amara: User, path: Enrolment, at: datetime) -> None:
    for length, place in ((600_000, "on the stairs"), (720_000, "in the kitchen")):
        actions.plan(amara, days_a_week=5, time=SEVEN, place=place, length_ms=length, at=at)

    rhythm = Rhythm.objects.get()
    assert (rhythm.days_a_week, rhythm.time, rhythm.length_ms) == (5, SEVEN, 720_000)
    assert rhythm.sealed_place and b"kitchen" not in bytes(rhythm.sealed_place)
    assert queries.where_of(path) == "in the kitchen"
    assert _walk(amara).planned_ms == 720_000


def test_nothing_has_to_be_planned(amara: User, path: Enrolment, at: datetime) -> None:
    actions.plan(amara, days_a_week=None, time=None, place="", length_ms=None, at=at)

    assert (queries.where_of(path), _walk(amara).planned_ms) == ("", None)


def test_a_path_that_is_over_is_kept_and_another_begins(
    amara: User, path: Enrolment, version: CourseVersion, at: datetime
) -> None:
    page, december = new_id(), TUESDAY + timedelta(days=7)

    begun = [
        actions.begin_again(amara, version, over=path.id, starts_on=december, page=page, at=at)
        for _ in range(2)
    ]

    path.refresh_from_db()
    assert (begun[0], path.state, path.ended_at) == (begun[1], "finished", at)
    assert queries.path_of(amara) == begun[0] != path
    assert queries.earlier_paths(amara) == [path]


def test_an_old_page_ends_no_newer_path(
    amara: User, path: Enrolment, version: CourseVersion, begin: Begin, at: datetime
) -> None:
    actions.end(amara, path.id, state=Enrolment.State.LEFT, at=at)
    newer = begin(amara, starts_on=TUESDAY)

    actions.end(amara, path.id, state=Enrolment.State.LEFT, at=at + timedelta(days=1))
    actions.begin_again(amara, version, over=path.id, starts_on=TUESDAY, page=new_id(), at=at)

    assert queries.path_of(amara) == newer
    assert [one.ended_at for one in queries.earlier_paths(amara)] == [at]


def test_a_path_of_somebody_else_is_neither_ended_nor_erased(
    amara: User, eve: User, path: Enrolment, at: datetime
) -> None:
    actions.end(eve, path.id, state=Enrolment.State.LEFT, at=at)
    actions.erase_path(eve, path.id, at=at)

    assert queries.path_of(amara) == path


def test_every_turn_and_the_plan_are_in_the_export_and_go_with_an_erasure(
    amara: User, path: Enrolment, at: datetime
) -> None:
    actions.go_to(amara, 1, page=new_id(), at=at)
    actions.plan(amara, days_a_week=5, time=SEVEN, place="in the kitchen", length_ms=720_000, at=at)

    (held,) = holdings.collect_all(amara)["cohorts"]["paths"]
    erasure.erase(amara, by=amara.id, at=at)

    noon = "2026-11-24T12:00:00+00:00"
    assert held["turns"] == [{"kind": "went", "place": 1, "day": "2026-11-24", "at": noon}]
    assert held["rhythm"] == {
        "days_a_week": 5, "time": "07:00", "place": "in the kitchen", "length_ms": 720_000, "at": noon,
    }  # fmt: skip
    assert not Turn.objects.exists() and not Rhythm.objects.exists()


def test_the_sounds_of_a_week_that_was_gone_to_are_wanted(amara: User, path: Enrolment, at: datetime) -> None:
    actions.go_to(amara, 1, page=new_id(), at=at)

    tasks.want_open_weeks(at=at)

    due = set(Rendering.objects.filter(reading=None).values_list("script", flat=True))
    assert due == {"arrive", "settle", "wish-well"}


def test_what_is_wanted_is_asked_as_often_for_one_path_as_for_three(
    amara: User, eve: User, bo: User, begin: Begin, at: datetime
) -> None:
    asked = []
    for person in (amara, eve, bo):
        begin(person, starts_on=TUESDAY)
        actions.go_to(person, 0, page=new_id(), at=at)
        tasks.want_open_weeks(at=at)
        with CaptureQueriesContext(connection) as questions:
            tasks.want_open_weeks(at=at)
        asked.append(len(questions))

    assert asked[0] == asked[1] == asked[2]
