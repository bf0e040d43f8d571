"""Which parts of a script are in, and how short and long the practice can then be.

Everything optional (a cue, a silence, one further round of a repeat) has its place in one
order of importance. What is in is always a beginning of that order, so a script has one
arrangement for each number of optional parts, and more time can only add to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import pairwise

from heartwood.errors import ScriptError
from heartwood.practice.script import BELL_SLOT_MS, Bell, BellKind, Cue, Part, Quiet, Repeat, Script, Silence
from heartwood.practice.sharing import share
from heartwood.practice.timeline import EventKind

LONGEST_UNBROKEN_MS = 90_000
"""How long it may stay quiet without a bell or a line, unless the script says otherwise."""

QUIET_FROM_MS = 18 * 60_000
"""From this length on at least a third of a practice is quiet."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One stretch of the laid-out practice before its length is settled.

    place   0 for what is always there, else its place in the order of importance, from 1
    quiet   bounds of a pause or silence, None where a bell or a voice keeps the floor
    """

    kind: EventKind
    id: str
    place: int = 0
    text: str = ""
    fixed_ms: int = 0
    quiet: Quiet | None = None


@dataclass(frozen=True)
class Arrangement:
    """The pieces that are in, with the bounds of each as the rule of ninety seconds leaves them.

    from_ms  the length from which on this arrangement is used
    """

    pieces: tuple[Piece, ...]
    from_ms: int = 0

    @cached_property
    def fixed_ms(self) -> int:
        return sum(piece.fixed_ms for piece in self.pieces)

    @cached_property
    def min_ms(self) -> int:
        return self.fixed_ms + sum(quiet.least for quiet in self.quiets)

    @cached_property
    def natural_ms(self) -> int:
        return self.fixed_ms + sum(quiet.natural for quiet in self.quiets)

    @cached_property
    def max_ms(self) -> int:
        return self.fixed_ms + sum(quiet.greatest for quiet in self.quiets)

    @cached_property
    def quiets(self) -> tuple[Quiet, ...]:
        """Bounds of the quiet pieces, in order."""
        return tuple(piece.quiet for piece in self.pieces if piece.quiet)


def arrangements(script: Script, *, spoken: Mapping[str, int]) -> tuple[Arrangement, ...]:
    """One arrangement for each number of optional parts, from none to all, in rising order.

    spoken  milliseconds that the voice needs for each cue, by cue id

    Raises ScriptError when the least lengths of one unbroken stretch pass ninety seconds.
    """
    pieces = _all_pieces(script, spoken)
    counts = range(1 + max(piece.place for piece in pieces))
    bare = [Arrangement(_within_ninety_seconds(script.id, _among_first(pieces, count))) for count in counts]
    shown = [Arrangement(bare[0].pieces, _comes_in(bare[0], None))]
    for before, after in pairwise(bare):
        shown.append(Arrangement(after.pieces, max(shown[-1].from_ms, _comes_in(after, before))))
    return tuple(shown)


def _comes_in(arrangement: Arrangement, before: Arrangement | None) -> int:
    """The length at which this arrangement takes over from the one before it.

    As soon as natural pauses leave room, and at the latest when the pauses before can grow no
    further; never before the least pauses fit, nor while words would take more than two thirds
    of a practice of eighteen minutes or more.
    """
    least = arrangement.min_ms
    if before:
        least = max(least, min(arrangement.natural_ms, before.max_ms))
    balanced = -(-arrangement.fixed_ms * 3 // 2)
    return max(least, balanced) if balanced >= QUIET_FROM_MS else least


def _among_first(pieces: tuple[Piece, ...], count: int) -> tuple[Piece, ...]:
    """What is always there, and the `count` most important optional parts."""
    return tuple(piece for piece in pieces if piece.place <= count)


def _all_pieces(script: Script, spoken: Mapping[str, int]) -> tuple[Piece, ...]:
    """The whole script, every round of every repeat in, each piece knowing its place in the order."""
    places = _places(script)
    return tuple(
        piece
        for where, part in enumerate(script.parts)
        for turn in _turns(part)
        for piece in _pieces(part, turn, where, places.get((where, turn), 0), spoken)
    )


def _places(script: Script) -> dict[tuple[int, int], int]:
    """The place in the order of importance, from 1, of each optional (part, round).

    By rank; among equals what stands earlier in the script comes first, and the rounds of one
    repeat follow each other.
    """
    optional = sorted(
        (part.rank, where, turn)
        for where, part in enumerate(script.parts)
        if not isinstance(part, Bell) and part.rank is not None
        for turn in _turns(part)
        if not isinstance(part, Repeat) or turn > part.least
    )
    return {(where, turn): place for place, (_, where, turn) in enumerate(optional, start=1)}


def _turns(part: Part) -> range:
    return range(1, part.greatest + 1) if isinstance(part, Repeat) else range(1, 2)


def _pieces(part: Part, turn: int, where: int, place: int, spoken: Mapping[str, int]) -> Iterator[Piece]:
    match part:
        case Bell(kind):
            name = f"interval.{where}" if kind is BellKind.INTERVAL else str(kind)
            yield Piece(EventKind.BELL, name, fixed_ms=BELL_SLOT_MS[kind])
        case Repeat():
            for inner in part.parts:
                yield from _stretch(inner, f"{part.id}.{turn}/{inner.id}", place, spoken)
        case _:
            yield from _stretch(part, part.id, place, spoken)


def _stretch(part: Cue | Silence, name: str, place: int, spoken: Mapping[str, int]) -> Iterator[Piece]:
    if isinstance(part, Silence):
        yield Piece(EventKind.SILENCE, name, place, quiet=part.quiet)
        return
    yield Piece(EventKind.CUE, name, place, part.text, fixed_ms=_spoken_ms(part, spoken))
    yield Piece(EventKind.PAUSE, name, place, quiet=part.pause)


def _spoken_ms(cue: Cue, spoken: Mapping[str, int]) -> int:
    length = spoken.get(cue.id)
    if not isinstance(length, int) or length < 0:
        raise ScriptError(
            f"The spoken length of '{cue.id}' is {length!r}. "
            "Give whole milliseconds for every cue of the script."
        )
    return length


def _within_ninety_seconds(script_id: str, pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Each unbroken stretch of quiet bounded, so that it can never pass ninety seconds.

    Stretches that the script marks as open are left as they are and not counted. Because each
    run is bounded by itself, a line that comes in and parts a run in two, or a silence that
    joins it, can only raise what the whole may last: arrangements stay in rising order.
    """
    kept = list(pieces)
    for run in _runs(pieces):
        quiets = tuple(quiet for i in run if (quiet := pieces[i].quiet))
        if sum(quiet.least for quiet in quiets) > LONGEST_UNBROKEN_MS:
            raise ScriptError(_too_quiet(script_id, pieces[run[0]].id, quiets))
        for i, before, after in zip(run, quiets, _bounded(quiets), strict=True):
            if after is not before:
                kept[i] = replace(pieces[i], quiet=after)
    return tuple(kept)


