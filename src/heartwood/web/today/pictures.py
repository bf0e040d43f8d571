"""The quiet pictures of the growth page: a fortnight of days, and the strands and directions visited.

Pure: server-made SVG whose colours come from the style sheet. What they show is
told beside them in words; a day or a cell without practice is drawn as ground, never as a gap.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

DAYS_IN_A_ROW = 7
STEP = 40
LEAST, MOST = 6.5, 14.0
MOST_MINUTES = 30
CELL, HEAD, SIDE = 84, 34, 108


def fortnight(minutes: Sequence[float | None], *, label: str) -> str:
    """Days in rows of seven, the last one today: a light where there was practice, ground elsewhere.

    minutes  for each day how long, None for a day without practice
    """
    rows = -(-len(minutes) // DAYS_IN_A_ROW)
    lights = "".join(_light(place, of) for place, of in enumerate(minutes))
    return (
        f'<svg class="fortnight" viewBox="0 0 {DAYS_IN_A_ROW * STEP} {rows * STEP}" role="img"'
        f" aria-label={quoteattr(label)}>{lights}</svg>"
    )


def _light(place: int, minutes: float | None) -> str:
    row, column = divmod(place, DAYS_IN_A_ROW)
    spot = f'cx="{(column + 0.5) * STEP:.0f}" cy="{(row + 0.5) * STEP:.0f}"'
    if minutes is None:
        return f'<circle class="fortnight__ground" {spot} r="3"/>'
    radius = LEAST + (MOST - LEAST) * min(minutes / MOST_MINUTES, 1)
    return (
        f'<circle class="fortnight__glow" {spot} r="{radius + 4:.1f}"/>'
        f'<circle class="fortnight__light" {spot} r="{radius:.1f}"/>'
    )


def ways_map(
    visits: Sequence[Sequence[int]], *, rows: Sequence[str], columns: Sequence[str], label: str
) -> str:
    """A clearing for each row and column: the more often somebody was there, the more grows.

    visits  how often, row by row
    """
    width, height = SIDE + CELL * len(columns), HEAD + CELL * len(rows)
    heads = "".join(
        f'<text class="ways-map__word" x="{SIDE + CELL * (place + 0.5):.0f}" y="20" text-anchor="middle">'
        f"{escape(word)}</text>"
        for place, word in enumerate(columns)
    )
    sides = "".join(
        f'<text class="ways-map__word" x="0" y="{HEAD + CELL * (place + 0.5) + 4:.0f}">{escape(word)}</text>'
        for place, word in enumerate(rows)
    )
    cells = "".join(
        _clearing(SIDE + CELL * (column + 0.5), HEAD + CELL * (row + 0.5), times)
        for row, line in enumerate(visits)
        for column, times in enumerate(line)
    )
    return (
        f'<svg class="ways-map" viewBox="0 0 {width} {height}" role="img" aria-label={quoteattr(label)}>'
        f"{heads}{sides}{cells}</svg>"
    )


def _clearing(x: float, y: float, times: int) -> str:
    ring = f'<circle class="ways-map__ground" cx="{x:.0f}" cy="{y:.0f}" r="30"/>'
    grown = amount(times)
    leaves = "".join(_leaf(x, y, place) for place in range((0, 1, 3, 6)[grown]))
    return f"{ring}{leaves}"


def amount(times: int) -> int:
    """0 open ground, 1 visited, 2 known, 3 at home."""
    return sum(times >= border for border in (1, 3, 10))


LEAVES = ((0, 8, 0), (-11, 4, -38), (11, 4, 38), (-7, -7, -18), (7, -7, 18), (0, -13, 0))
"""Where the leaves of a clearing stand from its middle, and how far each leans."""


def _leaf(x: float, y: float, place: int) -> str:
    across, down, lean = LEAVES[place]
    return (
        f'<path class="ways-map__leaf" transform="translate({x + across:.0f} {y + down:.0f}) rotate({lean})"'
        ' d="M0 7C-7 2 -6 -7 0 -12C6 -7 7 2 0 7Z"/>'
    )
