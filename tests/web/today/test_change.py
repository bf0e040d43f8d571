"""A newer version is shown in words, and the person takes it or keeps theirs."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from heartwood.web.cohorts.models import Enrolment
from heartwood.web.library import actions as library
from heartwood.web.library.models import CourseVersion, Rendering
from heartwood.web.people.models import User

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
Changed = Callable[[str, str, str], Path]
CORRECTED = "safer to practise"
NEWER = "A newer version of this course is there."


@pytest.fixture
def browser(amara: User, begin: Callable[..., Enrolment], signed_in: Browser) -> Client:
    begin(amara, starts_on=timezone.now().date() - timedelta(days=1))
    return signed_in(amara)


@pytest.fixture
def newer(version: CourseVersion, another_folder: Changed, at: datetime) -> CourseVersion:
    folder = another_folder("week-1/reading.en.md", "never hurries", "rarely hurries")
    (folder / "practices/settle/script.en.md").write_text(
        (folder / "practices/settle/script.en.md").read_text().replace("Feel your feet", "Find your feet")
    )
    return library.publish(folder, at=at + timedelta(hours=1))


@pytest.fixture
def corrected(version: CourseVersion, another_folder: Changed, at: datetime) -> CourseVersion:
    folder = another_folder("practices/settle/script.en.md", "Feel your hands", "Feel one hand")
    (folder / "changes.toml").write_text('[[change]]\nid = "one-hand"\nsafety = true\n')
    (folder / "changes.en.md").write_text(
        "# Changes\n\n## one-hand\n**One hand**\n\nNot everybody has two.\n"
    )
    return library.publish(folder, at=at + timedelta(hours=1))


def _given(page: str, answer: str) -> dict[str, str]:
    fields = dict(re.findall(r'name="(id|offered)" value="([^"]*)"', page))
    return {**fields, "answer": answer}


def test_what_is_different_is_told_week_by_week(browser: Client, newer: CourseVersion) -> None:
    page = browser.get("/change/").text

    assert "Week 1" in page and "Reading: Why settle" in page and "Practice: Settle through the body" in page
    assert "A hummingbird never hurries." in page and "A hummingbird rarely hurries." in page
    assert "Feel your feet on the floor." in page and "Find your feet on the floor." in page
    assert "Week 2" not in page


def test_today_says_so_quietly_and_the_player_not_at_all(
    browser: Client, settle: Rendering, newer: CourseVersion
) -> None:
    today, player = browser.get("/today/").text, browser.get("/practices/settle/").text

    assert NEWER in today and 'href="/change/"' in today
    assert CORRECTED not in today
    during, _, hidden_till_the_end = player.partition('data-part="corrected" hidden')
    assert "/change/" not in during and hidden_till_the_end.count("/change/") == 1


def test_a_correction_stands_on_today_and_in_the_player_with_the_authors_words(
    browser: Client, settle: Rendering, corrected: CourseVersion
) -> None:
    pages = [browser.get(address).text for address in ("/today/", "/practices/settle/")]

    assert [CORRECTED in page for page in pages] == [True, True]
    assert "Feel your feet." in pages[1]
    change = browser.get("/change/").text
    assert "One hand" in change and "Not everybody has two." in change and "For safer practice" in change


def test_who_takes_it_reads_the_new_words(browser: Client, newer: CourseVersion) -> None:
    page = browser.get("/change/").text

    answer = browser.post("/change/", _given(page, "accept"))

    assert answer["Location"] == "/today/"
    assert "rarely hurries" in browser.get("/weeks/1/reading/").text
    assert NEWER not in browser.get("/today/").text
    assert browser.get("/change/")["Location"] == "/today/"


def test_who_keeps_theirs_is_left_in_peace_and_finds_it_under_weeks(
    browser: Client, corrected: CourseVersion, version: CourseVersion
) -> None:
    page = browser.get("/change/").text

    browser.post("/change/", _given(page, "keep"))

    assert "/change/" not in browser.get("/today/").text
    assert 'href="/change/"' in browser.get("/weeks/").text
    assert Enrolment.objects.get().course_version == version


@pytest.mark.parametrize("field", ["id", "offered", "answer"])
def test_a_form_that_says_something_else_changes_nothing(
    browser: Client, newer: CourseVersion, version: CourseVersion, field: str
) -> None:
    given = _given(browser.get("/change/").text, "accept") | {field: "<b>"}

    answer = browser.post("/change/", given)

    assert answer.status_code == 422
    assert Enrolment.objects.get().course_version == version


def test_a_stranger_and_somebody_on_no_path_are_led_away(
    client: Client, eve: User, signed_in: Browser, newer: CourseVersion
) -> None:
    answers = [client.get("/change/"), signed_in(eve).get("/change/")]

    assert [answer["Location"] for answer in answers] == ["/sign-in/?next=/change/", "/today/"]


def test_of_several_courses_one_is_chosen_first(
    amara: User, version: CourseVersion, another_folder: Changed, signed_in: Browser, at: datetime
) -> None:
    folder = another_folder("course.toml", 'id = "tiny"', 'id = "other"')
    (folder / "course.en.md").write_text("# Another course\n\nAlso small.\n")
    other = library.publish(folder, at=at)
    browser = signed_in(amara)

    page = browser.get("/begin/").text
    begin = browser.get("/begin/other/").text
    given = dict(re.findall(r'name="(id|starts_on)" value="([^"]*)"', begin))
    browser.post("/begin/other/", given)

    assert 'href="/begin/tiny/"' in page and 'href="/begin/other/"' in page and "2 weeks" in page
    assert "Also small." in begin
    assert Enrolment.objects.get().course_version == other


def test_a_course_that_is_not_there_cannot_be_begun(
    amara: User, version: CourseVersion, signed_in: Browser
) -> None:
    assert signed_in(amara).get("/begin/nothing/").status_code == 404
