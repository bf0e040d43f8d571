"""Whether a script keeps its promise: every length between shortest and longest, in every voice."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from heartwood.errors import ScriptError
from heartwood.practice.arrangement import QUIET_FROM_MS, Arrangement, arrangements
from heartwood.practice.lengths import as_minutes
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

    The spoken length of a script shrinks as the pace rises, and so does every gap between two
    arrangements; but gaps also move, so some paces between the outer two are tried as well.
    """
    for pace in PACES:
        try:
            among = arrangements(script, spoken=estimated_lengths(script, words_a_minute=pace))
        except ScriptError as error:
            return [str(error)]
        findings = _findings(script, among, f"at {pace} words a minute")
        if findings:
            return findings
    return []


def _findings(script: Script, among: Sequence[Arrangement], pace: str) -> list[str]:
    shortest, longest = among[0].from_ms, among[-1].max_ms
    findings = [
        f"The {as_minutes(low)} to {as_minutes(high)} minutes promised hold nothing for "
        f"{before.max_ms / 60_000:.2f} to {after.from_ms / 60_000:.2f} minutes {pace}. "
        "Give the pauses before more room, or bring less in at once."
        for before, after in pairwise(among)
        for low, high in [(script.shortest_ms, script.longest_ms)]
        if after.from_ms > before.max_ms + 1 and before.max_ms < high and after.from_ms > low
    ]
    if shortest > script.shortest_ms:
        reason = " and a third of quiet" if among[0].from_ms >= QUIET_FROM_MS else ""
        findings.append(
            f"The shortest promised is {as_minutes(script.shortest_ms)} minutes, but what is always there{reason} "
            f"needs {shortest / 60_000:.2f} {pace}. Promise more, or make more of it optional."
        )
    if longest < script.longest_ms:
        findings.append(
            f"The longest promised is {as_minutes(script.longest_ms)} minutes, but everything together reaches "
            f"only {longest / 60_000:.2f} {pace}. Promise less, or give pauses, silences or rounds more room."
        )
    return findings
