"""What has grown: pictures and words, numbers only for whoever asks, and never less than yesterday."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from heartwood.web.cohorts.models import Enrolment
from heartwood.web.kit.ground import Ground
from heartwood.web.kit.ids import new_id
from heartwood.web.library.models import Rendering
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
    assert shown.fortnight.words == "Two quiet weeks."
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
    assert after.fortnight.words == "Two quiet weeks."


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
