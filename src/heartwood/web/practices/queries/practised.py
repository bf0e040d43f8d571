"""What somebody practised, as their path sees it: which sittings, and how much of a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from uuid import UUID

from heartwood.curriculum import Sat
from heartwood.practice.counting import Observation, Stretch, after_settling, stretches, total_ms
from heartwood.web.people.models import User
from heartwood.web.practices.models import Sitting, SittingEvent

SITTINGS_REMEMBERED = 1000
"""More than anybody sits in one run of a week; a person of two years has fewer."""


def sat(person: User) -> list[Sat]:
    """The latest sittings as the path sees them, in the order in which they began."""
    latest = Sitting.objects.filter(person=person).order_by("-began_at", "-id")
    rows = latest.values_list("day", "practice", "length_ms", "practised_ms", "corrected_ms")
    return [
        Sat(day, practice, chosen, counted if corrected is None else corrected)
        for day, practice, chosen, counted, corrected in reversed(list(rows[:SITTINGS_REMEMBERED]))
    ]


def practised_on(person: User, day: date) -> int:
    """Milliseconds practised on a day; what two devices heard at the same time counts once."""
    return practised_by_day(person, since=day, until=day).get(day, 0)


def practised_by_day(person: User, *, since: date, until: date) -> dict[date, int]:
    """The same for each day between the two, both included, on which there was a sitting."""
    between = Sitting.objects.filter(person=person, day__gte=since, day__lte=until).order_by(
        "day", "began_at"
    )
    sittings = list(between.select_related("rendering").defer("rendering__timeline"))
    heard: dict[UUID, list[Observation]] = {sitting.id: [] for sitting in sittings}
    for event in SittingEvent.objects.filter(sitting__in=sittings):
        heard[event.sitting_id].append(event.observation)
    return {
        day: total_ms(_stretches(sitting, heard[sitting.id]) for sitting in of_day)
        for day, of_day in groupby(sittings, key=lambda sitting: sitting.day)
    }


def _stretches(sitting: Sitting, heard: Sequence[Observation]) -> list[Stretch]:
    """When it was practised: as observed, or all at once where the person told it."""
    if heard and sitting.corrected_ms is None:
        settling = sitting.rendering.chosen.settling_ms if sitting.rendering else 0
        return list(stretches(after_settling(heard, settling_ms=settling)))
    began_ms = round(sitting.began_at.timestamp() * 1000)
    return [Stretch(began_ms, began_ms + sitting.told_ms, sitting.told_ms)]
