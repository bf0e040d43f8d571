"""What of a sitting was practised: media time that advanced while playing, and nothing else.

A player reports observations of its sound: where the media stood, and when. Between two of them
the media time that passed counts, however long the gap (a locked phone reports nothing for
minutes), unless a seek, a pause or a stall lies between. A jump adds nothing; a part heard twice
counts twice. The same observations in any order, however often repeated, give the same answer.

The browser counts by the same rules in counting.js; tests/fixtures/counting.json is read by both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise


class Kind(StrEnum):
    """What a player saw its sound do.

    STARTED   it plays from this position on
    ADVANCED  it has come this far, playing all the while
    SEEKED    it jumped, and stands here now (a player reports ADVANCED just before a jump)
    STALLED   it ran out of sound here; PAUSED: it was stopped here
    FINISHED  it came to its end; LEFT: the page was closed
    """

    STARTED = "started"
    ADVANCED = "advanced"
    PAUSED = "paused"
    SEEKED = "seeked"
    STALLED = "stalled"
    FINISHED = "finished"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Observation:
    """One report of a player.

    id           the client's own, the same however often it is sent
    sequence     rises with each report of a sitting
    position_ms  where the media stood
    wall_ms      the device's clock, in milliseconds since 1970
    """

    id: str
    sequence: int
    kind: Kind
    position_ms: int
    wall_ms: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """Media time that advanced between two moments of the wall clock."""

    from_wall_ms: int
    to_wall_ms: int
    practised_ms: int


def after_settling(observations: Iterable[Observation], *, settling_ms: int) -> Iterator[Observation]:
    """The same observations on the clock of the practice itself, which begins when settling in ends."""
    for seen in observations:
        yield replace(seen, position_ms=max(0, seen.position_ms - settling_ms))


def practised_ms(observations: Iterable[Observation]) -> int:
    """Milliseconds practised, in one sitting, by everything that was observed of it."""
    return sum(stretch.practised_ms for stretch in stretches(observations))


def stretches(observations: Iterable[Observation]) -> Iterator[Stretch]:
    """The stretches in which media time advanced, in the order in which they were heard."""
    plays = False
    for before, after in pairwise([None, *_in_order(observations)]):
        if after is None:
            continue
        continues = after.kind not in (Kind.SEEKED, Kind.STARTED)
        if before and plays and continues and after.position_ms > before.position_ms:
            yield Stretch(before.wall_ms, after.wall_ms, after.position_ms - before.position_ms)
        if after.kind is not Kind.SEEKED:
            plays = after.kind in (Kind.STARTED, Kind.ADVANCED)


def _in_order(observations: Iterable[Observation]) -> list[Observation]:
    """Each observation once, by sequence; the clock and the id settle what has the same."""
    once: dict[str, Observation] = {}
    for seen in sorted(observations, key=lambda o: (o.sequence, o.wall_ms, o.id, o.kind, o.position_ms)):
        once.setdefault(seen.id, seen)
    return list(once.values())


def total_ms(sittings: Iterable[Iterable[Stretch]]) -> int:
    """Milliseconds practised in several sittings; where two overlap on the wall clock, once.

    In an overlap the sitting that advanced further counts. A stretch whose clock stood still or
    went backwards overlaps with nothing. Only the server adds up: one device does not know the other.
    """
    held = [list(sitting) for sitting in sittings]
    apart = sum(s.practised_ms for sitting in held for s in sitting if s.to_wall_ms <= s.from_wall_ms)
    timed = [[s for s in sitting if s.to_wall_ms > s.from_wall_ms] for sitting in held]
    edges = sorted({edge for sitting in timed for s in sitting for edge in (s.from_wall_ms, s.to_wall_ms)})
    shared = sum(
        (max(_advance(sitting, start, end) for sitting in timed) for start, end in pairwise(edges)),
        Fraction(0),
    )
    return apart + round(shared)


def _advance(sitting: Sequence[Stretch], start: int, end: int) -> Fraction:
    """Media time of one sitting between two neighbouring edges."""
    return sum(
        (
            Fraction(s.practised_ms * (end - start), s.to_wall_ms - s.from_wall_ms)
            for s in sitting
            if s.from_wall_ms <= start and end <= s.to_wall_ms
        ),
        Fraction(0),
    )


def union_ms(intervals: Iterable[tuple[int, int]]) -> int:
    """How long it was covered by at least one of the intervals (from, to), in milliseconds."""
    covered, reached = 0, None
    for start, end in sorted(intervals):
        begin = start if reached is None else max(start, reached)
        covered += max(0, end - begin)
        reached = end if reached is None else max(reached, end)
    return covered
