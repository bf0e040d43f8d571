"""The two signs of Heartwood, drawn by code: rings, and the plant.

Pure: the same arguments draw the same picture. Colours come from the style
sheet by class, so that a picture follows light, dark, contrast and print.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, pi, radians, sin
from random import Random
from xml.sax.saxutils import quoteattr

from heartwood.web.kit.ground import Ground, drawn

Point = tuple[float, float]
BARE = Ground()

POINTS = 48
FEW_POINTS = 18
MOST_PAIRS = 16
ICON_SIZES = (192, 512)
"""Of the sign in pixels, see pixels.py."""


BARS, BARS_BEGIN, BAR = ((168, 372), (240, 372), (312, 292)), 140, 28
"""On the plain sheet: the upper edge and right end of each line; where they begin, and how thick they are."""

RINGS = 7
"""Of a trunk that stands for no course in particular."""


def rings(*, lit: int, of: int, label: str = "") -> str:
    """A cut through a trunk, `lit` of its `of` rings awake, counted from the centre.

    label  what it says to somebody who does not see it; empty: decoration
    """
    apart = 105 / max(of - 1, 1)
    drawn = (_ring(ring, radius=26 + apart * ring, is_lit=ring < lit) for ring in range(of))
    heart = '<circle class="rings__heart" cx="150" cy="150" r="9"/>'
    return f'<svg class="rings" viewBox="0 0 300 300" {_said(label)}>{"".join(drawn)}{heart}</svg>'


def mark() -> str:
    """The small sign beside the name."""
    paths = "".join(
        f'<path d="{ring_path(ring, radius=5.6 + 5.2 * ring, centre=24, points=FEW_POINTS)}"'
        f' stroke-width="{2.2 - 0.3 * ring:.1f}" opacity="{1 - 0.15 * ring:.2f}"/>'
        for ring in range(4)
    )
    heart = '<circle class="rings__heart" cx="24" cy="24" r="2.4" stroke="none"/>'
    return (
        '<svg class="mark__sign" viewBox="0 0 48 48" fill="none" stroke="currentColor" aria-hidden="true">'
        f"{paths}{heart}</svg>"
    )


def icon() -> str:
    """The sign as a file of its own, for the browser's tab and the home screen."""
    paths = "".join(
        f'<path d="{ring_path(ring, radius=44 + 44 * ring, centre=256, points=FEW_POINTS)}"'
        f' stroke-width="{20 - 2 * ring}" opacity="{1 - 0.12 * ring:.2f}"/>'
        for ring in range(4)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512">'
        '<rect width="512" height="512" rx="112" fill="#f9f5ec"/>'
        f'<g fill="none" stroke="#2c5a3c">{paths}</g>'
        '<circle cx="256" cy="256" r="18" fill="#a4552c"/></svg>\n'
    )


def plain_icon() -> str:
    """A sheet with three lines, for whoever wants no sign that others know."""
    bars = "".join(
        f'<path d="M{BARS_BEGIN} {top}H{right}V{top + BAR}H{BARS_BEGIN}Z"/>' for top, right in BARS
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512">'
        f'<rect width="512" height="512" rx="112" fill="#e8e6e1"/><g fill="#5b6066">{bars}</g></svg>\n'
    )


def ring_path(ring: int, *, radius: float, centre: float, points: int = POINTS) -> str:
    """One ring as trees draw it, never quite round."""

    def at(step: int) -> Point:
        angle = step / points * 2 * pi
        out = radius * bend(ring, angle)
        return centre + out * cos(angle), centre + out * sin(angle)

    return _closed([at(step) for step in range(points)])


def bend(ring: int, angle: float) -> float:
    """How far out a ring lies in this direction, as a part of its radius."""
    return 1 + 0.022 * sin(3 * angle + 0.5 * ring) + 0.018 * cos(5 * angle - 0.3 * ring)


@lru_cache(maxsize=512)
def plant(*, seed: str, pairs: int, label: str, ground: Ground = BARE, rests: bool = False) -> str:
    """A young plant with one pair of leaves for each week, and its own way of growing.

    seed    the same seed grows the same plant; more pairs never change the pairs below
    pairs   0 is the seed in the earth
    ground  what has grown around it
    rests   drawn quieter, and in nothing smaller
    """
    pairs = max(0, min(pairs, MOST_PAIRS))
    stem = _Stem.grown(seed, pairs)
    leaves = "".join(_pair(stem, pair, is_newest=pair == pairs - 1, seed=seed) for pair in range(pairs))
    state = " plant--rests" if rests else ""
    return (
        f'<svg class="plant{state}" viewBox="60 {stem.top:.0f} 200 {252 - stem.top:.0f}" {_said(label)}>'
        '<path class="plant__earth" d="M64 230C92 216 126 225 162 220S228 215 256 227C246 245 202 251 160 250'
        f'S76 248 64 230Z"/>{drawn(ground, seed=seed)}'
        f'<path class="plant__stem" d="{stem.path}" fill="none" stroke-linecap="round"/>{leaves}'
        '<ellipse class="plant__seed" cx="160" cy="225" rx="6.5" ry="4.2"/></svg>'
    )


