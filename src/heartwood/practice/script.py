"""A script: one guided practice as text, before anyone has chosen a length or a voice.

A script is a row of parts in order. A cue is one spoken line; the pause that the
line needs belongs to it. A silence is a stretch of its own. A bell has its slot.
A repeat holds cues and silences that come round several times (counting, phrases).

All times are whole milliseconds, so that a timeline adds up exactly.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class BellKind(StrEnum):
    OPENING = "opening"
    INTERVAL = "interval"
    CLOSING = "closing"


BELL_SLOT_MS = {BellKind.OPENING: 9_000, BellKind.INTERVAL: 7_000, BellKind.CLOSING: 12_000}
"""How long each bell keeps the floor: struck at the start of its slot, rung out at the end."""


@dataclass(frozen=True, slots=True)
class Quiet:
    """How long a stretch without words may be, in milliseconds.

    weight  its share when there is time to give away, against the other stretches
    open    the script says that this stretch may run past ninety seconds unbroken
    """

    least: int
    natural: int
    greatest: int
    weight: int = 1
    open: bool = False


@dataclass(frozen=True, slots=True)
class Cue:
    """One spoken line and the pause after it. `rank` None is always spoken; else 1 comes in first."""

    id: str
    text: str
    pause: Quiet
    rank: int | None = None


@dataclass(frozen=True, slots=True)
class Silence:
    id: str
    quiet: Quiet
    rank: int | None = None


@dataclass(frozen=True, slots=True)
class Bell:
    kind: BellKind


@dataclass(frozen=True, slots=True)
class Repeat:
    """Parts that come round: `least` times always, each further round optional up to `greatest`.

    rank  importance of the first further round; the next rounds follow it directly
    """

    id: str
    parts: tuple[Cue | Silence, ...]
    least: int
    greatest: int
    rank: int


Part = Cue | Silence | Bell | Repeat


@dataclass(frozen=True, slots=True)
class Script:
    """A whole practice as text.

    shortest_ms, default_ms, longest_ms  the promise: every length between the outer
    two can be laid out, in every voice from 95 to 170 words a minute
    """

    id: str
    title: str
    parts: tuple[Part, ...]
    shortest_ms: int
    default_ms: int
    longest_ms: int
    language: str = "en"
    kind: str = "main"
    strands: tuple[str, ...] = ()
    directions: tuple[str, ...] = ()
    summary: str = ""
    notes: dict[str, str] = field(default_factory=dict)
