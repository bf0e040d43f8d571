"""A device's clock may say 1970 or 2099; a sitting is dated all the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heartwood.practice.device_clock import DAY_MS, EARLIEST_MS, MAY_BE_AHEAD_MS, amiss_ms

NOW = 1_795_000_000_000
HOUR = 3_600_000
IN_2099 = 4_080_000_000_000


def dated(wall_ms, *, sent_ms=None, else_ms=NOW):
    return wall_ms + amiss_ms(wall_ms, sent_ms=sent_ms, now_ms=NOW, else_ms=else_ms)


@pytest.mark.parametrize("sent_ms", [None, NOW, NOW - HOUR, NOW + HOUR])
@pytest.mark.parametrize("age", [0, HOUR, 14 * DAY_MS, 300 * DAY_MS])
def test_a_clock_that_can_be_right_is_believed(age, sent_ms):
    assert dated(NOW - age, sent_ms=sent_ms) == NOW - age


@pytest.mark.parametrize("sent_ms", [5 * DAY_MS, IN_2099, NOW - 30 * DAY_MS, NOW + 2 * DAY_MS])
@pytest.mark.parametrize("age", [0, HOUR, 3 * DAY_MS])
def test_by_a_wrong_clock_only_the_age_is_believed(sent_ms, age):
    assert dated(sent_ms - age, sent_ms=sent_ms) == NOW - age


@pytest.mark.parametrize("wall_ms", [0, 86_400_000, EARLIEST_MS - 1, IN_2099, 2**53, -(2**53)])
@pytest.mark.parametrize("sent_ms", [None, NOW])
def test_where_no_age_can_be_had_it_counts_as_made_when_it_is_said(wall_ms, sent_ms):
    assert dated(wall_ms, sent_ms=sent_ms, else_ms=NOW - HOUR) == NOW - HOUR


def test_a_right_observation_sent_by_a_clock_set_wrong_afterwards_stays_where_it_was():
    assert dated(NOW - HOUR, sent_ms=IN_2099) == NOW - HOUR


@given(st.integers(-(2**53), 2**53), st.none() | st.integers(-(2**53), 2**53))
def test_whatever_a_device_says_the_date_can_be_believed(wall_ms, sent_ms):
    assert EARLIEST_MS <= dated(wall_ms, sent_ms=sent_ms) <= NOW + MAY_BE_AHEAD_MS
