"""Two thousand simulated lives: what `curriculum` shows, judged by an oracle that shares no code with it."""

from __future__ import annotations

import os

from tests.lives.judge import judged, seeds

LIVES = 200 if os.environ.get("HEARTWOOD_SAMPLE") else 2000


def test_in_thousands_of_lives_the_one_thing_of_today_is_the_oracles() -> None:
    """A failing line names the seed and the moment: `any_life(seed)` lives it again."""
    differences = judged(seeds(LIVES))

    print(*differences, sep="\n")
    assert differences == []
