"""An exercise as two people at one phone need it: its ways, and the timed steps of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_HEADING = re.compile(r"^#{2,6} (.+)$", re.MULTILINE)
_ROW = re.compile(r"^\|\s*([0-9]+(?:[.,][0-9]+)?)\s*\|(.*)\|\s*$")
_TABLE_LINE = re.compile(r"^\s*\|.*\|\s*$")


@dataclass(frozen=True, slots=True)
class Step:
    """What to do for so long. minutes: as it is shown; seconds: as a clock runs."""

    minutes: str
    seconds: int
    markdown: str


@dataclass(frozen=True, slots=True)
class Way:
    """One way to do an exercise: in pairs, in three, online, alone …, as its text calls it."""

    title: str
    before: str
    steps: tuple[Step, ...]
    after: str


def ways(markdown: str) -> tuple[str, tuple[Way, ...]]:
    """What stands before the first heading, and the way under each heading."""
    opening, *pieces = _HEADING.split(markdown)
    found = zip(pieces[::2], pieces[1::2], strict=True)
    return opening.strip(), tuple(_way(title.strip(), text.strip()) for title, text in found)


def _way(title: str, text: str) -> Way:
    """A table whose first column counts minutes is a row of steps; any other stays what it is."""
    lines = text.split("\n")
    steps = tuple(_steps(lines))
    places = [place for place, line in enumerate(lines) if _TABLE_LINE.match(line)]
    if not steps or len(steps) != len(places) - 2:
        return Way(title, text, (), "")
    return Way(
        title, "\n".join(lines[: places[0]]).strip(), steps, "\n".join(lines[places[-1] + 1 :]).strip()
    )


def _steps(lines: list[str]) -> Iterator[Step]:
    for line in lines:
        if row := _ROW.match(line):
            yield Step(row[1], round(float(row[1].replace(",", ".")) * 60), row[2].strip())