def _runs(pieces: tuple[Piece, ...]) -> Iterator[list[int]]:
    """Places of the quiet pieces, not marked open, that follow each other without word or bell."""
    run: list[int] = []
    for i, piece in enumerate(pieces):
        if piece.quiet is None:
            yield run
            run = []
        elif not piece.quiet.open:
            run.append(i)
    yield run


@lru_cache(maxsize=4096)
def _bounded(quiets: tuple[Quiet, ...]) -> tuple[Quiet, ...]:
    """One run, its bounds lowered until together they stay under ninety seconds.

    Remembered, because arrangements of one script differ in few of their runs.
    """
    if sum(quiet.greatest for quiet in quiets) <= LONGEST_UNBROKEN_MS:
        return quiets
    least = [quiet.least for quiet in quiets]
    natural = _raised(least, [quiet.natural for quiet in quiets])
    greatest = _raised(
        natural, [max(mid, quiet.greatest) for mid, quiet in zip(natural, quiets, strict=True)]
    )
    return tuple(
        replace(quiet, natural=mid, greatest=high)
        for mid, high, quiet in zip(natural, greatest, quiets, strict=True)
    )


def _too_quiet(script_id: str, first: str, quiets: Sequence[Quiet]) -> str:
    least = sum(quiet.least for quiet in quiets)
    return (
        f"In '{script_id}' the quiet around '{first}' lasts at least {least / 1000:g} seconds "
        "without a line or a bell, more than 90. Shorten it, put a line or a bell in between, "
        "or mark the silence with open = true."
    )


def _raised(lower: list[int], upper: list[int]) -> list[int]:
    """From `lower` as far toward `upper` as ninety seconds in all allow, in proportion."""
    room = [high - low for low, high in zip(lower, upper, strict=True)]
    free = min(sum(room), LONGEST_UNBROKEN_MS - sum(lower))
    return [low + part for low, part in zip(lower, share(free, weights=room, ceilings=room), strict=True)]
