"""How a guide breathes: a line cut into phrases, each with the silence that follows it.

A speech engine hurries through a line. Here its line gets a comma wherever a guide would
breathe, and the silences between phrases are ours: the longest between sentences, shorter
at a comma, shortest where a long clause takes breath before a word such as "and".
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

SENTENCE_MS = 1_500
CLAUSE_MS = 1_000
BREATH_MS = 650

LONGEST_PHRASE = 7
"""Words said in one breath before a clause is cut, where it can be cut."""

_LEAST_SIDE = 3
_BREATH_BEFORE = frozenset(
    [
        "and",
        "or",
        "but",
        "as",
        "when",
        "where",
        "while",
        "until",
        "because",
        "that",
        "which",
        "who",
        "whose",
        "if",
        "so",
        "than",
        "with",
        "without",
        "from",
        "for",
        "in",
        "into",
        "on",
        "at",
        "by",
        "to",
        "through",
        "of",
        "like",
    ]
)
_SAID_AS = str.maketrans(
    {"’": "'", "‘": "'", "“": " ", "”": " ", '"': " ", "<": " ", ">": " ", "&": " and ", "\n": ". "}
)
_PHRASE = re.compile(r"[^,;:.?!]+[,;:.?!]*")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words said in one breath, with the mark that gives them their tune, and the silence after."""

    words: str
    after_ms: int


def phrases(text: str) -> list[Phrase]:
    """Cut a line into phrases; the last has no silence after it, since its pause is the script's.

    Marks that the voice would run over (dashes, an ellipsis, a line break) become marks it
    keeps; angle brackets, control characters and NUL become spaces. A line without a single
    letter or digit gives no phrase.
    """
    said = [part for clause in _clauses(f"{_plain(text)}.") for part in _breaths(clause)]
    if said:
        said[-1] = Phrase(said[-1].words, 0)
    return said


def word_count(text: str) -> int:
    """How many words are said in this line."""
    return len(re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", text))


def _plain(text: str) -> str:
    composed = unicodedata.normalize("NFC", text).replace("\r\n", "\n").strip()
    marked = re.sub(r"\s*(?:…|\.\.\.+)\s*", ". ", composed)
    marked = re.sub(r"\s*[—–]\s*|\s+-\s+", ", ", marked)
    marked = re.sub(r"\s*\n\s*", "\n", marked).translate(_SAID_AS)
    marked = re.sub(r"(?<!\w)'|'(?!\w)", " ", marked)
    visible = "".join(" " if unicodedata.category(sign).startswith("C") else sign for sign in marked)
    return re.sub(r"\s+", " ", visible)


def _clauses(plain: str) -> list[str]:
    found = [clause.strip() for clause in _PHRASE.findall(plain)]
    return [clause for clause in found if any(sign.isalnum() for sign in clause)]


def _breaths(clause: str) -> list[Phrase]:
    body = clause.rstrip(",;:.?! ")
    mark = next((sign for sign in clause[len(body) :] if sign in ".?!"), ",")
    parts = _cut(body.split())
    last = Phrase(parts[-1] + mark, CLAUSE_MS if mark == "," else SENTENCE_MS)
    return [*(Phrase(part + ",", BREATH_MS) for part in parts[:-1]), last]


def _cut(words: list[str]) -> list[str]:
    if len(words) <= LONGEST_PHRASE:
        return [" ".join(words)]
    middle = len(words) / 2
    places = [
        place
        for place in range(_LEAST_SIDE, len(words) - _LEAST_SIDE + 1)
        if words[place].lower() in _BREATH_BEFORE and words[place - 1].lower() not in _BREATH_BEFORE
    ]
    if not places:
        return [" ".join(words)]
    place = min(places, key=lambda place: abs(place - middle))
    return [*_cut(words[:place]), *_cut(words[place:])]
