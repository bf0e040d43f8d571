"""Ease: what participants read can be read by somebody tired, or new to the language."""

from __future__ import annotations

import warnings
from collections.abc import Iterator

from heartwood.content.rules.manuscript import Manuscript, Remark
from heartwood.content.rules.prose import Paragraph, paragraphs, sentences, words

with warnings.catch_warnings():  # the library's own source has escapes that newer Pythons warn of
    warnings.simplefilter("ignore")
    from readability import getmeasures

HIGHEST_GRADE = 9
FEWEST_WORDS = 20
"""A shorter paragraph says too little for the formula: one long word would decide."""


def hard_to_read(manuscript: Manuscript) -> Iterator[Remark]:
    """A participants' text, or a paragraph of one, above grade nine. English only, as the formula is."""
    if manuscript.language.partition("-")[0] != "en":
        return
    for path, text in manuscript.texts():
        if _for_teachers(path, manuscript):
            continue
        prose = [paragraph for paragraph in paragraphs(text) if not paragraph.row]
        hard = [p for p in prose if _is_hard([p])]
        yield from ((path, p.line, _sentence("This paragraph", [p])) for p in hard)
        if not hard and _is_hard(prose):
            yield path, 1, _sentence("This text", prose)


def _for_teachers(path: str, manuscript: Manuscript) -> bool:
    """Whether only teachers read this file: class plans, meetings, pages with the role "teachers"."""
    folder, _, name = path.rpartition("/")
    pages = manuscript.course.roles.get("teachers", ())
    guide = folder == "texts" and name.removesuffix(f".{manuscript.language}.md") in pages
    return guide or name.startswith("class.") or folder.startswith("meetings")


def grade(among: list[Paragraph]) -> float:
    """The Flesch-Kincaid grade of some paragraphs: years of school that reading them takes.

    Source: Kincaid and others (1975), Derivation of new readability formulas for Navy enlisted
    personnel, Research Branch Report 8-75.
    """
    said = [" ".join(words(sentence)) for p in among for sentence in sentences(p.plain)]
    return float(getmeasures("\n".join(said), lang="en")["readability grades"]["Kincaid"])


def _is_hard(among: list[Paragraph]) -> bool:
    count = sum(len(words(paragraph.plain)) for paragraph in among)
    return count >= FEWEST_WORDS and grade(among) > HIGHEST_GRADE


def _sentence(what: str, among: list[Paragraph]) -> str:
    return (
        f"{what} is hard to read (Flesch-Kincaid grade {grade(among):.1f}, at most {HIGHEST_GRADE}). "
        "Make shorter sentences, and take plainer words."
    )
