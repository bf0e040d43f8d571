"""What a device is told before it keeps two weeks: each practice at the lengths and in the voice it asks."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from heartwood.content import read_course, shipped_courses
from heartwood.curriculum import Path
from heartwood.web.cohorts.models import Enrolment
from heartwood.web.library.models import CourseVersion, Rendering
from heartwood.web.people.models import User
from heartwood.web.practices.queries.offline import kept_readings, weeks_ahead

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]


@pytest.fixture
def browser(amara: User, signed_in: Browser, begin: Callable[..., Enrolment], at: datetime) -> Client:
    begin(amara, starts_on=at.date())
    return signed_in(amara)


def _minutes(browser: Client, query: str) -> dict[str, list[str]]:
    """The lengths of each practice in a plan, by title."""
    told: dict[str, list[str]] = {}
    for one in browser.get(f"/offline/plan/{query}").json()["practices"]:
        told.setdefault(one["title"], []).append(one["minutes"])
    return told


def test_as_usual_each_practice_comes_once(browser: Client) -> None:
    assert {len(lengths) for lengths in _minutes(browser, "").values()} == {1}
    assert _minutes(browser, "") == _minutes(browser, "?length=usual")


def test_both_ends_of_what_a_script_promises_come_beside_the_usual_length(browser: Client) -> None:
    told = _minutes(browser, "?length=usual&length=short&length=long")

    assert told
    for lengths in told.values():
        assert len(set(lengths)) == len(lengths)
    assert max(map(len, told.values())) == 3


def test_in_another_voice_other_sounds_are_wanted(browser: Client, version: CourseVersion) -> None:
    browser.get("/offline/plan/?length=short&voice=bells")

    wanted = Rendering.objects.filter(course_version=version, voice="bells")
    assert wanted.count() == len(_minutes(browser, "?length=short&voice=bells"))


@pytest.mark.parametrize("query", ["?length=endless", "?voice=nobody", "?length=usual&length=../"])
def test_a_word_that_is_not_offered_is_refused_in_a_sentence(browser: Client, query: str) -> None:
    answer = browser.get(f"/offline/plan/{query}")

    assert answer.status_code == 422
    assert answer.json()["detail"].startswith("There is no ")


def test_a_device_that_only_asks_who_is_signed_in_makes_nothing_due(browser: Client, amara: User) -> None:
    before = Rendering.objects.count()

    told = browser.get("/offline/plan/?only=pass").json()

    assert (told["owner"], told["practices"], Rendering.objects.count()) == (str(amara.id), [], before)


def test_readings_come_as_pages_show_them_with_the_sources_they_cite() -> None:
    course = read_course(shipped_courses() / "heartwood-8w").course

    readings, notes = kept_readings(course, list(course.weeks))

    words = "".join(one["html"] for one in readings)
    assert len(readings) == len(course.weeks)
    assert "](cite:" not in words
    assert "**" not in words
    assert set(re.findall(r'href="#source-([a-z0-9-]+)"', words)) == {note.source.key for note in notes}
    assert notes


def test_the_weeks_of_the_shipped_course_lie_ahead_each_once() -> None:
    course = read_course(shipped_courses() / "heartwood-8w").course
    monday = date(2026, 3, 2)

    ahead = weeks_ahead(Path(course, monday), today=monday + timedelta(days=13))

    assert [week.number for week in ahead] == [2, 3, 4]
