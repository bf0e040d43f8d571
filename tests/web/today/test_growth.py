"""What has grown: pictures and words, numbers only for whoever asks, and never less than yesterday."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from random import Random
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from heartwood.web.cohorts import actions as cohorts
from heartwood.web.cohorts import queries as paths
from heartwood.web.cohorts.models import Enrolment
from heartwood.web.kit.ground import Ground
from heartwood.web.kit.ids import new_id
from heartwood.web.library.models import CourseVersion, Rendering
from heartwood.web.people import actions as people
from heartwood.web.people.days import today_of
from heartwood.web.people.models import User
from heartwood.web.practices import actions as practices
from heartwood.web.today import queries
from tests.web.practices.observed import event, seen

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
Begin = Callable[..., Enrolment]
TUESDAY = date(2026, 11, 24)


def _sit(person: User, rendering: Rendering, *, began: datetime, seconds: int = 30) -> UUID:
    sitting, left = new_id(), began + timedelta(seconds=seconds)
    heard = seen([event(0, "started", 0, began), event(1, "left", seconds * 1000, left)])
    practices.keep_observations(person, sitting, rendering=rendering.id, observations=heard, at=left)
    return sitting


@pytest.fixture
def page(amara: User, begin: Begin, at: datetime) -> Callable[..., queries.GrowthPage]:
    """Amara's page on the so-many-th day of her course."""
    path = begin(amara, starts_on=TUESDAY)

    def shown(*, day: int = 1, asked: bool = False) -> queries.GrowthPage:
        return queries.growth_page(amara, path, asked=asked, at=at + timedelta(days=day - 1))

    return shown


def test_at_the_beginning_there_are_leaves_and_open_ground(page: Callable[..., queries.GrowthPage]) -> None:
    shown = page()

    assert (shown.pairs, shown.ground, shown.signs) == (1, Ground(), ())
    assert shown.fortnight.words == "Quiet ground, for now."
    assert shown.map and shown.map.words == "Open ground, all of it."
    assert shown.may_ask and shown.numbers is None


def test_each_sitting_and_each_line_leaves_a_sign(
    page: Callable[..., queries.GrowthPage], amara: User, settle: Rendering, at: datetime
) -> None:
    sitting = _sit(amara, settle, began=at)
    practices.keep_line(amara, new_id(), body="Rain on the roof.", sitting=sitting, at=at)

    shown = page()

    assert shown.ground == Ground(blades=1, stones=1)
    assert shown.signs == ("A blade of grass for each time you sat.", "A stone for each thing you wrote.")
    assert shown.fortnight.words == "You practised on: Tuesday 24 November."


def test_a_caring_act_is_a_flower_and_a_visit_to_readiness(
    page: Callable[..., queries.GrowthPage], amara: User, at: datetime
) -> None:
    practices.keep_act(amara, new_id(), line="Held a door.", direction="others", at=at)

    shown = page()

    assert (shown.ground, shown.signs) == (Ground(flowers=1), ("A flower for each caring act.",))
    assert shown.map and shown.map.words == "You have been most with: Ready to act, for others."


def test_the_plant_rests_while_its_person_is_away(
    page: Callable[..., queries.GrowthPage], amara: User, settle: Rendering, at: datetime
) -> None:
    _sit(amara, settle, began=at + timedelta(days=1))

    assert [page(day=day).rests for day in (1, 8, 9)] == [False, False, True]


def test_what_is_deleted_goes_back_into_the_earth(
    page: Callable[..., queries.GrowthPage], amara: User, settle: Rendering, at: datetime
) -> None:
    sitting = _sit(amara, settle, began=at)
    practices.delete_sitting(amara, sitting, at=at)

    assert page().ground == Ground(blades=1)


def test_nothing_is_smaller_after_a_long_absence(
    page: Callable[..., queries.GrowthPage], amara: User, settle: Rendering, at: datetime
) -> None:
    _sit(amara, settle, began=at)
    before, after = page(day=1), page(day=200)

    assert after.ground == before.ground and after.pairs >= before.pairs
    assert after.fortnight.words == "Quiet ground, for now."


