"""The pages of a course: each part of a week where it is there, none where it is not."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from heartwood import content
from heartwood.web.cohorts import actions as cohorts
from heartwood.web.cohorts.models import Enrolment
from heartwood.web.kit.ids import new_id
from heartwood.web.library.models import CourseVersion
from heartwood.web.people.models import User

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
SHIPPED = content.shipped_courses() / "heartwood-8w"
ADDRESS = re.compile(r'href="(/[^"#?]*)')


@cache
def _shipped() -> content.ReadCourse:
    """Read once; that it is free of findings is tested elsewhere."""
    return content.read_course(SHIPPED)


@pytest.fixture
def whole(amara: User, signed_in: Browser, at: datetime) -> Client:
    """Amara's browser, in the first week of the shipped course."""
    course = _shipped()
    version = CourseVersion.objects.create(
        hash=course.hash, course="shipped", language="en", title="", files=course.files, published_at=at
    )
    starts_on = timezone.now().date() - timedelta(days=1)
    cohorts.begin(amara, version, starts_on=starts_on, page=new_id(), at=at)
    return signed_in(amara)


@pytest.fixture
def bare(amara: User, begin: Callable[..., Enrolment], signed_in: Browser) -> Client:
    """The same in the tiny course, which has little besides its practices."""
    begin(amara, starts_on=timezone.now().date() - timedelta(days=1))
    return signed_in(amara)


def test_a_week_shows_every_part_that_it_has(whole: Client) -> None:
    page = whole.get("/weeks/1/").text

    for address in ("reading/", "research/", "reflection/", "class/"):
        assert f'href="/weeks/1/{address}' in page
    assert page.count('href="/weeks/1/exercises/') == 2
    assert 'href="/in-the-way/"' in page and "At home this week" in page
    assert "120 minutes" in page and "60 minutes" in page


def test_a_week_without_a_part_says_nothing_about_it(bare: Client) -> None:
    page = bare.get("/weeks/1/").text

    absent = (
        "research/",
        "reflection/",
        "class/",
        "exercises/",
        "/in-the-way/",
        "At home",
        "Class plan",
        "Sources",
    )
    assert [words for words in absent if words in page] == []
    gone = [f"/weeks/1/{part}/" for part in ("research", "reflection", "class", "exercises/none")]
    gone += ["/meetings/none/", "/in-the-way/", "/texts/none/"]
    assert [bare.get(address).status_code for address in gone] == [404] * len(gone)


@pytest.mark.parametrize("part", ["reading", "research", "reflection", "exercises/sixty-seconds"])
def test_what_belongs_to_a_week_that_is_not_open_is_not_there(whole: Client, part: str) -> None:
    assert whole.get(f"/weeks/2/{part}/").status_code == 404


def test_every_text_of_the_course_can_be_reached_from_the_weeks(whole: Client) -> None:
    course = _shipped().course
    seen: set[str] = set()
    ahead = ["/weeks/"]
    while ahead:
        address = ahead.pop()
        seen.add(address)
        found = ADDRESS.findall(whole.get(address).text)
        course_pages = ("/weeks/", "/texts/", "/library/", "/in-the-way/", "/for-teachers/", "/meetings/")
        ahead += {one for one in found if one.startswith(course_pages)} - seen - set(ahead)

    elsewhere = {*course.texts_of("library"), *course.texts_of("monthly")}
    unshown = {f"/texts/{name}/" for name in course.texts if name not in elsewhere} - seen
    assert unshown == set()
    assert {f"/meetings/{meeting.id}/" for meeting in course.meetings} - seen == set()
    assert {f"/weeks/{week.number}/class/" for week in course.weeks} - seen == set()
    assert "/library/" in seen


def test_a_citation_leads_to_a_note_and_back(whole: Client) -> None:
    page = whole.get("/weeks/1/research/").text

    cited = re.findall(r'<a class="cited" id="(cited-\d+)" href="#(source-[a-z0-9-]+)">', page)
    assert cited
    for key in {key for _, key in cited}:
        assert page.count(f'id="{key}"') == 1
        first = next(place for place, other in cited if other == key)
        assert f'href="#{first}"' in page
    assert "https://doi.org/10.1080/17439760.2015.1025418" in page
    assert "What it does not show." in page


