"""A sitting belongs to the day on which it began, by the rules valid then, for ever."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from heartwood.web.kit.ids import new_id
from heartwood.web.library.models import Rendering
from heartwood.web.people import actions as people
from heartwood.web.people.models import User
from heartwood.web.practices import actions
from heartwood.web.practices.models import Reflection, Sitting
from tests.web.practices.observed import event, half_a_minute, seen

pytestmark = pytest.mark.django_db
LATER = datetime(2026, 12, 31, tzinfo=UTC)


def _sit(person: User, rendering: Rendering, began: datetime) -> Sitting:
    sitting = new_id()
    observations = seen(half_a_minute(began))
    actions.keep_observations(
        person, sitting, rendering=rendering.id, observations=observations, at=began + timedelta(minutes=1)
    )
    return Sitting.objects.get(id=sitting)


@pytest.mark.parametrize(
    ("began", "day"),
    [
        (datetime(2026, 11, 24, 2, 59, 59, tzinfo=UTC), date(2026, 11, 23)),
        (datetime(2026, 11, 24, 3, 0, 0, tzinfo=UTC), date(2026, 11, 24)),
        (datetime(2026, 11, 24, 23, 30, 0, tzinfo=UTC), date(2026, 11, 24)),
    ],
)
def test_a_day_ends_at_four_in_the_morning_of_its_person(
    amara: User, settle: Rendering, began: datetime, day: date
) -> None:
    """Amara lives in Lagos, an hour ahead of UTC."""
    sitting = _sit(amara, settle, began)

    assert (sitting.day, sitting.zone, sitting.day_boundary_minutes) == (day, "Africa/Lagos", 240)


def test_a_sitting_over_the_end_of_a_day_belongs_to_the_day_on_which_it_began(
    amara: User, settle: Rendering
) -> None:
    began = datetime(2026, 11, 24, 2, 59, 50, tzinfo=UTC)

    assert _sit(amara, settle, began).day == date(2026, 11, 23)


def test_an_earlier_observation_that_comes_late_moves_the_beginning(amara: User, settle: Rendering) -> None:
    began = datetime(2026, 11, 24, 3, 0, 5, tzinfo=UTC)
    sitting = _sit(amara, settle, began)
    first = event(0, "started", 0, began - timedelta(seconds=10))

    actions.keep_observations(amara, sitting.id, rendering=settle.id, observations=seen([first]), at=LATER)

    sitting.refresh_from_db()
    assert (sitting.began_at, sitting.day) == (began - timedelta(seconds=10), date(2026, 11, 23))


def test_later_settings_move_nothing_not_even_when_more_of_the_sitting_comes(
    amara: User, settle: Rendering
) -> None:
    began = datetime(2026, 11, 24, 3, 30, tzinfo=UTC)
    sitting = _sit(amara, settle, began)
    by_hand = actions.add_by_hand(amara, new_id(), title="Tree", minutes=5, began_at=began, at=LATER)

    people.describe(amara, at=LATER, time_zone="Pacific/Auckland", day_boundary_minutes=600)
    amara.refresh_from_db()
    more = seen([event(3, "finished", 40_000, began + timedelta(minutes=1))])
    actions.keep_observations(amara, sitting.id, rendering=settle.id, observations=more, at=LATER)
    actions.correct(amara, by_hand.id, minutes=6, at=LATER)

    for kept in (sitting, by_hand):
        kept.refresh_from_db()
        assert (kept.day, kept.zone, kept.day_boundary_minutes) == (date(2026, 11, 24), "Africa/Lagos", 240)
    assert _sit(amara, settle, began).zone == "Africa/Lagos"
    assert _sit(amara, settle, LATER).zone == "Pacific/Auckland"


def test_a_line_belongs_to_the_day_on_which_it_was_written(amara: User) -> None:
    at = datetime(2026, 11, 24, 2, 30, tzinfo=UTC)

    actions.keep_line(amara, new_id(), body="Still awake.", sitting=None, at=at)

    assert Reflection.objects.get().day == date(2026, 11, 23)


def test_what_comes_late_falls_on_the_day_by_the_clock_of_then(amara: User, settle: Rendering) -> None:
    """A phone without a connection crosses the date line; its owner tells the new zone before it sends."""
    people.describe(amara, time_zone="Pacific/Auckland", at=datetime(2026, 11, 20, tzinfo=UTC))
    flight = datetime(2026, 11, 24, 20, tzinfo=UTC)
    people.describe(amara, time_zone="Pacific/Honolulu", day_boundary_minutes=0, at=flight)
    before, after = (event(0, "started", 0, flight + timedelta(hours=hours)) for hours in (-1, 1))

    sittings = [new_id(), new_id()]
    for sitting, seen_then in zip(sittings, (before, after), strict=True):
        actions.keep_observations(
            amara, sitting, rendering=settle.id, observations=seen([seen_then]), at=flight + timedelta(days=1)
        )

    told = [Sitting.objects.get(id=sitting) for sitting in sittings]
    assert [(one.day, one.zone) for one in told] == [
        (date(2026, 11, 25), "Pacific/Auckland"),
        (date(2026, 11, 24), "Pacific/Honolulu"),
    ]
    assert [one.day_boundary_minutes for one in told] == [240, 0]
