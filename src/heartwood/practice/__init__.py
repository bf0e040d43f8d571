"""How a script becomes a practice of exactly one length, and what of it counts as practised."""

from heartwood.practice.layout import check_length, lay_out
from heartwood.practice.lengths import as_minutes, read_minutes, tenths_inward
from heartwood.practice.promise import check_script, cues, estimated_lengths
from heartwood.practice.script import Bell, BellKind, Cue, Quiet, Repeat, Script, Silence
from heartwood.practice.timeline import Event, EventKind, Position, Timeline, position

__all__ = [
    "Bell",
    "BellKind",
    "Cue",
    "Event",
    "EventKind",
    "Position",
    "Quiet",
    "Repeat",
    "Script",
    "Silence",
    "Timeline",
    "as_minutes",
    "check_length",
    "check_script",
    "cues",
    "estimated_lengths",
    "lay_out",
    "position",
    "read_minutes",
    "tenths_inward",
]