def test_numbers_are_for_whoever_asks(
    page: Callable[..., queries.GrowthPage], amara: User, settle: Rendering, at: datetime
) -> None:
    for hours in (0, 1, 24):
        _sit(amara, settle, began=at + timedelta(hours=hours), seconds=45)

    numbers = page(day=2, asked=True).numbers

    assert numbers and numbers.days == ((TUESDAY, 2, 2), (TUESDAY + timedelta(days=1), 1, 1))
    assert (numbers.sittings, numbers.minutes) == (3, 3)


def test_two_devices_at_once_are_counted_once(
    page: Callable[..., queries.GrowthPage], amara: User, settle: Rendering, at: datetime
) -> None:
    for _device in range(2):
        _sit(amara, settle, began=at, seconds=60)

    numbers = page(asked=True).numbers

    assert numbers and numbers.days == ((TUESDAY, 2, 1),)


def test_with_counting_off_there_are_no_numbers_even_when_asked(
    page: Callable[..., queries.GrowthPage], amara: User, settle: Rendering, at: datetime
) -> None:
    _sit(amara, settle, began=at)
    amara.counting_off = True

    shown = page(asked=True)

    assert (shown.may_ask, shown.numbers) == (False, None)


def test_the_map_shows_where_somebody_has_been(
    page: Callable[..., queries.GrowthPage], amara: User, settle: Rendering, at: datetime
) -> None:
    """Settling is tagged notice, for oneself."""
    for hours in range(3):
        _sit(amara, settle, began=at + timedelta(hours=hours))

    shown = page().map

    assert shown and shown.words == "You have been most with: Notice, for oneself."
    cells = {row.strand: row.cells for row in shown.rows}
    assert cells["Notice"] == ("known", "open ground", "open ground")
    assert cells["Wish"] == ("open ground",) * 3


def test_the_page_is_reached_from_the_weeks_and_shows_numbers_only_when_asked(
    amara: User, begin: Begin, settle: Rendering, signed_in: Browser
) -> None:
    begin(amara, starts_on=timezone.now().date() - timedelta(days=1))
    _sit(amara, settle, began=timezone.now() - timedelta(hours=1))
    browser = signed_in(amara)

    assert 'href="/growth/"' in browser.get("/weeks/").text
    quiet, asked = browser.get("/growth/").text, browser.get("/growth/?numbers=1").text

    assert "Around it: a blade of grass" in quiet
    assert ("Minutes" in quiet, "Minutes" in asked) == (False, True)


def test_a_new_path_grows_on_where_the_old_one_ended(
    amara: User, version: CourseVersion, begin: Begin, at: datetime
) -> None:
    old = begin(amara, starts_on=TUESDAY)
    later = at + timedelta(days=400)
    cohorts.begin_again(amara, version, over=old.id, starts_on=later.date(), page=new_id(), at=later)
    new = paths.path_of(amara)
    assert new

    assert [queries.leaves(amara, new, at=later + timedelta(days=day)) for day in (0, 7)] == [3, 4]


def test_whoever_left_finds_their_plant_where_they_begin(
    amara: User, begin: Begin, at: datetime, signed_in: Callable[[User], Client]
) -> None:
    path = begin(amara, starts_on=TUESDAY)
    cohorts.end(amara, path.id, state=Enrolment.State.LEFT, at=at + timedelta(days=8))

    assert "A young plant with 2 pairs of leaves" in signed_in(amara).get("/begin/").text


@pytest.mark.parametrize("seed", range(8))
def test_whatever_somebody_does_no_leaf_is_lost(
    amara: User, version: CourseVersion, begin: Begin, at: datetime, seed: int
) -> None:
    """Flights over the date line, other ends of the day, pauses, weeks once more, new paths: in any order."""
    chance, now, seen = Random(seed), at, 0
    begin(amara, starts_on=TUESDAY)
    for _step in range(25):
        now += timedelta(hours=chance.choice((0, 1, 6, 24, 72)))
        path = paths.path_of(amara)
        assert path
        _do_anything(amara, path, version, chance=chance, at=now)
        leaves = queries.leaves(amara, paths.path_of(amara) or path, at=now)
        assert leaves >= seen, f"{leaves} pairs of leaves after {seen}"
        seen = leaves


