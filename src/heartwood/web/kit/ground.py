"""What grows around the plant: a blade of grass for a sitting, a flower for a caring act, a stone for a line.

Pure. Each sign is drawn from the seed and its own place in the row alone, so
that one more never changes those that are there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import cos, pi, sin
from random import Random

MOST_BLADES = 120
MOST_FLOWERS = 28
MOST_STONES = 28
"""Then the ground is full, and stays as it is."""

MIDDLE, EARTH, HALF_WIDTH, HALF_HEIGHT = 160.0, 233.0, 88.0, 12.0


@dataclass(frozen=True, slots=True)
class Ground:
    """How many of each there are."""

    blades: int = 0
    flowers: int = 0
    stones: int = 0


def drawn(ground: Ground, *, seed: str) -> str:
    """Everything on the ground, from the back to the front."""
    stones = "".join(_stone(place) for place in _places(seed, "stone", min(ground.stones, MOST_STONES)))
    blades = "".join(_blade(place) for place in _places(seed, "blade", min(ground.blades, MOST_BLADES)))
    flowers = "".join(_flower(place) for place in _places(seed, "flower", min(ground.flowers, MOST_FLOWERS)))
    grass = f'<path class="plant__grass" fill="none" stroke-linecap="round" d="{blades}"/>' if blades else ""
    return f"{stones}{grass}{flowers}"


@dataclass(frozen=True, slots=True)
class _Place:
    """A spot on the earth, and the chance of whatever stands there."""

    x: float
    y: float
    chance: Random


def _places(seed: str, kind: str, count: int) -> Iterator[_Place]:
    for number in range(count):
        chance = Random(f"{seed} {kind} {number}")
        angle, out = chance.uniform(0, 2 * pi), chance.random() ** 0.5
        yield _Place(MIDDLE + HALF_WIDTH * out * cos(angle), EARTH + HALF_HEIGHT * out * sin(angle), chance)


def _blade(place: _Place) -> str:
    height, lean = place.chance.uniform(6, 13), place.chance.uniform(-5, 5)
    return f"M{place.x:.1f} {place.y:.1f}q{lean * 0.1:.1f} {-height * 0.6:.1f} {lean:.1f} {-height:.1f}"


def _flower(place: _Place) -> str:
    """A stalk, five petals and a heart."""
    height, turn = place.chance.uniform(11, 22), place.chance.uniform(0, 2 * pi)
    x, y = place.x + place.chance.uniform(-3, 3), place.y - height
    petals = "".join(
        f'<circle cx="{x + 2.9 * cos(turn + petal * 0.4 * pi):.1f}"'
        f' cy="{y + 2.9 * sin(turn + petal * 0.4 * pi):.1f}" r="2.2"/>'
        for petal in range(5)
    )
    stalk = f"M{place.x:.1f} {place.y:.1f}Q{place.x:.1f} {place.y - height / 2:.1f} {x:.1f} {y:.1f}"
    return (
        f'<path class="plant__grass" fill="none" d="{stalk}"/><g class="plant__flower">{petals}</g>'
        f'<circle class="plant__heart" cx="{x:.1f}" cy="{y:.1f}" r="1.7"/>'
    )


def _stone(place: _Place) -> str:
    wide = place.chance.uniform(3.2, 6.4)
    return (
        f'<ellipse class="plant__stone" cx="{place.x:.1f}" cy="{place.y:.1f}"'
        f' rx="{wide:.1f}" ry="{wide * place.chance.uniform(0.5, 0.7):.1f}"/>'
    )
