"""A path is begun once, keeps the version it began with, and belongs to one person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from heartwood.errors import UnknownName
from heartwood.web.cohorts import actions, queries, tasks
from heartwood.web.cohorts.models import Enrolment
from heartwood.web.kit.ids import new_id
from heartwood.web.kit.models import AuditEntry
from heartwood.web.library import actions as library
from heartwood.web.library import queries as shelf
from heartwood.web.library.models import CourseVersion, Rendering
from heartwood.web.people import erasure, holdings
from heartwood.web.people.models import User
from tests.web.threads import at_once

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 30)
Begin = Callable[..., Enrolment]


def test_who_begins_is_on_the_path(amara: User, version: CourseVersion, begin: Begin, at: datetime) -> None:
    path = begin(amara, starts_on=MONDAY)

    assert queries.path_of(amara) == path
    assert (path.course_version, path.starts_on, path.state, path.began_at) == (version, MONDAY, "active", at)
    entry = AuditEntry.objects.get(verb="began")
    assert (entry.subject_kind, entry.subject_id, entry.by) == ("enrolment", path.id, amara.id)


def test_a_form_sent_twice_begins_once(amara: User, version: CourseVersion, at: datetime) -> None:
    page = new_id()

    paths = [actions.begin(amara, version, starts_on=MONDAY, page=page, at=at) for _ in range(2)]

    assert paths[0] == paths[1]
    assert Enrolment.objects.count() == 1
    assert AuditEntry.objects.filter(verb="began").count() == 1


def test_whoever_is_on_a_path_stays_on_it_also_from_another_page(amara: User, begin: Begin) -> None:
    first = begin(amara, starts_on=MONDAY)

    second = begin(amara, starts_on=MONDAY + timedelta(weeks=1))

    assert (second.id, second.starts_on) == (first.id, MONDAY)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("pages", ["the same page", "two pages"])
def test_of_many_presses_at_once_one_begins(
    amara: User, version: CourseVersion, at: datetime, pages: str
) -> None:
    page = new_id()

    def press(number: int) -> object:
        own = page if pages == "the same page" else new_id()
        return actions.begin(amara, version, starts_on=MONDAY, page=own, at=at).id

    begun = at_once(12, press)

    assert len(set(begun)) == 1
    assert Enrolment.objects.count() == 1
    assert AuditEntry.objects.filter(verb="began").count() == 1


def test_somebody_elses_page_begins_nothing(
    amara: User, eve: User, version: CourseVersion, at: datetime
) -> None:
    page = new_id()
    actions.begin(amara, version, starts_on=MONDAY, page=page, at=at)

    with pytest.raises(UnknownName, match="Load it again"):
        actions.begin(eve, version, starts_on=MONDAY, page=page, at=at)

    assert queries.path_of(eve) is None


def test_after_a_path_is_over_another_may_begin(amara: User, begin: Begin) -> None:
    over = begin(amara, starts_on=MONDAY)
    Enrolment.objects.update(state=Enrolment.State.LEFT)

    again = begin(amara, starts_on=MONDAY)

    assert again.id != over.id
    assert queries.path_of(amara) == again


def test_a_path_keeps_its_version_when_a_newer_one_is_published(
    amara: User, eve: User, begin: Begin, another_folder: Callable[[str, str, str], Path], at: datetime
) -> None:
    begin(amara, starts_on=MONDAY)
    newer = library.publish(
        another_folder("week-1/week.en.md", "Settling", "Landing"), at=at + timedelta(days=1)
    )
    actions.begin(eve, newer, starts_on=MONDAY, page=new_id(), at=at)

    paths = [queries.path_of(person) for person in (amara, eve)]

    titles = [shelf.read(path.course_version).course.weeks[0].title for path in paths if path]
    assert titles == ["Settling", "Landing"]


@pytest.mark.parametrize(
    ("today", "mondays"),
    [
        (date(2026, 11, 24), [date(2026, 11, 30), date(2026, 12, 7), date(2026, 12, 14), date(2026, 12, 21)]),
        (date(2026, 11, 30), [date(2026, 12, 7), date(2026, 12, 14), date(2026, 12, 21), date(2026, 12, 28)]),
        (date(2026, 11, 29), [date(2026, 11, 30), date(2026, 12, 7), date(2026, 12, 14), date(2026, 12, 21)]),
    ],
)
def test_one_may_begin_today_or_on_one_of_the_next_mondays(today: date, mondays: list[date]) -> None:
    assert queries.days_to_begin(today) == [today, *mondays]


def test_everything_held_of_a_path_is_in_the_export(
    amara: User, eve: User, begin: Begin, at: datetime
) -> None:
    path = begin(amara, starts_on=MONDAY)
    begin(eve, starts_on=MONDAY)

    assert holdings.collect_all(amara)["cohorts"] == {
        "paths": [
            {
                "id": str(path.id),
                "course": "tiny",
                "course_version": path.course_version.hash,
                "starts_on": "2026-11-30",
                "state": "active",
                "began_at": "2026-11-24T12:00:00+00:00",
                "ended_at": None,
                "leaves": 0,
                "opened": 0,
                "answers_to_newer_versions": [],
                "turns": [],
                "rhythm": None,
            }
        ]
    }


def test_an_erasure_takes_a_persons_path_and_nobody_elses(
    amara: User, eve: User, begin: Begin, version: CourseVersion, at: datetime
) -> None:
    begin(amara, starts_on=MONDAY)
    others = begin(eve, starts_on=MONDAY)

    erasure.erase(amara, by=amara.id, at=at)

    assert list(Enrolment.objects.all()) == [others]
    assert list(CourseVersion.objects.all()) == [version]


def test_the_sounds_of_a_week_are_wanted_before_it_opens_to_somebody(
    amara: User, version: CourseVersion, begin: Begin, at: datetime
) -> None:
    begin(amara, starts_on=at.date())

    tasks.want_open_weeks(at=at)
    first = set(Rendering.objects.filter(reading=None).values_list("script", flat=True))
    tasks.want_open_weeks(at=at + timedelta(days=6))
    second = set(Rendering.objects.filter(reading=None).values_list("script", flat=True))

    assert (first, second) == ({"arrive", "settle"}, {"arrive", "settle", "wish-well"})
