"""A person's own caring acts: the page of them, and what others read of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from heartwood.curriculum.course import Suggestions
from heartwood.web.cohorts import queries as cohorts
from heartwood.web.library import queries as library
from heartwood.web.people import keys
from heartwood.web.people.days import today_of
from heartwood.web.people.models import User
from heartwood.web.practices.models import CaringAct, Twin
from heartwood.web.practices.queries.waiting import Waiting, waiting

ACTS_ON_A_PAGE = 60

WAYS: dict[str, Promise] = {
    "others": _("For somebody else"),
    "self": _("For myself"),
    "from-others": _("I received it"),
}
"""Each direction in its person's words, the usual one first."""


@dataclass(frozen=True, slots=True)
class Act:
    """One caring act in the clear, for its person. twins: other lines that came under its id."""

    id: UUID
    line: str
    direction: str
    day: date
    written_at: datetime
    twins: tuple[str, ...] = ()

    @property
    def way(self) -> Promise:
        return WAYS[self.direction]


@dataclass(frozen=True, slots=True)
class DayOfActs:
    day: date
    acts: tuple[Act, ...]


@dataclass(frozen=True, slots=True)
class ActsPage:
    """suggestions: what fits the week one is in, or nothing. older: an address part, where there is more."""

    suggestions: Suggestions | None
    days: tuple[DayOfActs, ...]
    older: str
    waiting: tuple[Waiting, ...]


def acts_page(person: User, *, before: datetime | None, at: datetime) -> ActsPage:
    """The newest acts, or those before a moment, day by day."""
    written = CaringAct.objects.filter(person=person).order_by("-written_at", "-id")
    if before:
        written = written.filter(written_at__lt=before)
    border = _border(written)
    if border:
        written = written.filter(written_at__gte=border)
    acts = _acts(person, written, twins=_twins(person))
    days = tuple(DayOfActs(day, tuple(of_day)) for day, of_day in groupby(acts, key=lambda act: act.day))
    older = border.isoformat() if border else ""
    return ActsPage(suggestions(person, at=at), days, older, waiting(person, ("act",), at=at))


def suggestions(person: User, *, at: datetime) -> Suggestions | None:
    """What the course suggests for the week it is; nothing in a pause or outside the weeks."""
    path = cohorts.path_of(person)
    if path is None:
        return None
    course = library.course_of(path.course_version.hash).course
    today = today_of(person, at=at)
    walk = cohorts.unplanned(path, course)
    now = walk.now(today)
    if not walk.has_begun(today) or now.is_paused or now.is_finished:
        return None
    return course.weeks[now.place].acts


def days_with_acts(person: User) -> dict[date, list[str]]:
    """For each day on which an act was written down, its directions. Nothing of what was written."""
    rows = (
        CaringAct.objects.filter(person=person).order_by("day", "written_at").values_list("day", "direction")
    )
    return {day: [way for _, way in same] for day, same in groupby(rows, key=lambda row: row[0])}


def acts_on(person: User, days: Iterable[date]) -> tuple[Act, ...]:
    """The acts of these days in the clear, for their person, in the order of writing."""
    written = CaringAct.objects.filter(person=person, day__in=list(days)).order_by("day", "written_at", "id")
    return tuple(_acts(person, written, twins={}))


def act_of(person: User, identity: UUID) -> Act | None:
    return next(_acts(person, CaringAct.objects.filter(person=person, id=identity), twins={}), None)


def _acts(person: User, written: QuerySet[CaringAct], *, twins: dict[UUID, list[str]]) -> Iterator[Act]:
    zone = person.zone
    for one in written:
        line, here = keys.unseal(person, one.sealed), one.written_at.astimezone(zone)
        yield Act(one.id, line, one.direction, one.day, here, tuple(twins.get(one.id, ())))


def _border(newest_first: QuerySet[CaringAct]) -> datetime | None:
    """Where a page ends when there is more."""
    written = newest_first.values_list("written_at", flat=True)
    border = written[ACTS_ON_A_PAGE - 1 : ACTS_ON_A_PAGE].first()
    return border if border and newest_first.filter(written_at__lt=border).exists() else None


def _twins(person: User) -> dict[UUID, list[str]]:
    """The lines that came a second time otherwise, by the act they came for."""
    kept = Twin.objects.filter(person=person, kind="act").order_by("subject", "id")
    return {
        subject: [json.loads(keys.unseal(person, twin.sealed))["line"] for twin in same]
        for subject, same in groupby(kept, key=lambda twin: twin.subject)
    }
