"""A day ends at four in the morning, where the person lives."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heartwood.curriculum import day_of
from heartwood.errors import UnknownName

ZONES = ["Europe/Berlin", "America/St_Johns", "Asia/Kathmandu", "Pacific/Apia", "Australia/Lord_Howe", "UTC"]


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def test_a_sitting_at_three_at_night_belongs_to_the_evening_before():
    assert day_of(utc(2026, 1, 10, 2, 0), zone="Europe/Berlin") == date(2026, 1, 9)
    assert day_of(utc(2026, 1, 10, 3, 0), zone="Europe/Berlin") == date(2026, 1, 10)


def test_the_same_moment_belongs_to_another_day_elsewhere():
    at = utc(2026, 1, 10, 12, 0)

    days = {zone: day_of(at, zone=zone) for zone in ("Pacific/Auckland", "Pacific/Honolulu")}

    assert days == {"Pacific/Auckland": date(2026, 1, 10), "Pacific/Honolulu": date(2026, 1, 9)}
    assert day_of(at + timedelta(hours=4), zone="Pacific/Auckland") == date(2026, 1, 11)


def test_the_boundary_is_the_persons_own():
    at = utc(2026, 1, 10, 0, 30)

    assert day_of(at, zone="UTC", boundary_minutes=0) == date(2026, 1, 10)
    assert day_of(at, zone="UTC", boundary_minutes=31) == date(2026, 1, 9)


def test_in_the_night_when_clocks_go_forward_four_is_four_on_the_wall():
    assert day_of(utc(2026, 3, 29, 1, 59), zone="Europe/Berlin") == date(2026, 3, 28)
    assert day_of(utc(2026, 3, 29, 2, 0), zone="Europe/Berlin") == date(2026, 3, 29)


def test_in_the_night_when_clocks_go_back_four_is_four_on_the_wall():
    assert day_of(utc(2026, 10, 25, 2, 59), zone="Europe/Berlin") == date(2026, 10, 24)
    assert day_of(utc(2026, 10, 25, 3, 0), zone="Europe/Berlin") == date(2026, 10, 25)


def test_a_boundary_in_the_hour_that_comes_twice_is_crossed_once():
    days = [
        day_of(utc(2026, 10, 25, 0, 0) + timedelta(minutes=m), zone="Europe/Berlin", boundary_minutes=150)
        for m in range(180)
    ]

    assert days == [date(2026, 10, 24)] * 30 + [date(2026, 10, 25)] * 150


@given(
    st.datetimes(datetime(2000, 1, 1), datetime(2037, 1, 1), timezones=st.just(UTC)),
    st.sampled_from(ZONES),
    st.integers(0, 1439),
    st.timedeltas(timedelta(0), timedelta(days=2)),
)
def test_time_never_runs_back_into_an_earlier_day(at, zone, boundary, later):
    before, after = (day_of(a, zone=zone, boundary_minutes=boundary) for a in (at, at + later))

    assert before <= after


@pytest.mark.parametrize(
    "zone", ["Mars/Olympus", "", "../etc/passwd", "Europe", "/etc/localtime", "\0", "x" * 999]
)
def test_an_unknown_zone_is_named_with_a_remedy(zone):
    with pytest.raises(UnknownName, match="Choose one such as Europe/Berlin"):
        day_of(utc(2026, 1, 1), zone=zone)


def test_a_moment_without_a_zone_belongs_to_no_day():
    with pytest.raises(ValueError, match="without a time zone"):
        day_of(datetime(2026, 1, 1), zone="UTC")
