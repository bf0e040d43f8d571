"""A moment to meet: ninety seconds of short lines through the four strands, and one small act at the end.

It is read rather than heard, with the eyes open. Each line stays for as long as saying it
and doing it takes; nothing here knows how many moments a course has.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate, groupby

WORDS_A_MINUTE = 110
LONGEST_MS = 90_000
SHORTEST_MS = 60_000
PURPOSES = ("whom", "place")
"""What a moment is called after: for whom it is, or where one finds oneself."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line and the pause after it."""

    id: str
    text: str
    strand: str
    pause_ms: int

    @property
    def lasts_ms(self) -> int:
        """The time to say it, at a guide's 110 words a minute, and its pause."""
        return len(self.text.split()) * 60_000 // WORDS_A_MINUTE + self.pause_ms


@dataclass(frozen=True, slots=True)
class Moment:
    """Lines in order of the strands, and what one might do afterwards.

    purpose     one of PURPOSES
    directions  for oneself, for others, from others
    acts        a few small acts by id, of which one may be done, or none
    """

    id: str
    title: str
    summary: str
    purpose: str
    directions: tuple[str, ...]
    lines: tuple[Line, ...]
    acts: dict[str, str]

    @property
    def lasts_ms(self) -> int:
        return sum(line.lasts_ms for line in self.lines)

    @property
    def begins(self) -> tuple[int, ...]:
        """When each line begins, in whole milliseconds; the first at once."""
        return tuple(accumulate((line.lasts_ms for line in self.lines[:-1]), initial=0))

    @property
    def strands(self) -> tuple[str, ...]:
        """The strands as they follow each other; each once where the lines are in order."""
        return tuple(strand for strand, _ in groupby(line.strand for line in self.lines))
