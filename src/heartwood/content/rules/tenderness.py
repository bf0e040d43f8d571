"""Tenderness: a practice that may touch an old wound shows its gentler way."""

from __future__ import annotations

from collections.abc import Iterator

from heartwood.content.rules.manuscript import Manuscript, Remark
from heartwood.practice.script import Script


def missing_gentler_way(manuscript: Manuscript) -> Iterator[Remark]:
    """A practice near to trauma without the note that names a gentler way."""
    for script in manuscript.scripts.values():
        if is_near_to_trauma(script) and not script.notes.get("gentler"):
            yield (
                f"practices/{script.id}/script.{manuscript.language}.md",
                1,
                f"'{script.id}' may touch an old wound and has no gentler way. "
                "Write one under '## @gentler'.",
            )


def is_near_to_trauma(script: Script) -> bool:
    """Whether it looks at suffering, turns kindness on oneself, or lets somebody come near.

    Kindness received can bring back its absence: teachers call it backdraft.
    """
    warms_oneself = "wish" in script.strands and "self" in script.directions
    return "be-moved" in script.strands or "from-others" in script.directions or warms_oneself


def missing_notes(manuscript: Manuscript) -> Iterator[Remark]:
    """A note that a whole course promises for each script, and one has not."""
    for script in manuscript.scripts.values():
        for name in manuscript.whole.notes:
            if not script.notes.get(name):
                path = f"practices/{script.id}/script.{manuscript.language}.md"
                yield path, 1, f"'{script.id}' has no note '@{name}'. Write it under '## @{name}'."
