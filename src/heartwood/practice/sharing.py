"""Sharing whole milliseconds out by weight, so that nobody's share shrinks when there is more to share.

This is the parliament problem: rounding each share by itself can make one smaller although
the whole grew. A divisor method cannot (Balinski & Young, 2001, Fair Representation,
theorem 4.3); this is the one of Webster and Sainte-Laguë, with a ceiling for each share.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction


def share(whole: int, *, weights: Sequence[int], ceilings: Sequence[int]) -> list[int]:
    """Deal `whole` units out one by one, each to whoever has least for their weight and is not full.

    weights   whole numbers; who has weight 0 is served only when all others are full
    ceilings  the most that each may get; together at least `whole`

    Exact: the shares add up to `whole`, and a greater whole makes no share smaller.
    """
    heavy = [ceiling if weight else 0 for weight, ceiling in zip(weights, ceilings, strict=True)]
    first = min(whole, sum(heavy))
    light = [ceiling - taken for ceiling, taken in zip(ceilings, heavy, strict=True)]
    return [
        a + b
        for a, b in zip(
            _deal(first, weights, heavy), _deal(whole - first, [1] * len(light), light), strict=True
        )
    ]


def _deal(whole: int, weights: Sequence[int], ceilings: Sequence[int]) -> list[int]:
    """Who sits at the table after `whole` rounds, found by halving instead of one by one."""
    if whole <= 0:
        return [0] * len(weights)
    grid = max(weights)
    below, above = 0, grid * (max(ceilings) + 1)
    while above - below > 1:
        middle = (below + above) // 2
        if sum(_seats(middle, grid, weights, ceilings)) <= whole:
            below = middle
        else:
            above = middle
    return _deal_the_rest(whole, _seats(below, grid, weights, ceilings), weights, ceilings)


def _seats(steps: int, grid: int, weights: Sequence[int], ceilings: Sequence[int]) -> list[int]:
    """Shares at the rate steps/grid per unit of weight, rounded half up."""
    return [
        min(ceiling, (2 * steps * weight + grid) // (2 * grid))
        for weight, ceiling in zip(weights, ceilings, strict=True)
    ]


def _deal_the_rest(
    whole: int, seats: list[int], weights: Sequence[int], ceilings: Sequence[int]
) -> list[int]:
    """The last few units, one by one; ties go to whoever stands first."""
    for _ in range(whole - sum(seats)):
        hungry = (i for i, taken in enumerate(seats) if taken < ceilings[i])
        seats[min(hungry, key=lambda i: (Fraction(2 * seats[i] + 1, weights[i]), i))] += 1
    return seats
