"""Prose as it is read aloud: headings, paragraphs and points as lines, in words that a voice can say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from heartwood.curriculum.course import Text
from heartwood.practice.aloud import Line

AFTER_TITLE_MS = 1_800
AFTER_HEADING_MS = 1_200
AFTER_PARAGRAPH_MS = 1_400
AFTER_POINT_MS = 1_000


def _digit_by_digit(decimals: re.Match[str]) -> str:
    """Nobody says *zero point forty-five*."""
    return f" point {' '.join(decimals[1])}"


_MARKDOWN = MarkdownIt("commonmark").enable("table")
_SAID_AS: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    (r"\s*\[\^?\d+\]", ""),
    (r"\s*\((?:[^()]*,\s*)?(?:19|20)\d\d[a-z]?\)", ""),
    (r"\be\.\s?g\.,?", "for example"),
    (r"\bi\.\s?e\.,?", "that is"),
    (r"\bet al\.", "and others"),
    (r"\betc\.", "and so on"),
    (r"\bvs\.", "against"),
    (r"\bDr\.", "Doctor"),
    (r"\bMr\.", "Mister"),
    (r"\bMrs\.", "Missis"),
    (r"(?<=\d)[,\u202f\u00a0](?=\d{3}\b)", ""),
    (r"(?<![\w.])\.(?=\d)", "0."),
    (r"(?<=\d)\.(\d+)", _digit_by_digit),
    (r"(?<=\d):(?=[0-5]\d\b)", " "),
    (r"(?<=\d)\s?[–-]\s?(?=\d)", " to "),
    (r"(?<![\w)])[−-](?=\d)", "minus "),
    (r"(?<=\d)\s?%", " percent"),
    (r"\s*=\s*", " equals "),
    (r"\s*<\s*(?=\d)", " below "),
    (r"\s*>\s*(?=\d)", " above "),
    (r"\s*±\s*", " plus or minus "),
    (r"\s*&\s*", " and "),
)
"""What a voice would stumble over, and what it says instead. A source in brackets is left to the page."""


def lines_aloud(text: Text) -> tuple[Line, ...]:
    """The title and then the text, line by line; emphasis, links and notes are for the eye and left out."""
    return (Line(say(text.title), AFTER_TITLE_MS), *_lines(text.markdown))


def say(words: str) -> str:
    """Figures, signs and short forms in words."""
    for sign, said in _SAID_AS:
        words = re.sub(sign, said, words)
    return " ".join(words.split())


def _lines(markdown: str) -> Iterator[Line]:
    tokens = _MARKDOWN.parse(markdown)
    points = 0
    for opening, token in pairwise(tokens):
        points += (opening.type == "list_item_open") - (opening.type == "list_item_close")
        words = say(_plain(token)) if token.type == "inline" else ""
        if any(sign.isalnum() for sign in words):
            yield Line(words, _after(opening, in_list=points > 0))


def _after(opening: Token, *, in_list: bool) -> int:
    if opening.type == "heading_open":
        return AFTER_HEADING_MS
    return AFTER_POINT_MS if in_list or opening.type in ("td_open", "th_open") else AFTER_PARAGRAPH_MS


def _plain(inline: Token) -> str:
    return "".join(_words(token) for token in inline.children or [])


def _words(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return " "
    return token.content if token.type in ("text", "code_inline") else ""
