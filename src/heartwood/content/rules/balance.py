"""Balance: every strand of compassion with every direction, somewhere in the weeks."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from heartwood.content.rules.manuscript import Manuscript, Remark


def untouched_cells(manuscript: Manuscript) -> Iterator[Remark]:
    """A cell of the promised strands and directions that no practice of any week touches."""
    weeks = manuscript.course.weeks
    ids = {name for week in weeks for name in (*week.practices, week.short) if name}
    scripts = [manuscript.scripts[name] for name in ids if name in manuscript.scripts]
    touched = {cell for script in scripts for cell in product(script.strands, script.directions)}
    for strand, direction in product(manuscript.whole.strands, manuscript.whole.directions):
        if (strand, direction) not in touched:
            yield (
                "course.toml",
                manuscript.line("course.toml", "[whole]"),
                f"No week touches '{strand}' with '{direction}'. Give a week a practice that has both, "
                "or take one of them out of [whole].",
            )
