"""A clock for what has no sound file (law 2). The browser reads the same stories."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heartwood.practice.clock import PracticeClock

STORIES = json.loads((Path(__file__).parents[1] / "fixtures" / "clock.json").read_text())

presses = st.lists(st.tuples(st.sampled_from(["start", "pause"]), st.integers(0, 10**8)), max_size=12)


def moved(steps):
    clock = PracticeClock()
    for verb, at_ms in steps:
        getattr(clock, verb)(at_ms=at_ms)
    return clock


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story["name"])
def test_the_stories_that_browser_and_server_share(story):
    assert moved(story["steps"]).elapsed_ms(at_ms=story["read_at_ms"]) == story["practised_ms"]


def test_it_tells_whether_it_runs():
    assert (moved([("start", 5)]).runs, moved([("start", 5), ("pause", 9)]).runs) == (True, False)


@given(presses, st.integers(0, 10**8))
def test_it_never_counts_more_than_the_time_that_passed(steps, more):
    in_order = sorted(steps, key=lambda step: step[1])
    last = in_order[-1][1] if in_order else 0

    assert 0 <= moved(in_order).elapsed_ms(at_ms=last + more) <= last + more
