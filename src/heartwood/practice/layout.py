"""Laying a script out at exactly one length."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence

from heartwood.errors import LengthError
from heartwood.practice.arrangement import Arrangement, arrangements
from heartwood.practice.lengths import as_minutes, minutes_down, minutes_up
from heartwood.practice.script import Script
from heartwood.practice.sharing import share
from heartwood.practice.timeline import Event, Timeline


def lay_out(script: Script, milliseconds: int, *, spoken: Mapping[str, int]) -> Timeline:
    """The timeline of `script` that lasts exactly `milliseconds`.

    spoken  whole milliseconds that the voice needs for each cue, by cue id

    Deterministic. A longer practice never has fewer cues; between two lengths with the same
    cues no pause gets shorter. Raises LengthError when the length is out of the script's
    promise or cannot be filled in this voice, ScriptError when the script itself is at fault.
    """
    check_length(script, milliseconds)
    arrangement = arrangement_for(script, milliseconds, arrangements(script, spoken=spoken))
    return fill(script.id, milliseconds, arrangement)


def arrangement_for(script: Script, milliseconds: int, among: Sequence[Arrangement]) -> Arrangement:
    """The arrangement that a length is filled with. Raises LengthError when there is none."""
    count = bisect_right(among, milliseconds, key=lambda arrangement: arrangement.from_ms)
    if not count:
        raise LengthError(
            f"In this voice '{script.id}' needs at least {minutes_up(among[0].from_ms)} minutes. "
            "Choose a longer practice or a quicker voice."
        )
    chosen = among[count - 1]
    if milliseconds > chosen.max_ms:
        raise LengthError(_too_long(script, chosen, among[count:]))
    return chosen


def fill(script_id: str, milliseconds: int, arrangement: Arrangement) -> Timeline:
    """The pieces of an arrangement, one after the other, ending exactly at `milliseconds`."""
    lengths = iter(_quiet_lengths(milliseconds - arrangement.fixed_ms, arrangement))
    events: list[Event] = []
    now = 0
    for piece in arrangement.pieces:
        length = next(lengths) if piece.quiet else piece.fixed_ms
        if length or not piece.quiet:
            events.append(Event(piece.kind, now, length, piece.text, piece.id))
        now += length
    return Timeline(script_id, milliseconds, tuple(events))


def _quiet_lengths(whole: int, arrangement: Arrangement) -> list[int]:
    """What each pause and silence gets: to its natural length in proportion, then by weight."""
    quiets = arrangement.quiets
    lack = [quiet.natural - quiet.least for quiet in quiets]
    room = [quiet.greatest - quiet.natural for quiet in quiets]
    free = whole - sum(quiet.least for quiet in quiets)
    toward_natural = min(free, sum(lack))
    raised = share(toward_natural, weights=lack, ceilings=lack)
    given = share(free - toward_natural, weights=[quiet.weight for quiet in quiets], ceilings=room)
    return [quiet.least + a + b for quiet, a, b in zip(quiets, raised, given, strict=True)]


def check_length(script: Script, milliseconds: int) -> None:
    """Raise LengthError unless the script promises this length, naming the lengths it does."""
    if not isinstance(milliseconds, int) or isinstance(milliseconds, bool):
        raise LengthError(f"{milliseconds!r} is no length. Give whole milliseconds.")
    if not script.shortest_ms <= milliseconds <= script.longest_ms:
        raise LengthError(
            f"'{script.id}' can last from {as_minutes(script.shortest_ms)} to "
            f"{as_minutes(script.longest_ms)} minutes, not {as_minutes(milliseconds)}. "
            "Choose a length between the two."
        )


def _too_long(script: Script, chosen: Arrangement, later: Sequence[Arrangement]) -> str:
    reach = f"'{script.id}' can last {minutes_down(chosen.max_ms)} minutes at most in this voice"
    if later:
        reach += f", or {minutes_up(later[0].from_ms)} and more, but nothing between"
    return f"{reach}. Choose another length, or give its pauses more room in script.toml."
