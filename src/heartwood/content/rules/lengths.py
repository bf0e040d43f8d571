"""Quiet: how much of a long practice is left to the person who sits."""

from __future__ import annotations

from collections.abc import Iterator

from heartwood.content.rules.manuscript import Manuscript, Remark
from heartwood.errors import HeartwoodError
from heartwood.practice import Script, as_minutes, estimated_lengths, lay_out

LONG_MS = 20 * 60_000
A_GUIDES_WORDS_A_MINUTE = 110
LEAST_PER_CENT, MOST_PER_CENT = 60, 90


def quiet_out_of_bounds(manuscript: Manuscript) -> Iterator[Remark]:
    """A long version, from twenty minutes on, with too many words in it or too few."""
    for script in manuscript.scripts.values():
        for milliseconds in _long_versions(script):
            share = quiet_per_cent(script, milliseconds)
            if share is not None and not LEAST_PER_CENT <= share <= MOST_PER_CENT:
                path = f"practices/{script.id}/script.toml"
                yield path, manuscript.line(path, "[minutes]"), _sentence(milliseconds, share)
                break


def _long_versions(script: Script) -> list[int]:
    """Every whole minute from twenty on, and the longest of all."""
    if script.longest_ms < LONG_MS:
        return []
    return [*range(max(LONG_MS, script.shortest_ms), script.longest_ms, 60_000), script.longest_ms]


def quiet_per_cent(script: Script, milliseconds: int) -> float | None:
    """Quiet in a hundredth of the whole at a guide's pace; None where the script does not reach."""
    try:
        spoken = estimated_lengths(script, words_a_minute=A_GUIDES_WORDS_A_MINUTE)
        return 100 * lay_out(script, milliseconds, spoken=spoken).quiet_ms / milliseconds
    except HeartwoodError:
        return None


def _sentence(milliseconds: int, share: float) -> str:
    remedy = "Make more lines optional" if share < LEAST_PER_CENT else "Give it a returning line or two"
    return (
        f"At {as_minutes(milliseconds)} minutes {share:.0f} % of this practice is quiet, "
        f"not {LEAST_PER_CENT} to {MOST_PER_CENT}. {remedy}."
    )
