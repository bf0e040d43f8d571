"""Today: one thing to do, told kindly wherever one stands on the path."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from heartwood.web.cohorts.models import Enrolment
from heartwood.web.kit.ids import new_id
from heartwood.web.library import actions as library
from heartwood.web.library.models import Rendering
from heartwood.web.people import actions as people
from heartwood.web.people import erasure, holdings
from heartwood.web.people.models import User
from heartwood.web.practices import actions as practices
from heartwood.web.today import actions, queries
from heartwood.web.today.models import HardNight
from heartwood.web.today.queries import TodayPage
from tests.web.practices.observed import event, seen
from tests.web.threads import at_once

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
Begin = Callable[..., Enrolment]
TUESDAY = date(2026, 11, 24)
DOOR, WISH = "Pause at one door today.", "Wish one person well in passing."


@pytest.fixture
def today(amara: User, begin: Begin, at: datetime) -> Callable[..., TodayPage]:
    """Amara's page at noon on the so-many-th day of her course."""

    def page(*, day: int) -> TodayPage:
        path = begin(amara, starts_on=TUESDAY)
        return queries.today_page(amara, path, at=at + timedelta(days=day - 1))

    return page


def _sit(person: User, rendering: Rendering, *, day: date, hour: int = 8) -> None:
    began = datetime.fromisoformat(f"{day}T{hour:02}:00:00+00:00")
    left = began + timedelta(seconds=20)
    observations = seen([event(0, "started", 0, began), event(1, "left", 20_000, left)])
    practices.keep_observations(person, new_id(), rendering=rendering.id, observations=observations, at=left)


def test_before_the_course_begins_there_is_a_day_to_look_forward_to(today: Callable[..., TodayPage]) -> None:
    page = today(day=-2)

    assert page.place == "The course begins on Tuesday 24 November."
    assert (page.chosen.practice.id, page.chosen.minutes) == ("arrive", "1")
    assert (page.pairs, page.reading, page.daily_life, page.may_say_hard_night) == (0, None, "", False)


@pytest.mark.parametrize(
    ("day", "place", "practice", "reading", "daily_life", "pairs"),
    [
        (2, "Week 1 · Settling", "settle", "/weeks/1/reading/", DOOR, 1),
        (7, "Week 1 · Settling", "settle", "", DOOR, 1),
        (8, "Week 2 · Somebody dear", "wish-well", "/weeks/2/reading/", WISH, 2),
    ],
)
def test_each_week_brings_its_own_practice_reading_and_small_thing(
    today: Callable[..., TodayPage], amara: User, settle: Rendering, day: int, place: str, practice: str,
    reading: str, daily_life: str, pairs: int,
) -> None:  # fmt: skip
    _sit(amara, settle, day=TUESDAY + timedelta(days=min(day - 2, 5)))

    page = today(day=day)

    assert (page.place, page.chosen.practice.id) == (place, practice)
    assert (page.reading.url if page.reading else "") == reading
    assert (page.daily_life, page.pairs) == (daily_life, pairs)
    assert page.chosen.url == f"/practices/{practice}/?minutes=1"


def test_after_the_course_its_last_week_stays_and_no_week_is_overdue(
    today: Callable[..., TodayPage], amara: User, settle: Rendering
) -> None:
    _sit(amara, settle, day=TUESDAY + timedelta(days=14))

    page = today(day=16)

    assert (page.place, page.chosen.practice.id, page.pairs) == ("After the course", "wish-well", 2)


def test_after_seven_days_away_one_is_met_with_the_arrival_and_no_word_about_it(
    today: Callable[..., TodayPage], amara: User, settle: Rendering, signed_in: Browser
) -> None:
    _sit(amara, settle, day=TUESDAY + timedelta(days=1))

    six, seven = today(day=8), today(day=9)

    assert (six.chosen.practice.id, seven.chosen.practice.id) == ("wish-well", "arrive")
    assert (six.greeting, seven.greeting) == ("Good to see you, Amara Okafor.",) * 2


def test_the_length_is_the_one_lately_chosen(
    today: Callable[..., TodayPage], amara: User, settle: Rendering, at: datetime
) -> None:
    longer = library.want(settle.course_version, "settle", milliseconds=72_000, at=at)
    before = today(day=2).chosen.minutes
    _sit(amara, longer, day=TUESDAY)

    page = today(day=2)

    assert before == "1"
    assert (page.chosen.minutes, page.chosen.url) == ("1.2", "/practices/settle/?minutes=1.2")
    assert [length.minutes for length in page.lengths] == ["0.8", "1", "1.5"]


