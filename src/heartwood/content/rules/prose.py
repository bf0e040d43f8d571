"""Markdown as a reader's eye meets it: paragraphs, sentences and words, each with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"[*_`]")
_ITEM = re.compile(r"\s*(?:[-*+]|\d+\.)\s+")
_RULE = re.compile(r"[\s|:-]+$")
_SENTENCE_END = re.compile(r"(?<=[.!?])[”’\"')\]]*\s+")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, an item of a list or a row of a table.

    line  where it begins, counted from 1
    text  as it was written, line breaks included
    row   whether it is a row of a table
    """

    line: int
    text: str
    row: bool = False

    @property
    def plain(self) -> str:
        """The words without mark-up."""
        return " ".join(_MARKS.sub("", _LINK.sub(r"\1", self.text)).split())


def paragraphs(text: str) -> Iterator[Paragraph]:
    """The paragraphs of a Markdown text in order, without its headings."""
    begun, kept = 0, list[str]()
    for number, line in enumerate([*text.split("\n"), ""], 1):
        alone = line.startswith("#") or line.startswith("|")
        if kept and (not line.strip() or alone or _ITEM.match(line)):
            yield Paragraph(begun, "\n".join(kept))
            kept = []
        if line.startswith("|") and not _RULE.match(line):
            yield Paragraph(number, line.replace("|", " ").strip(), row=True)
        elif line.strip() and not alone:
            begun = begun if kept else number
            kept.append(_ITEM.sub("", line, count=1) if not kept else line)


def sentences(plain: str) -> list[str]:
    """The sentences of a text without mark-up."""
    return [sentence for sentence in _SENTENCE_END.split(plain) if words(sentence)]


def words(plain: str) -> list[str]:
    """The words of a text, apostrophes straightened."""
    return [word.replace("’", "'") for word in _WORD.findall(plain)]
