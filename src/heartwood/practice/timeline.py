"""A timeline: a script laid out at one exact length, moment by moment."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum


class EventKind(StrEnum):
    CUE = "cue"
    PAUSE = "pause"
    SILENCE = "silence"
    BELL = "bell"


@dataclass(frozen=True, slots=True)
class Event:
    """One stretch of a timeline, in whole milliseconds from its beginning.

    text  the words of a cue; empty for everything else
    id    the cue or silence of the script; a pause bears the id of its cue, and what
          comes round in a repeat is told apart as in "counting.2/one-breath"
    """

    kind: EventKind
    start_ms: int
    length_ms: int
    text: str
    id: str

    @property
    def end_ms(self) -> int:
        return self.start_ms + self.length_ms


@dataclass(frozen=True, slots=True)
class Timeline:
    """Events without a gap, in order, that end exactly at `milliseconds`."""

    script_id: str
    milliseconds: int
    events: tuple[Event, ...]

    @property
    def quiet_ms(self) -> int:
        """How much of it is pause or silence; bells are not counted as quiet."""
        quiet = (EventKind.PAUSE, EventKind.SILENCE)
        return sum(event.length_ms for event in self.events if event.kind in quiet)


@dataclass(frozen=True, slots=True)
class Position:
    """Where a listener is: the line last begun, and the line to come."""

    now: Event | None
    next: Event | None


def position(timeline: Timeline, ms: int) -> Position:
    """The cue last begun at `ms` and the cue after it; None before the first and after the last."""
    cues = [event for event in timeline.events if event.kind is EventKind.CUE]
    begun = bisect_right(cues, ms, key=lambda cue: cue.start_ms)
    return Position(
        now=cues[begun - 1] if begun else None,
        next=cues[begun] if begun < len(cues) else None,
    )