@pytest.mark.parametrize(
    ("moment", "place"),
    [
        ("2026-12-01T02:59:59+00:00", "Week 1 · Settling"),
        ("2026-12-01T03:00:00+00:00", "Week 2 · Somebody dear"),
    ],
)
def test_a_week_opens_when_the_persons_own_night_is_over(
    amara: User, settle: Rendering, begin: Begin, moment: str, place: str
) -> None:
    """At four in the morning in Lagos, an hour ahead of UTC."""
    _sit(amara, settle, day=TUESDAY + timedelta(days=5))
    path = begin(amara, starts_on=TUESDAY)

    assert queries.today_page(amara, path, at=datetime.fromisoformat(moment)).place == place


def test_the_page_offers_one_thing_first(amara: User, begin: Begin, signed_in: Browser) -> None:
    begin(amara, starts_on=timezone.now().date() - timedelta(days=1))

    page = signed_in(amara).get("/today/")

    assert page.status_code == 200
    assert page.text.count("<h1") == 1
    assert "Good to see you, Amara Okafor." in page.text
    assert '<a class="button full" href="/practices/settle/?minutes=1"' in page.text


def test_practised_as_long_as_usual_the_page_wishes_a_good_day(
    today: Callable[..., TodayPage], amara: User, settle: Rendering, signed_in: Browser, at: datetime
) -> None:
    practices.add_by_hand(amara, new_id(), title="Tree", minutes=1, began_at=at, at=at)

    assert today(day=1).rule == "enough"


def test_minutes_of_two_devices_at_once_count_once(
    today: Callable[..., TodayPage], amara: User, settle: Rendering
) -> None:
    """Twenty seconds four times at once are no minute; one after the other they are."""
    for _ in range(4):
        _sit(amara, settle, day=TUESDAY)
    before = today(day=1).rule

    for hour in (9, 10):
        _sit(amara, settle, day=TUESDAY, hour=hour)

    assert (before, today(day=1).rule) == ("practice", "enough")


def test_after_a_hard_night_the_short_practice_is_enough(
    amara: User, begin: Begin, signed_in: Browser
) -> None:
    begin(amara, starts_on=timezone.now().date() - timedelta(days=1))
    browser = signed_in(amara)
    before = browser.get("/today/").text

    answers = [browser.post("/today/hard-night/") for _ in range(2)]

    after = browser.get("/today/").text
    assert [answer["Location"] for answer in answers] == ["/today/"] * 2
    assert HardNight.objects.filter(person=amara).count() == 1
    assert "It was a hard night" in before and "It was a hard night" not in after
    assert 'href="/practices/arrive/?minutes=1"' in after
    assert "You said that it was a hard night." in after


def test_a_hard_night_is_of_one_day(today: Callable[..., TodayPage], amara: User, at: datetime) -> None:
    actions.say_hard_night(amara, at=at)

    assert [today(day=day).rule for day in (1, 2)] == ["hard-night", "practice"]


@pytest.mark.django_db(transaction=True)
def test_said_many_times_at_once_it_was_said_once(amara: User, at: datetime) -> None:
    at_once(8, lambda _: actions.say_hard_night(amara, at=at))

    assert HardNight.objects.count() == 1


def test_what_is_held_of_days_is_in_the_export_and_goes_with_an_erasure(
    amara: User, eve: User, at: datetime
) -> None:
    for person in (amara, eve):
        actions.say_hard_night(person, at=at)

    held = holdings.collect_all(amara)["today"]
    erasure.erase(amara, by=amara.id, at=at)

    assert held == {"hard_nights": [{"day": "2026-11-24", "said_at": "2026-11-24T12:00:00+00:00"}]}
    assert [one.person for one in HardNight.objects.all()] == [eve]


def test_with_counting_off_today_counts_nothing_that_was_sat(
    amara: User, begin: Begin, settle: Rendering, signed_in: Browser
) -> None:
    begin(amara, starts_on=timezone.now().date() - timedelta(days=1))
    _sit(amara, settle, day=timezone.now().date() - timedelta(days=1))
    browser = signed_in(amara)

    counted = browser.get("/today/").text
    people.describe(amara, at=timezone.now(), counting_off=True)
    uncounted = browser.get("/today/").text

    token = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
    assert token.sub("", uncounted) == token.sub("", counted)


def test_who_is_on_no_path_yet_is_asked_to_begin(amara: User, version: object, signed_in: Browser) -> None:
    browser = signed_in(amara)

    answers = [browser.get(address) for address in ("/today/", "/weeks/")]

    assert [answer["Location"] for answer in answers] == ["/begin/", "/begin/"]


def test_today_asks_the_same_of_one_sitting_and_of_two_hundred(
    amara: User, begin: Begin, signed_in: Browser, at: datetime
) -> None:
    begin(amara, starts_on=timezone.now().date() - timedelta(days=1))
    browser, asked = signed_in(amara), []
    browser.get("/today/")
    for amount in (1, 199):
        for _ in range(amount):
            practices.add_by_hand(amara, new_id(), title="Tree", minutes=5, began_at=at, at=at)
        with CaptureQueriesContext(connection) as questions:
            browser.get("/today/")
        asked.append(len(questions))

    assert asked == [10, 10]
