"""Growth without scores: the plant, a soft fortnight, and where one has been; numbers only when asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import product
from uuid import UUID

from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from heartwood import curriculum
from heartwood.content import ReadCourse
from heartwood.curriculum.ways import DIRECTIONS, STRANDS
from heartwood.web.cohorts import queries as cohorts
from heartwood.web.cohorts.models import Enrolment
from heartwood.web.kit.ground import Ground
from heartwood.web.library import queries as library
from heartwood.web.people.days import latest_day_of, today_of
from heartwood.web.people.models import User
from heartwood.web.practices import queries as practices
from heartwood.web.today import pictures

DAYS_SHOWN = 14


@dataclass(frozen=True, slots=True)
class Fortnight:
    picture: SafeString
    words: str


@dataclass(frozen=True, slots=True)
class Row:
    """A strand, and for each direction in a word how often it was visited."""

    strand: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WaysMap:
    picture: SafeString
    words: str
    directions: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Numbers:
    """days: date, sittings, minutes of each day with practice in the fortnight."""

    days: tuple[tuple[date, int, int], ...]
    sittings: int
    minutes: int


@dataclass(frozen=True, slots=True)
class GrowthPage:
    """may_ask: numbers are offered; numbers: they were asked for. What is switched off is None."""

    person: UUID
    pairs: int
    rests: bool
    ground: Ground
    signs: tuple[str, ...]
    fortnight: Fortnight | None
    map: WaysMap | None
    may_ask: bool
    numbers: Numbers | None


def growth_page(person: User, path: Enrolment, *, asked: bool, at: datetime) -> GrowthPage:
    """asked: minutes and counts too, unless this person has all counting switched off."""
    read, today = library.course_of(path.course_version.hash), today_of(person, at=at)
    walk = cohorts.unplanned(path, read.course)
    first = today - timedelta(days=DAYS_SHOWN - 1)
    days = practices.days_with_practice(person, since=first, until=today)
    numbers = asked and not person.counting_off and not person.fortnight_off
    grown = practices.grown(person)
    ground = _ground(grown)
    return GrowthPage(
        person=person.id,
        pairs=cohorts.leaves(path, walk, latest=latest_day_of(person, at=at)),
        rests=curriculum.rests(walk, (one.day for one in days), today=today),
        ground=ground,
        signs=tuple(_signs(ground)),
        fortnight=None if person.fortnight_off else _fortnight(days, first),
        map=None if person.map_off else _map(read, practices.times_with(person), grown.acts),
        may_ask=not person.counting_off,
        numbers=_numbers(person, days) if numbers else None,
    )


def ground_of(person: User) -> Ground:
    """What has grown around somebody's plant."""
    return _ground(practices.grown(person))


def _ground(grown: practices.Grown) -> Ground:
    return Ground(blades=grown.sittings, flowers=grown.acts.total(), stones=grown.lines)


def _signs(ground: Ground) -> Iterable[str]:
    """What each kind of sign stands for, of those that are there."""
    if ground.blades:
        yield _("A blade of grass for each time you sat.")
    if ground.flowers:
        yield _("A flower for each caring act.")
    if ground.stones:
        yield _("A stone for each thing you wrote.")


def _fortnight(days: Sequence[practices.Day], first: date) -> Fortnight:
    found = {one.day: one.told_ms / 60_000 for one in days}
    minutes = [found.get(first + timedelta(days=place)) for place in range(DAYS_SHOWN)]
    named = ", ".join(date_format(one.day, "l j F") for one in days)
    words = _("You practised on: %(days)s.") % {"days": named} if days else _("Quiet ground, for now.")
    label = _("The last two weeks, with a light for each day of practice")
    return Fortnight(mark_safe(pictures.fortnight(minutes, label=label)), words)


def _numbers(person: User, days: Sequence[practices.Day]) -> Numbers:
    if not days:
        return Numbers((), 0, 0)
    practised = practices.practised_by_day(person, since=days[0].day, until=days[-1].day)
    rows = tuple((one.day, one.sittings, round(practised[one.day] / 60_000)) for one in days)
    return Numbers(rows, sum(one.sittings for one in days), sum(minutes for _day, _count, minutes in rows))


def _map(read: ReadCourse, times_with: Mapping[str, int], acts: Mapping[str, int]) -> WaysMap | None:
    """None for a course whose practices name no strands. A caring act is a visit to readiness itself."""
    if not any(script.strands and script.directions for script in read.scripts.values()):
        return None
    visits = _visits(read, times_with, acts)
    strands, directions = [_strand(one) for one in STRANDS], [_direction(one) for one in DIRECTIONS]
    label = _("A map of four strands and three directions")
    return WaysMap(
        mark_safe(pictures.ways_map(visits, rows=strands, columns=directions, label=label)),
        _map_words(visits, strands, directions),
        tuple(directions),
        tuple(Row(strand, tuple(map(_visited, line))) for strand, line in zip(strands, visits, strict=True)),
    )


def _visits(read: ReadCourse, times_with: Mapping[str, int], acts: Mapping[str, int]) -> list[list[int]]:
    """How often somebody was in each direction of each strand."""
    reached = Counter({("ready-to-act", direction): times for direction, times in acts.items()})
    for name, script in read.scripts.items():
        for cell in product(script.strands, script.directions):
            reached[cell] += times_with.get(name, 0)
    return [[reached[strand, direction] for direction in DIRECTIONS] for strand in STRANDS]


def _map_words(visits: Sequence[Sequence[int]], strands: Sequence[str], directions: Sequence[str]) -> str:
    """Where somebody is most at home, in a sentence; nothing about the rest."""
    times, strand, direction = max(
        (
            (times, strand, direction)
            for strand, line in zip(strands, visits, strict=True)
            for direction, times in zip(directions, line, strict=True)
        ),
        key=lambda cell: cell[0],
    )
    if not times:
        return _("Open ground, all of it.")
    return _("You have been most with: %(strand)s, %(direction)s.") % {
        "strand": strand, "direction": direction.lower(),
    }  # fmt: skip


def _strand(name: str) -> str:
    return {
        "notice": pgettext("strand", "Notice"),
        "be-moved": pgettext("strand", "Be moved"),
        "wish": pgettext("strand", "Wish"),
        "ready-to-act": pgettext("strand", "Ready to act"),
    }[name]


def _direction(name: str) -> str:
    return {
        "self": pgettext("direction", "For oneself"),
        "others": pgettext("direction", "For others"),
        "from-others": pgettext("direction", "From others"),
    }[name]


def _visited(times: int) -> str:
    return (
        pgettext("map", "open ground"),
        pgettext("map", "visited"),
        pgettext("map", "known"),
        pgettext("map", "at home"),
    )[pictures.amount(times)]
