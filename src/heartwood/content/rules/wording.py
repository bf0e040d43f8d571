"""Words that scold, promise or claim; English only, until somebody writes the lists of another language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from heartwood.content.rules.manuscript import Manuscript, Remark

SCOLDS = (
    "you must",
    "you should",
    "you ought to",
    "you had better",
    "you have failed",
    "you failed",
    "you missed",
    "you are behind",
    "you have fallen behind",
    "you let yourself down",
    "no excuses?",
    "try harder",
    "be disciplined",
    "your fault",
)
_BETTER = "calm|calmer|happy|happier|peaceful|relaxed|better|healed|free|kinder|stronger|whole|safe"
_EFFECT = (
    "works?|helps?|heals?|calms?|soothes?|eases?|relax(?:es)?|fails?|hurts?|harms?|brings?|makes?|feels?"
)
PROMISES = (
    "heal(?:s|ed|ing)?",
    "cure[sd]?",
    "miracles?",
    "miraculous(?:ly)?",
    "guarantee[sd]?",
    "transform(?:s|ed|ing)? your",
    "will change your life",
    f"you will (?:feel|be|become|grow) (?:more |much |deeply )?(?:{_BETTER})",
    f"will make you (?:{_BETTER})",
    "will (?:calm|relax|soothe|free) you",
    "works? for everyone",
    "works? for everybody",
    f"(?:practice|compassion|kindness|meditation|this|it) (?:will )?(?:always|never) (?:{_EFFECT})",
    f"you will (?:always|never) (?:be|feel|have|{_EFFECT})",
)
CLAIMS = (
    "proven",
    "proves?",
    "scientifically",
    "clinically",
    "evidence-based",
    "rewires?",
    "rewiring",
    "everybody knows",
    "studies all agree",
)
_REMEDY = {
    "scolds": "Write an invitation.",
    "promises": "Say what is offered, and leave the effect open.",
    "claims": "Say what was found, by whom, and how sure it is.",
}
_QUOTES = "“‘\"'*_"
_UNQUOTES = "”’\"'*_"


def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    spaced = "|".join(phrases).replace(" ", r"[\s*_]+")
    return re.compile(rf"\b(?:{spaced})\b", re.IGNORECASE)


_LISTS = {"scolds": _pattern(SCOLDS), "promises": _pattern(PROMISES), "claims": _pattern(CLAIMS)}


def words_out_of_place(manuscript: Manuscript) -> Iterator[Remark]:
    """Words that scold, promise or claim; not where a text only mentions them, as in “you must”."""
    if manuscript.language.partition("-")[0] != "en":
        return
    for path, text in manuscript.texts():
        for what, pattern in _LISTS.items():
            for match in pattern.finditer(text):
                if not _is_mentioned(text, match):
                    shown = " ".join(match[0].split())
                    yield (
                        path,
                        text.count("\n", 0, match.start()) + 1,
                        f"'{shown}' {what}. {_REMEDY[what]}",
                    )


def _is_mentioned(text: str, match: re.Match[str]) -> bool:
    """Whether the words stand alone between quotation marks: spoken about, not spoken."""
    before, after = text[max(0, match.start() - 1) : match.start()], text[match.end() : match.end() + 1]
    return bool(before and after) and before in _QUOTES and after in _UNQUOTES