def test_a_rest_on_a_day_that_comes_twice_takes_back_no_week(amara: User, begin: Begin, at: datetime) -> None:
    people.describe(amara, at=at, time_zone="Pacific/Apia")
    path = begin(amara, starts_on=TUESDAY)
    noon_there = datetime(2026, 11, 30, 23, tzinfo=UTC)

    before = queries.leaves(amara, path, at=noon_there)
    people.describe(amara, at=noon_there, time_zone="Pacific/Honolulu")
    cohorts.pause(amara, page=new_id(), at=noon_there)

    rested = paths.path_of(amara)
    assert rested and (before, queries.leaves(amara, rested, at=noon_there)) == (2, 2)


def _do_anything(
    person: User, path: Enrolment, version: CourseVersion, *, chance: Random, at: datetime
) -> None:
    choice = chance.randrange(6)
    if choice == 0:
        cohorts.pause(person, page=new_id(), at=at)
    elif choice == 1:
        cohorts.resume(person, page=new_id(), at=at)
    elif choice == 2:
        cohorts.go_to(person, chance.randrange(2), page=new_id(), at=at)
    elif choice == 3:
        zone = chance.choice(("Pacific/Apia", "Pacific/Honolulu", "Europe/Berlin"))
        people.describe(person, at=at, time_zone=zone)
    elif choice == 4:
        people.describe(person, at=at, day_boundary_minutes=chance.choice((0, 240, 1439)))
    else:
        cohorts.begin_again(
            person, version, over=path.id, starts_on=today_of(person, at=at), page=new_id(), at=at
        )


def test_today_and_the_page_of_growth_draw_the_same_plant(
    amara: User, begin: Begin, settle: Rendering, at: datetime
) -> None:
    path = begin(amara, starts_on=TUESDAY)
    sitting = _sit(amara, settle, began=at)
    practices.keep_line(amara, new_id(), body="Rain on the roof.", sitting=sitting, at=at)
    practices.keep_act(amara, new_id(), line="Held a door.", direction="others", at=at)

    for day in (0, 3, 7, 30):
        today = queries.today_page(amara, path, at=at + timedelta(days=day))
        growth = queries.growth_page(amara, path, asked=False, at=at + timedelta(days=day))
        assert (today.pairs, today.ground, today.rests) == (growth.pairs, growth.ground, growth.rests)
    assert today.ground == Ground(blades=1, flowers=1, stones=1) and today.rests


def test_without_a_path_the_page_leads_to_a_beginning(
    amara: User, signed_in: Callable[[User], Client]
) -> None:
    answer = signed_in(amara).get("/growth/")

    assert (answer.status_code, answer.url) == (302, "/begin/")


def test_what_somebody_leaves_out_is_shown_nowhere(
    amara: User, begin: Begin, at: datetime, signed_in: Callable[[User], Client]
) -> None:
    begin(amara, starts_on=at.date())
    browser = signed_in(amara)
    full = "".join(browser.get(page).text for page in ("/today/", "/growth/", "/weeks/"))

    browser.post("/growth/shown/", {})

    pages = {
        page: browser.get(page).text for page in ("/today/", "/growth/", "/growth/?numbers=1", "/weeks/")
    }
    for sign in ('class="plant', "The last two weeks", "Where you have been", "Show this in numbers"):
        assert sign in full
        assert not [page for page, words in pages.items() if sign in words]
    assert "It grows all the same." in pages["/growth/"]


def test_each_part_is_left_out_by_itself_and_comes_back(
    amara: User, begin: Begin, at: datetime, signed_in: Callable[[User], Client]
) -> None:
    begin(amara, starts_on=at.date())
    browser = signed_in(amara)

    browser.post("/growth/shown/", {"plant": "on", "fortnight": "on"})
    some = browser.get("/growth/").text
    browser.post("/growth/shown/", {"plant": "on", "fortnight": "on", "map": "on", "counting": "on"})
    whole = browser.get("/growth/").text

    assert ('class="plant' in some, "Where you have been" in some, "in numbers" in some) == (
        True,
        False,
        False,
    )
    assert "Where you have been" in whole and "Show this in numbers" in whole
