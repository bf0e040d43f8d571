"""At the end of a life: what was acknowledged against what is held, and each reminder against the calendar.

Days are reckoned by tests/lives alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from tests.lives.calendar import day_of, valid
from tests.lives.life import Life, Sitting
from tests.lives.oracle import day_at

KINDS = {"act": "caring_acts", "page": "reflections", "line": "lines"}
"""What somebody writes, and under which name it is taken along."""
Held = Mapping[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Written:
    kind: str
    text: str
    at: datetime


@dataclass(frozen=True)
class Wish:
    """How somebody asked to be reminded: quiet hours as "HH:MM", or none."""

    quiet: tuple[str, str] | None


def of_what_is_kept(
    life: Life, held: Held, *, sat: Mapping[str, Sitting], written: Mapping[str, Written]
) -> Iterator[str]:
    """It is there once, with its content, on its day; and nothing else is."""
    yield from _sittings(life, held["sittings"], sat)
    for kind, name in KINDS.items():
        mine = {identity: one for identity, one in written.items() if one.kind == kind}
        yield from _same_ids(name, mine, held[name])
        for one in held[name]:
            must, day = mine.get(one["id"]), ""
            if must and one["body"] != must.text:
                yield f"{kind} {one['id']} must say {must.text!r}, says {one['body']!r}"
            if must and one["day"] != (day := day_at(life, must.at).isoformat()):
                yield f"{kind} {one['id']} must be on {day}, is on {one['day']}"


def _sittings(life: Life, held: list[dict[str, Any]], sat: Mapping[str, Sitting]) -> Iterator[str]:
    yield from _same_ids("sittings", sat, held)
    for one in held:
        if must := sat.get(one["id"]):
            began = must.began
            day = day_of(began, valid(life.zones, began), valid(life.boundaries, began)).isoformat()
            wanted, told = (day, must.practised_ms / 1000), (one["day"], one["practised_seconds"])
            if wanted != told:
                yield f"sitting {one['id']} must be {wanted}, is {told}"


def _same_ids(what: str, mine: Mapping[str, object], held: list[dict[str, Any]]) -> Iterator[str]:
    if sorted(mine) != sorted(one["id"] for one in held):
        yield f"{what}: {len(mine)} acknowledged, {len(held)} there"


def of_reminders(
    life: Life, mails: Sequence[datetime], *, wishes: Sequence[tuple[datetime, Wish | None]]
) -> Iterator[str]:
    """Never two on a day of theirs, none in their quiet hours, none after they said no."""
    days = Counter(day_at(life, at) for at in mails)
    yield from (f"{times} reminders on {day}" for day, times in days.items() if times > 1)
    for at in mails:
        wish = valid(wishes, at)
        clock = f"{at.astimezone(ZoneInfo(valid(life.zones, at))):%H:%M}"
        if wish is None:
            yield f"a reminder at {at} though none was wished"
        elif wish.quiet and _lies_in(clock, *wish.quiet):
            yield f"a reminder at {clock}, in the quiet hours {wish.quiet}"


def _lies_in(clock: str, begin: str, end: str) -> bool:
    return begin <= clock < end if begin < end else clock >= begin or clock < end
