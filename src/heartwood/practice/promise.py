"""Whether a script keeps its promise: every length between shortest and longest, in every voice."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from heartwood.errors import ScriptError
from heartwood.practice.arrangement import Arrangement, arrangements
from heartwood.practice.lengths import as_minutes, minutes_down, minutes_up
from heartwood.practice.script import Cue, Repeat, Script

SLOWEST_WORDS_A_MINUTE = 95
QUICKEST_WORDS_A_MINUTE = 170
PACES = (SLOWEST_WORDS_A_MINUTE, 110, 125, 140, 155, QUICKEST_WORDS_A_MINUTE)


def estimated_lengths(script: Script, *, words_a_minute: int) -> dict[str, int]:
    """Milliseconds that each cue takes at an even pace, by cue id; a part of one counts as one."""
    return {cue.id: -(-len(cue.text.split()) * 60_000 // words_a_minute) for cue in cues(script)}


def cues(script: Script) -> list[Cue]:
    """Every cue of the script once, those inside repeats included."""
    rows = ((part.parts if isinstance(part, Repeat) else (part,)) for part in script.parts)
    return [part for row in rows for part in row if isinstance(part, Cue)]


def check_script(script: Script) -> list[str]:
    """What keeps the script from its promise, each a sentence with its remedy; empty when it holds.

    The slowest voice has the hardest time with the shortest length, the quickest with the longest.
    A hole between two arrangements shrinks as the pace rises, but also moves, so paces between
    the outer two are tried for holes as well.
    """
    try:
        by_pace = {pace: _arrangements_at(script, pace) for pace in PACES}
    except ScriptError as error:
        return [str(error)]
    return [
        *_shortest_out_of_reach(script, by_pace[SLOWEST_WORDS_A_MINUTE][0]),
        *_longest_out_of_reach(script, by_pace[QUICKEST_WORDS_A_MINUTE][-1]),
        *next(filter(None, (_holes(script, among, pace) for pace, among in by_pace.items())), []),
    ]


def _arrangements_at(script: Script, pace: int) -> Sequence[Arrangement]:
    return arrangements(script, spoken=estimated_lengths(script, words_a_minute=pace))


def _shortest_out_of_reach(script: Script, first: Arrangement) -> list[str]:
    if first.from_ms <= script.shortest_ms:
        return []
    reason = " with a third of quiet" if first.from_ms > first.min_ms else ""
    return [
        f"The shortest promised is {as_minutes(script.shortest_ms)} minutes, but what is always "
        f"there{reason} needs {minutes_up(first.from_ms)} at {SLOWEST_WORDS_A_MINUTE} words a minute. "
        "Raise the shortest, or make more of it optional."
    ]


def _longest_out_of_reach(script: Script, last: Arrangement) -> list[str]:
    if last.max_ms >= script.longest_ms:
        return []
    return [
        f"The longest promised is {as_minutes(script.longest_ms)} minutes, but everything together "
        f"reaches only {minutes_down(last.max_ms)} at {QUICKEST_WORDS_A_MINUTE} words a minute. "
        "Lower the longest, or give pauses, silences or rounds more room."
    ]


def _holes(script: Script, among: Sequence[Arrangement], pace: int) -> list[str]:
    """Lengths inside the promise that one arrangement no longer reaches and the next not yet."""
    return [
        f"Nothing fills {before.max_ms / 60_000:.2f} to {after.from_ms / 60_000:.2f} minutes at {pace} words "
        "a minute. Give the pauses more room there, or bring less in at once."
        for before, after in pairwise(among)
        if before.max_ms + 1 < after.from_ms
        and before.max_ms < script.longest_ms
        and after.from_ms > script.shortest_ms
    ]
