"""Sitting without words: bells at their moments, quiet between, no gap."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heartwood.errors import LengthError
from heartwood.practice.unguided import (
    OPEN_END_MS,
    Stretch,
    Unguided,
    Way,
    lay_out_unguided,
    sit,
    sit_walk_sit,
)

MINUTE = 60_000


def struck(asked):
    return [event.start_ms / 1000 for event in lay_out_unguided(asked).events if event.kind == "bell"]


def test_a_plain_timer_begins_and_ends_with_a_bell_that_has_rung_out_in_time():
    assert struck(sit(20 * MINUTE)) == [0, 1188]


def test_intervals_ring_within_and_not_into_the_last_bell():
    assert struck(sit(20 * MINUTE, interval_ms=5 * MINUTE)) == [0, 300, 600, 900, 1188]


def test_sit_walk_sit_is_parted_by_bells_and_counts_its_intervals_afresh():
    assert struck(sit_walk_sit(10 * MINUTE, 4 * MINUTE)) == [0, 600, 840, 1428]
    assert struck(sit_walk_sit(6 * MINUTE, 2 * MINUTE, interval_ms=4 * MINUTE)) == [
        0,
        240,
        360,
        480,
        720,
        828,
    ]


def test_an_open_end_stays_quiet_after_the_last_bell():
    asked = Unguided((Stretch(Way.SIT, 20 * MINUTE),), open_end=True)

    timeline = lay_out_unguided(asked)

    assert timeline.milliseconds == 20 * MINUTE + OPEN_END_MS
    assert (timeline.events[-1].kind, timeline.events[-1].length_ms) == ("silence", OPEN_END_MS)
    assert struck(asked) == [0, 1188]


@given(
    st.lists(st.tuples(st.sampled_from(Way), st.integers(MINUTE, 20 * MINUTE)), min_size=1, max_size=9),
    st.just(0) | st.integers(MINUTE, 30 * MINUTE),
    st.booleans(),
)
def test_whatever_is_asked_has_no_gap_and_ends_in_time(parts, interval_ms, open_end):
    asked = Unguided(tuple(Stretch(*part) for part in parts), interval_ms, open_end)

    timeline = lay_out_unguided(asked)

    assert all(before.end_ms == after.start_ms for before, after in pairwise(timeline.events))
    assert min(event.length_ms for event in timeline.events) > 0
    assert timeline.events[-1].end_ms == timeline.milliseconds == asked.milliseconds
    assert Unguided.read(asked.words) == asked


@pytest.mark.parametrize(
    "wrong",
    [
        {"stretches": []},
        {"stretches": [["sit", 59_999]]},
        {"stretches": [["sit", 5 * 3600_000]]},
        {"stretches": [["sit", 60_000]] * 10},
        {"stretches": [["fly", 60_000]]},
        {"stretches": "many"},
        {"stretches": [["sit", 60_000]], "interval_ms": 1},
        {},
    ],
)
def test_what_is_no_sitting_is_refused_in_a_sentence(wrong):
    with pytest.raises(LengthError, match=r"\."):
        Unguided.read(wrong)