@pytest.mark.parametrize("number", range(1, 9))
def test_a_citation_opens_in_place_wherever_it_stands(whole: Client, amara: User, number: int) -> None:
    Enrolment.objects.filter(person=amara).update(starts_on=timezone.now().date() - timedelta(days=60))
    week = whole.get(f"/weeks/{number}/").text
    pages = {f"/weeks/{number}/": week} | {
        address: whole.get(address).text
        for address in set(ADDRESS.findall(week))
        if address.startswith(f"/weeks/{number}/")
    }
    citing = {address for address, page in pages.items() if 'class="cited"' in page}

    assert citing
    assert {address for address in citing if "today/sources.js" not in pages[address]} == set()


def test_what_gets_in_the_way_is_one_tap_from_the_player(whole: Client) -> None:
    assert 'href="/in-the-way/"' in whole.get("/practices/arrive/").text


def test_a_player_says_nothing_of_pages_that_a_course_does_not_have(bare: Client) -> None:
    assert "/in-the-way/" not in bare.get("/practices/settle/").text


def test_each_segment_of_a_plan_says_when_it_is_and_leads_back_to_all(whole: Client) -> None:
    page = whole.get("/weeks/1/class/?from=18:30").text

    assert 'data-begins="18:30" data-ends="18:45"' in page
    assert page.count('href="#segments"') == page.count("data-begins=") == page.count('class="plan__segment"')


def test_a_week_can_be_printed_as_what_is_to_be_done_at_home(whole: Client) -> None:
    page = whole.get("/weeks/1/").text

    assert 'class="week__home stack"' in page
    assert page.count("unprinted") == 4 and "<button" in page and "data-print hidden" in page


def test_a_citation_of_nothing_known_keeps_its_words(whole: Client) -> None:
    from heartwood.web.kit.prose import PageProse

    prose = PageProse({})

    assert prose.html("See [that *one*](cite:nobody), and [this](https://example.org/).", under=1).startswith(
        "<p>See that <em>one</em>, and <a href"
    )
    assert prose.notes == ()


def test_a_class_plan_runs_from_the_chosen_beginning(whole: Client) -> None:
    long = whole.get("/weeks/1/class/").text
    short = whole.get("/weeks/1/class/?plan=short&from=23:30").text

    assert "For whoever leads the class" in long
    assert "120 minutes, 19:00 to 21:00" in long
    assert "60 minutes, 23:30 to 00:30" in short
    assert '<strong class="plan__label">Say.</strong>' in long and '<span class="plan__say">“' in long


@pytest.mark.parametrize("begins", ["", "noon", "25:00", "19:00:00+25:00", "9" * 500, "18:30:59.5"])
def test_what_is_no_time_is_the_usual_one(whole: Client, begins: str) -> None:
    answer = whole.get("/meetings/half-day/", {"from": begins})

    assert answer.status_code == 200
    assert ("18:30 to 22:00" if begins.startswith("18") else "10:00 to 13:30") in answer.text


def test_whoever_leads_may_read_a_plan_before_its_week_opens(whole: Client) -> None:
    assert whole.get("/weeks/8/class/").status_code == 200
    assert whole.get("/weeks/9/class/").status_code == 404


def test_an_exercise_shows_all_its_ways_and_its_steps_without_a_clock(whole: Client) -> None:
    [name, *_] = [one.id for one in _shipped().course.weeks[0].exercises]

    page = whole.get(f"/weeks/1/exercises/{name}/").text

    assert len(re.findall(r'<h2 id="way-\d"', page)) >= 4
    assert "steps__step" in page and re.search(r"<div[^>]*data-clock-face hidden>", page)


@pytest.mark.parametrize(
    ("address", "questions"),
    [
        ("/weeks/", 5), ("/weeks/1/", 4), ("/weeks/1/reading/", 5), ("/weeks/1/class/", 3),
        ("/in-the-way/", 4), ("/texts/", 3), ("/texts/welcome/", 3), ("/library/", 3), ("/for-teachers/", 3),
        ("/meetings/half-day/", 3),
    ],
)  # fmt: skip
def test_a_page_of_the_course_asks_little(whole: Client, address: str, questions: int) -> None:
    whole.get(address)
    with CaptureQueriesContext(connection) as asked:
        whole.get(address)

    assert len(asked) == questions


def test_pages_of_a_course_are_for_whoever_is_on_its_path(
    amara: User, client: Client, signed_in: Browser
) -> None:
    addresses = (
        "/texts/",
        "/library/",
        "/for-teachers/",
        "/in-the-way/",
        "/weeks/1/class/",
        "/meetings/half-day/",
    )

    assert [client.get(address).status_code for address in addresses] == [302] * 6
    assert [signed_in(amara).get(address).status_code for address in addresses] == [404] * 6