@dataclass(frozen=True, slots=True)
class _Stem:
    """Where the stem is at each height: y grows downward, the earth is at 222."""

    nodes: tuple[Point, ...]

    @classmethod
    def grown(cls, seed: str, pairs: int) -> _Stem:
        """One bend for each pair and one for the tip, each drawn from the seed in turn."""
        sway, nodes = Random(f"{seed} stem"), [(160.0, 222.0)]
        for pair in range(pairs + 1 if pairs else 0):
            rise = max(17.0, 34.0 - 2.4 * pair) if pair < pairs else 15.0
            nodes.append((160 + sway.uniform(-5, 5), nodes[-1][1] - rise))
        return cls(tuple(nodes))

    @property
    def top(self) -> float:
        """The upper edge of the picture: a seedling is shown near, a grown plant whole."""
        return min(110.0, self.nodes[-1][1] - 30) if len(self.nodes) > 1 else 196.0

    @property
    def path(self) -> str:
        return _open(self.nodes)


def _pair(stem: _Stem, pair: int, *, is_newest: bool, seed: str) -> str:
    chance = Random(f"{seed} {pair}")
    length = max(20.0, 52 - 3.2 * pair) * chance.uniform(0.92, 1.08)
    state = " plant__leaf--new" if is_newest else ""
    sides = (_leaf(stem.nodes[pair + 1], side=side, length=length, chance=chance) for side in (-1, 1))
    return "".join(
        f'<path class="plant__leaf{state}" d="{edge}"/><path class="plant__vein" d="{vein}" fill="none"/>'
        for edge, vein in sides
    )


def _leaf(foot: Point, *, side: int, length: float, chance: Random) -> tuple[str, str]:
    """A leaf from its foot to its tip and back, bulging more above than below; and its vein."""
    turn = radians(chance.uniform(14, 34))
    width = length * chance.uniform(0.34, 0.42)

    def place(along: float, across: float) -> str:
        x, y = along * length, across * width
        out, down = x * cos(turn) + y * sin(turn), y * cos(turn) - x * sin(turn)
        return _text((foot[0] + side * out, foot[1] + down))

    upper = f"C{place(0.24, -0.82)} {place(0.7, -0.72)} {place(1, 0)}"
    lower = f"C{place(0.8, 0.3)} {place(0.36, 0.62)} {place(0, 0)}"
    return f"M{place(0, 0)}{upper}{lower}Z", f"M{place(0.12, 0)}Q{place(0.45, -0.08)} {place(0.84, 0)}"


def _ring(ring: int, *, radius: float, is_lit: bool) -> str:
    state = " rings__ring--lit" if is_lit else ""
    return f'<path class="rings__ring{state}" fill="none" d="{ring_path(ring, radius=radius, centre=150)}"/>'


def _closed(points: Sequence[Point]) -> str:
    """A closed curve through the middles of neighbouring points."""
    following = [*points[1:], points[0]]
    middles = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in zip(points, following, strict=True)]
    curves = zip(following, [*middles[1:], middles[0]], strict=True)
    return f"M{_text(middles[0])}{''.join(f'Q{_text(by)} {_text(to)}' for by, to in curves)}Z"


def _open(points: Sequence[Point]) -> str:
    """A curve that leaves each point upward and arrives at the next one upward."""
    steps = zip(points, points[1:], strict=False)
    return f"M{_text(points[0])}" + "".join(_rise(below, above) for below, above in steps)


def _rise(below: Point, above: Point) -> str:
    half = (below[1] - above[1]) / 2
    return f"C{_text((below[0], below[1] - half))} {_text((above[0], above[1] + half))} {_text(above)}"


def _text(point: Point) -> str:
    return f"{point[0]:.1f} {point[1]:.1f}"


def _said(label: str) -> str:
    return f'role="img" aria-label={quoteattr(label)}' if label else 'aria-hidden="true"'
