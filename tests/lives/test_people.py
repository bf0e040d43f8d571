"""The simulated people: a seed is a life, and among a few dozen everything happens."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from tests.lives.oracle import day_at, shown
from tests.lives.people import any_life

FEW = [any_life(seed) for seed in range(24)]


def test_a_seed_is_a_life():
    assert any_life(7) == any_life(7)
    assert any_life(7) != any_life(8)


def test_in_a_few_lives_every_rule_speaks():
    rules = Counter(shown(life, at).rule for life in FEW for at in life.glances[::9])
    assert sorted(rules) == [1, 2, 3, 4, 5, 6, 7]


def test_in_a_few_lives_everything_happens():
    assert {turn.kind for life in FEW for turn in life.turns} == {"paused", "resumed", "went"}
    assert any(one.device == 2 for life in FEW for one in life.sittings)
    assert any(one.known > one.stretches[-1][1] for life in FEW for one in life.sittings)
    assert any(one.practised_ms < one.length_ms for life in FEW for one in life.sittings)
    assert {life.course.days_per_week for life in FEW} == {5, 7}
    assert any(life.course.arrival is None for life in FEW)


def test_somebody_lives_a_date_again_and_somebody_leaves_one_out():
    steps = [
        (day_at(life, later) - day_at(life, sooner)).days
        for life in FEW
        for sooner, later in pairwise(life.glances)
    ]
    assert min(steps) < 0
    assert max(steps) > 1
