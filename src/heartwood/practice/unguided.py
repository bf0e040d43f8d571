"""Sitting without words: a timer of any length, with bells, laid out like a guided practice.

It is laid out as a timeline and becomes one sound file too, so that its last bell rings on a
locked phone. It counts as every sound does, by the clock that ran.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate
from typing import Any

from heartwood.errors import LengthError
from heartwood.practice.lengths import as_minutes
from heartwood.practice.script import BELL_SLOT_MS, BellKind
from heartwood.practice.timeline import Event, EventKind, Timeline

UNGUIDED = "unguided"
SHORTEST_MS = 60_000
LONGEST_MS = 4 * 60 * 60_000
OPEN_END_MS = 60 * 60_000
"""How long the quiet may go on after the last bell when the end is open."""

MOST_STRETCHES = 9


class Way(StrEnum):
    SIT = "sit"
    WALK = "walk"


@dataclass(frozen=True, slots=True)
class Stretch:
    """One part of it, in one posture."""

    way: Way
    milliseconds: int


@dataclass(frozen=True, slots=True)
class Unguided:
    """A sitting without words.

    stretches    one for a plain timer; several for sit, walk, sit. A bell parts them
    interval_ms  a bell so often within each stretch; 0 for none
    open_end     after the last bell the quiet goes on, for an hour at most

    Raises LengthError for stretches that are none, too short, too many or too long together.
    """

    stretches: tuple[Stretch, ...]
    interval_ms: int = 0
    open_end: bool = False

    def __post_init__(self) -> None:
        if not 1 <= len(self.stretches) <= MOST_STRETCHES:
            raise LengthError(f"A sitting has 1 to {MOST_STRETCHES} parts, not {len(self.stretches)}.")
        shortest = min(part.milliseconds for part in self.stretches)
        if shortest < SHORTEST_MS or self.bell_ms > LONGEST_MS:
            wrong = shortest if shortest < SHORTEST_MS else self.bell_ms
            raise LengthError(
                f"Sitting without words lasts from {as_minutes(SHORTEST_MS)} to {as_minutes(LONGEST_MS)} "
                f"minutes, each part of it at least one, not {as_minutes(wrong)}. Choose another length."
            )
        if self.interval_ms and self.interval_ms < SHORTEST_MS:
            raise LengthError("A bell rings once a minute at most. Choose a longer interval, or none.")

    @property
    def bell_ms(self) -> int:
        """When the last bell has rung out."""
        return sum(part.milliseconds for part in self.stretches)

    @property
    def milliseconds(self) -> int:
        """How long the sound lasts, the open end included."""
        return self.bell_ms + (OPEN_END_MS if self.open_end else 0)

    @property
    def words(self) -> dict[str, Any]:
        """As `read` takes them."""
        parts = [[str(part.way), part.milliseconds] for part in self.stretches]
        return {"stretches": parts, "interval_ms": self.interval_ms, "open_end": self.open_end}

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Unguided:
        """From what `words` told. Raises LengthError."""
        try:
            parts = tuple(Stretch(Way(way), int(length)) for way, length in told["stretches"])
            return cls(parts, int(told.get("interval_ms", 0)), bool(told.get("open_end")))
        except (KeyError, TypeError, ValueError):
            raise LengthError("This is no sitting without words: its parts cannot be read.") from None


def sit(milliseconds: int, *, interval_ms: int = 0) -> Unguided:
    """A plain timer."""
    return Unguided((Stretch(Way.SIT, milliseconds),), interval_ms)


def sit_walk_sit(sitting_ms: int, walking_ms: int, *, interval_ms: int = 0) -> Unguided:
    """Sit, walk, and sit as long again."""
    sitting = Stretch(Way.SIT, sitting_ms)
    return Unguided((sitting, Stretch(Way.WALK, walking_ms), sitting), interval_ms)


def lay_out_unguided(asked: Unguided) -> Timeline:
    """The timeline: a bell to begin, at each change and interval, and to end, with quiet between.

    The closing bell is struck so that it has rung out when the time is over, as in every practice.
    """
    events: list[Event] = []
    for start, kind, name in _bells(asked):
        _quiet_until(events, start)
        events.append(Event(EventKind.BELL, start, BELL_SLOT_MS[kind], "", name))
    _quiet_until(events, asked.milliseconds)
    return Timeline(UNGUIDED, asked.milliseconds, tuple(events))


def _bells(asked: Unguided) -> Iterator[tuple[int, BellKind, str]]:
    yield 0, BellKind.OPENING, str(BellKind.OPENING)
    last = asked.bell_ms - BELL_SLOT_MS[BellKind.CLOSING]
    for number, start in enumerate(sorted(_between(asked)), start=1):
        yield start, BellKind.INTERVAL, f"{BellKind.INTERVAL}.{number}"
    yield last, BellKind.CLOSING, str(BellKind.CLOSING)


def _between(asked: Unguided) -> Iterator[int]:
    """When a stretch changes, and each interval that leaves a bell before it and after it room."""
    begin = 0
    for end in accumulate(part.milliseconds for part in asked.stretches):
        if begin:
            yield begin
        if asked.interval_ms:
            yield from range(
                begin + asked.interval_ms, end - 2 * BELL_SLOT_MS[BellKind.CLOSING], asked.interval_ms
            )
        begin = end


def _quiet_until(events: list[Event], moment: int) -> None:
    begin = events[-1].end_ms if events else 0
    if moment > begin:
        quiets = sum(event.kind is EventKind.SILENCE for event in events)
        events.append(Event(EventKind.SILENCE, begin, moment - begin, "", f"quiet.{quiets + 1}"))
