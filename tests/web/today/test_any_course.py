"""A course of another shape goes through every page: four weeks of five days, three practices a week."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from heartwood import content
from heartwood.web.cohorts import actions as cohorts
from heartwood.web.cohorts import tasks
from heartwood.web.cohorts.models import Enrolment
from heartwood.web.kit.ids import new_id
from heartwood.web.library import actions as library
from heartwood.web.library.models import CourseVersion, Rendering
from heartwood.web.people.days import today_of
from heartwood.web.people.models import User
from heartwood.web.today import queries
from tests.web.shelf import put_on_shelf

pytestmark = pytest.mark.django_db
FOUR = Path(__file__).parents[2] / "fixtures" / "courses" / "four-weeks"
SOURCE = Path(__file__).parents[3] / "src" / "heartwood"


@pytest.fixture
def four(key_check: None, at: datetime) -> CourseVersion:
    return library.publish(FOUR, at=at)


def _path(person: User, version: CourseVersion, *, begun: int, at: datetime) -> Enrolment:
    """On the path since so many days."""
    first = today_of(person, at=at) - timedelta(days=begun)
    return cohorts.begin(person, version, starts_on=first, page=new_id(), at=at)


def test_its_folder_has_nothing_to_mend() -> None:
    assert content.check_course(FOUR) == []


def test_the_reader_sees_its_own_rhythm_numbers_and_meeting() -> None:
    course = content.read_course(FOUR).course

    assert (course.days_per_week, [week.number for week in course.weeks]) == (5, [1, 2, 4, 5])
    assert [len(week.practices) for week in course.weeks] == [3, 3, 3, 3]
    assert [(one.id, one.after_week, one.minutes) for one in course.meetings] == [("retreat-day", None, 240)]


@pytest.mark.parametrize(
    ("days", "place"),
    [
        (0, "Week 1 · Ground"), (4, "Week 1 · Ground"), (5, "Week 2 · A wish"), (10, "Week 4 · Wider"),
        (15, "Week 5 · One act"), (19, "Week 5 · One act"), (20, "After the course"),
    ],
)  # fmt: skip
def test_today_follows_weeks_of_five_days(
    amara: User, four: CourseVersion, at: datetime, days: int, place: str
) -> None:
    path = _path(amara, four, begun=days, at=at)

    assert queries.today_page(amara, path, at=at).place == place


def test_its_weeks_open_every_five_days(amara: User, four: CourseVersion, at: datetime) -> None:
    path = cohorts.begin(amara, four, starts_on=date(2026, 11, 24), page=new_id(), at=at)

    page = queries.weeks_page(amara, path, at=at)

    opens = ["", "Sunday 29 November", "Friday 4 December", "Wednesday 9 December"]
    assert [week.opens for week in page.weeks] == opens


def test_its_sounds_are_wanted_before_each_week(amara: User, four: CourseVersion, at: datetime) -> None:
    _path(amara, four, begun=4, at=at)

    tasks.want_open_weeks(at=at)

    due = set(Rendering.objects.filter(reading=None).values_list("script", flat=True))
    assert due == {"land", "hands", "floor", "sounds", "one-name", "a-good-day"}


def test_every_page_of_it_can_be_opened(
    amara: User, four: CourseVersion, signed_in: Callable[[User], Client]
) -> None:
    _path(amara, four, begun=16, at=timezone.now())
    put_on_shelf(library.want(four, "one-act", at=datetime.now(UTC)), at=datetime.now(UTC))
    browser, seen, ahead = signed_in(amara), set[str](), ["/today/", "/weeks/", "/practices/one-act/"]

    while ahead:
        address = ahead.pop()
        seen.add(address)
        page = browser.get(address)
        assert page.status_code == 200, address
        links = re.findall(r'href="(/(?:today|weeks|practices)/[^"]*)"', page.text.replace("&amp;", "&"))
        ahead += sorted(set(links) - seen - set(ahead))

    assert {f"/weeks/{number}/reading/" for number in (1, 2, 4, 5)} <= seen
    assert {"/practices/hands/", "/practices/the-queue/", "/practices/land/"} <= seen


def test_a_week_that_the_course_does_not_have_is_not_there(
    amara: User, four: CourseVersion, signed_in: Callable[[User], Client]
) -> None:
    _path(amara, four, begun=16, at=timezone.now())

    assert [signed_in(amara).get(f"/weeks/{number}/").status_code for number in (3, 6, 8)] == [404] * 3


def test_no_page_and_no_room_knows_how_many_weeks_a_course_has() -> None:
    """Words for eight weeks and signs that count to eight stand in no template and no room's code."""
    counted = re.compile(r"\beight\b|\b(of|weeks|pairs)=8\b|== ?8\b|range\((1, )?[89]\)", re.IGNORECASE)
    files = [f for f in sorted(SOURCE.rglob("*")) if f.suffix in {".html", ".py", ".js"}]
    found = [f"{f.relative_to(SOURCE)}: {hit[0]}" for f in files if (hit := counted.search(f.read_text()))]

    assert files
    assert found == []
