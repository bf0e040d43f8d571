"""What has grown out of practice: how much of it there is, on which days, and with which practices."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Model, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from heartwood.curriculum.ways import DIRECTIONS
from heartwood.web.people.models import User
from heartwood.web.practices.models import CaringAct, Deleted, Reflection, Sitting


@dataclass(frozen=True, slots=True)
class Grown:
    """sittings: with whatever was deleted, which goes back into the earth.

    acts  caring acts by direction
    """

    sittings: int
    lines: int
    acts: Counter[str]


def grown(person: User) -> Grown:
    """Never less than yesterday: what a person deletes is a blade of grass more. One query."""
    kept, gone, lines, *acts = User.objects.filter(id=person.id).values_list(
        _of(Sitting), _of(Deleted), _of(Reflection), *(_of(CaringAct, direction=one) for one in DIRECTIONS)
    )[0]
    return Grown(kept + gone, lines, Counter(dict(zip(DIRECTIONS, acts, strict=True))))


def _of(model: type[Model], **having: object) -> Coalesce:
    """How many of these a person has."""
    rows = model._default_manager.filter(person=OuterRef("id"), **having).order_by().values("person")
    return Coalesce(Subquery(rows.annotate(count=Count("id")).values("count")), 0)


def times_with(person: User) -> dict[str, int]:
    """How often each practice was begun."""
    rows = Sitting.objects.filter(person=person).exclude(practice="").values_list("practice")
    return dict(rows.annotate(times=Count("id")).order_by("practice"))


@dataclass(frozen=True, slots=True)
class Day:
    """A day with practice. told_ms: of all its sittings, one after the other."""

    day: date
    sittings: int
    told_ms: int


def days_with_practice(person: User, *, since: date, until: date) -> list[Day]:
    """The days between the two, both included, on which there was a sitting."""
    between = Sitting.objects.filter(person=person, day__gte=since, day__lte=until)
    by_day = between.values_list("day").annotate(
        sittings=Count("id"), told=Sum(Coalesce("corrected_ms", "practised_ms"))
    )
    return [Day(*row) for row in by_day.order_by("day")]
