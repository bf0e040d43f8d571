"""The rules of balance: what a course is held to beyond its format, one noun a file.

A rule is a function of the manuscript that says where something is amiss and what to do. Each is
described, with an example that fails, in docs/reference/course-rules.md; a test runs the examples.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from heartwood.content.findings import Finding
from heartwood.content.rules import balance, copies, ease, lengths, names, parts, sources, tenderness, wording
from heartwood.content.rules.manuscript import Manuscript, Remark

Rule = Callable[[Manuscript], Iterator[Remark]]

RULES: dict[str, Rule] = {
    "parts": parts.missing_parts,
    "class-minutes": parts.class_minutes,
    "reading-words": parts.reading_words,
    "suggestions": parts.suggestions,
    "cells": balance.untouched_cells,
    "quiet": lengths.quiet_out_of_bounds,
    "copied-runs": copies.copied_runs,
    "refrains": copies.too_many_refrains,
    "reading-ease": ease.hard_to_read,
    "words": wording.words_out_of_place,
    "claims": sources.claims_without_citation,
    "citations": sources.unknown_citations,
    "sources": sources.sources_without_address,
    "names": names.protected_names,
    "gentler-way": tenderness.missing_gentler_way,
    "notes": tenderness.missing_notes,
}

KEPT_BY_THE_READER = ("minutes", "script-lengths", "languages")
"""Rules that the reader itself keeps, because a course that breaks them could not be led."""


def findings_of(manuscript: Manuscript) -> list[Finding]:
    """What every rule has to say about a course."""
    return [
        Finding(path, line, message, name)
        for name, rule in RULES.items()
        for path, line, message in rule(manuscript)
    ]
