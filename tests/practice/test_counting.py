"""What counts as practised (law 2). The browser reads the same stories."""

import json
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heartwood.practice.counting import (
    Kind,
    Observation,
    Stretch,
    after_settling,
    practised_ms,
    stretches,
    total_ms,
    union_ms,
)

STORIES = json.loads((Path(__file__).parents[1] / "fixtures" / "counting.json").read_text())


def observations(story):
    observed = [Observation(**{**event, "kind": Kind(event["kind"])}) for event in story["events"]]
    return list(after_settling(observed, settling_ms=story.get("settling_ms", 0)))


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story["name"])
def test_the_stories_that_browser_and_server_share(story):
    assert practised_ms(observations(story)) == story["practised_ms"]


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story["name"])
def test_order_and_repetition_change_nothing(story):
    shuffled = observations(story) * 3
    Random(7).shuffle(shuffled)

    assert practised_ms(shuffled) == story["practised_ms"]


some_observations = st.lists(
    st.tuples(st.sampled_from(Kind), st.integers(0, 10**6), st.integers(0, 10**7)), max_size=12
).map(lambda rows: [Observation(f"o{i}", i, kind, where, wall) for i, (kind, where, wall) in enumerate(rows)])


@given(some_observations, st.randoms())
def test_whatever_arrives_in_whatever_order_gives_one_truth(seen, rng):
    arrived = [*seen, *rng.choices(seen, k=5)] if seen else []
    rng.shuffle(arrived)

    assert practised_ms(arrived) == practised_ms(seen)


@given(some_observations)
def test_one_more_observation_never_takes_practice_away(seen):
    counts = [practised_ms(seen[:length]) for length in range(len(seen) + 1)]

    assert counts == sorted(counts)


def test_two_devices_playing_at_once_count_once():
    phone = [Stretch(0, 600_000, 600_000)]
    tablet = [Stretch(300_000, 900_000, 600_000)]

    assert total_ms([phone, tablet]) == 900_000


def test_sittings_one_after_the_other_add_up():
    assert total_ms([[Stretch(0, 600_000, 600_000)], [Stretch(600_000, 660_000, 60_000)]]) == 660_000


def test_a_sped_up_sitting_counts_its_media_time():
    assert total_ms([[Stretch(0, 45_000, 720_000)]]) == 720_000


def test_a_stretch_whose_clock_went_back_is_not_lost():
    assert total_ms([[Stretch(5_000, 1_000, 10_000)], [Stretch(0, 20_000, 20_000)]]) == 30_000


@given(some_observations)
def test_a_sitting_beside_itself_counts_as_one(seen):
    timed = [s for s in stretches(seen) if s.to_wall_ms > s.from_wall_ms]

    assert total_ms([timed, timed]) == total_ms([timed])


def test_overlapping_intervals_are_covered_once():
    assert union_ms([(0, 10), (5, 20), (30, 40), (32, 33)]) == 30


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda pair: tuple(sorted(pair)))))
def test_a_union_counts_every_covered_moment_once(intervals):
    covered = {moment for start, end in intervals for moment in range(start, end)}

    assert union_ms(intervals) == len(covered)
