"""The judge: lives by their seeds, each moment of them shown by `curriculum` and by the oracle."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from datetime import datetime

from tests.lives.adapter import Answers
from tests.lives.oracle import shown
from tests.lives.people import any_life

SIDE_BY_SIDE = 2


@dataclass(frozen=True)
class Difference:
    """What the two disagree on. seed: `any_life(seed)` lives it again."""

    seed: int
    at: datetime
    what: str

    def __str__(self) -> str:
        return f"life {self.seed} at {self.at.isoformat()}: {self.what}"


def seeds(count: int) -> range:
    """So many, from HEARTWOOD_SEED on."""
    first = int(os.environ.get("HEARTWOOD_SEED", "0")) * 10_000
    return range(first, first + count)


def judged(of: Iterable[int]) -> list[Difference]:
    """The first difference of each life that has one."""
    with ProcessPoolExecutor(SIDE_BY_SIDE) as pool:
        return [found for found in pool.map(first_difference, of, chunksize=25) if found]


def first_difference(seed: int) -> Difference | None:
    life = any_life(seed)
    answers = Answers(life)
    for at in life.glances:
        should, does = shown(life, at), answers.at(at)
        if should != does:
            return Difference(seed, at, "; ".join(_told(asdict(should), asdict(does))))
    return None


def _told(should: dict[str, object], does: dict[str, object]) -> Iterator[str]:
    for name, value in should.items():
        if does[name] != value:
            yield f"{name} must be {value!r}, is {does[name]!r}"
