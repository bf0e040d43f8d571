"""The parts of a practice that somebody may want to go back to, found in its timeline."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from heartwood.practice.captions import BELL, clock, escaped
from heartwood.practice.choices import SETTLING
from heartwood.practice.timeline import Event, EventKind, Timeline

LONG_QUIET_MS = 20_000
"""After so long a quiet the next line begins a chapter."""

LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True)
class Chapter:
    start_ms: int
    end_ms: int
    title: str


def chapters(timeline: Timeline) -> tuple[Chapter, ...]:
    """Chapters without a gap: settling in, each bell, and each line that a long quiet goes before."""
    starts = [event for event, quiet in _with_quiet(timeline) if _begins(event, quiet)]
    first = timeline.events[0]
    if not starts or starts[0] is not first:
        starts.insert(0, first)
    ends = [*(event.start_ms for event in starts[1:]), timeline.milliseconds]
    return tuple(Chapter(event.start_ms, end, _title(event)) for event, end in zip(starts, ends, strict=True))


def chapters_as_vtt(timeline: Timeline) -> str:
    """The same as a WebVTT text, for a track of the kind `chapters`."""
    rows = (f"{clock(c.start_ms)} --> {clock(c.end_ms)}\n{escaped(c.title)}" for c in chapters(timeline))
    return "\n\n".join(["WEBVTT", *rows]) + "\n"


def _with_quiet(timeline: Timeline) -> list[tuple[Event, int]]:
    """Each event, with how long it was quiet just before it."""
    quiet, found = 0, [(timeline.events[0], 0)]
    for before, event in pairwise(timeline.events):
        quiet = quiet + before.length_ms if before.kind in (EventKind.PAUSE, EventKind.SILENCE) else 0
        found.append((event, quiet))
    return found


def _begins(event: Event, quiet_ms: int) -> bool:
    if event.kind is EventKind.CUE:
        return quiet_ms >= LONG_QUIET_MS
    return event.kind is EventKind.BELL


def _title(event: Event) -> str:
    if event.kind is EventKind.BELL:
        return BELL.strip("()")
    if event.id == SETTLING:
        return "Settling in"
    words = " ".join(event.text.split()) or "Quiet"
    return words if len(words) <= LONGEST_TITLE else words[: LONGEST_TITLE - 1].rpartition(" ")[0] + "…"
