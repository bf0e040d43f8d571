"""`curriculum` judged by the oracle over a few lives; thousands in tests/long."""

from __future__ import annotations

from tests.lives.judge import first_difference


def test_in_a_few_lives_the_one_thing_of_today_is_the_oracles() -> None:
    assert [found for seed in range(8) if (found := first_difference(seed))] == []
