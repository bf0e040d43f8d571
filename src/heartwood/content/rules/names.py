"""Names: programmes that belong to somebody else are named to cite or explain them, never as ours."""

from __future__ import annotations

import re
from collections.abc import Iterator

from heartwood.content.rules.manuscript import Manuscript, Remark
from heartwood.content.rules.prose import paragraphs
from heartwood.content.rules.sources import CITATION

PROTECTED = (
    "CCT",
    "MSC",
    "MBSR",
    "MBCT",
    "CBCT",
    "Compassion Cultivation Training",
    "Mindful Self-Compassion",
    "Mindfulness-Based Stress Reduction",
    "Mindfulness-Based Cognitive Therapy",
    "Cognitively-Based Compassion Training",
)


def protected_names(manuscript: Manuscript) -> Iterator[Remark]:
    """A protected name in a heading, without a citation beside it, or with 'our' or 'this' before it."""
    held = [name for name in PROTECTED if name not in manuscript.licensed]
    if not held:
        return
    shown = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in held)
    named = re.compile(rf"\b(?:{shown})\b")
    as_ours = re.compile(rf"\b(?:[Oo]ur|[Tt]his|[Yy]our|[Ww]elcome to(?: the)?) (?:{shown})\b")
    for path, text in manuscript.texts():
        for line, block, is_heading in _blocks(text):
            match = as_ours.search(block) or named.search(block)
            if match and (is_heading or as_ours.search(block) or not CITATION.search(block)):
                yield path, line + block.count("\n", 0, match.start()), _sentence(match[0])


def _blocks(text: str) -> Iterator[tuple[int, str, bool]]:
    """Headings and paragraphs with their lines; whether each is a heading."""
    for number, row in enumerate(text.split("\n"), 1):
        if row.startswith("#"):
            yield number, row, True
    for paragraph in paragraphs(text):
        yield paragraph.line, paragraph.text, False


def _sentence(name: str) -> str:
    return (
        f"'{' '.join(name.split())}' belongs to somebody else. Use words of your own, cite a source beside "
        "it to speak about it, or list it as licensed in course.toml when you may use it."
    )
