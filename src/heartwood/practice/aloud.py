"""A text read aloud: its lines one after the other, each with the silence that follows it.

It is no practice: it has no bells, no length of its own choosing, and nobody's listening is counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from heartwood.practice.timeline import Event, EventKind, Timeline

ALOUD = "read-aloud"
LEAD_MS = 400
WHOLE_MS = 64
"""The length is a multiple of this, so that a player and the timeline agree on it exactly."""


@dataclass(frozen=True, slots=True)
class Line:
    """One heading, paragraph or point of a list, as it is said."""

    words: str
    after_ms: int


def lay_out_aloud(lines: Iterable[Line], milliseconds: Callable[[str], int]) -> Timeline:
    """The timeline. milliseconds: how long some words take in the voice that reads."""
    events = [Event(EventKind.SILENCE, 0, LEAD_MS, "", "lead")]
    for number, line in enumerate(lines, start=1):
        said = Event(EventKind.CUE, events[-1].end_ms, milliseconds(line.words), line.words, f"line.{number}")
        after = line.after_ms + -(said.end_ms + line.after_ms) % WHOLE_MS
        events += [said, Event(EventKind.PAUSE, said.end_ms, after, "", said.id)]
    return Timeline(ALOUD, events[-1].end_ms, tuple(events))
