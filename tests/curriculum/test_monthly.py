"""One letter a month, on the same day, in the morning where the person lives."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heartwood.curriculum.monthly import letter_at, months_later
from heartwood.errors import UnknownName


@pytest.mark.parametrize(
    ("first", "months", "day"),
    [
        (date(2026, 11, 25), 1, date(2026, 12, 25)),
        (date(2026, 11, 25), 2, date(2027, 1, 25)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 12, 31), 3, date(2027, 3, 31)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last(first: date, months: int, day: date) -> None:
    assert months_later(first, months) == day


@given(first=st.dates(date(2020, 1, 1), date(2090, 1, 1)), number=st.integers(1, 40))
def test_each_comes_in_a_month_of_its_own(first: date, number: int) -> None:
    one, next_one = months_later(first, number), months_later(first, number + 1)

    assert (next_one.year * 12 + next_one.month) - (one.year * 12 + one.month) == 1


@given(
    zone=st.sampled_from(("Pacific/Apia", "America/St_Johns", "Europe/Berlin", "UTC")),
    number=st.integers(1, 24),
)
def test_it_comes_at_ten_by_the_clock_on_the_wall(zone: str, number: int) -> None:
    here = letter_at(date(2026, 11, 25), number, zone=zone).astimezone(ZoneInfo(zone))

    assert (here.hour, here.minute, here.day) == (10, 0, 25)


def test_a_zone_that_is_not_known_is_named() -> None:
    with pytest.raises(UnknownName):
        letter_at(date(2026, 11, 25), 1, zone="Mars/Olympus")
    assert letter_at(date(2026, 11, 25), 1, zone="UTC") == datetime(2026, 12, 25, 10, tzinfo=UTC)
