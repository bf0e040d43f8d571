"""The lines of a practice as captions (WebVTT), for those who read along or cannot hear."""

from __future__ import annotations

from collections.abc import Iterator

from heartwood.practice.timeline import Event, EventKind, Timeline

BELL = "(A bell)"

_ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def captions(timeline: Timeline) -> str:
    """A WebVTT text: each line while it is spoken, each bell while it rings."""
    return "\n\n".join(["WEBVTT", *_blocks(timeline)]) + "\n"


def _blocks(timeline: Timeline) -> Iterator[str]:
    for event in timeline.events:
        shown = _shown(event)
        if shown:
            yield f"{clock(event.start_ms)} --> {clock(event.end_ms)}\n{shown}"


def _shown(event: Event) -> str:
    if event.kind is EventKind.BELL:
        return BELL
    return escaped(" ".join(event.text.split()))


def escaped(words: str) -> str:
    return words.translate(_ESCAPED)


def clock(milliseconds: int) -> str:
    """A moment as WebVTT writes it."""
    seconds, rest = divmod(milliseconds, 1_000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"
