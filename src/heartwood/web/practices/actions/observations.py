"""Keeping what a player observed: any order, any number of times, from any device, one truth."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext

from heartwood.practice import device_clock
from heartwood.practice.counting import Kind, Observation, after_settling, practised_ms
from heartwood.web.cohorts import queries as cohorts
from heartwood.web.library import queries as library
from heartwood.web.library.models import Rendering
from heartwood.web.people.days import clock_then
from heartwood.web.people.models import User
from heartwood.web.practices import records
from heartwood.web.practices.actions.owning import own_sitting
from heartwood.web.practices.actions.twins import keep_twin
from heartwood.web.practices.models import Sitting, SittingEvent
from heartwood.web.practices.records import Differs, NotKnown, Refused

Events = dict[UUID, SittingEvent]
Amiss = dict[str, int]
"""By an observation's id, what must be added to the clock of its device."""
COUNTED = ["practised_ms", "finished", "began_at", "day", "zone", "day_boundary_minutes", "clock_was_wrong"]


@dataclass(frozen=True, slots=True)
class Kept:
    """What the server has on disk now."""

    acknowledged: tuple[str, ...]
    practised_ms: int


def keep_observations(
    person: User,
    sitting: UUID,
    *,
    rendering: UUID,
    observations: Sequence[Observation],
    at: datetime,
    sent_ms: int | None = None,
) -> Kept:
    """Store what a player observed of one rendering in one sitting.

    sent_ms  the device's clock when it sent them, where it told: a wrong clock costs nobody a sitting

    Raises Refused, NotKnown or Gone, and then nothing is stored. Raises Differs where an id is there
    with other content; the other content is then kept beside the first. Of two that open the same
    sitting at once one fails on its id, and finds it there when it looks again.
    """
    try:
        kept = _keep(person, sitting, rendering, observations, sent_ms=sent_ms, at=at)
    except IntegrityError:
        kept = _keep(person, sitting, rendering, observations, sent_ms=sent_ms, at=at)
    if kept is None:
        raise Differs("An observation is there already with other content. Both are kept.")
    return kept


@transaction.atomic
def _keep(
    person: User,
    identity: UUID,
    rendering: UUID,
    observations: Sequence[Observation],
    *,
    sent_ms: int | None,
    at: datetime,
) -> Kept | None:
    """None when something was there already with other content."""
    played = _rendering(rendering)
    records.check_observations(observations, length_ms=played.file_ms)
    sitting = own_sitting(person, identity)
    known = _known_events(identity, observations)
    if _is_elsewhere(person, identity, known) or (sitting and sitting.rendering_id != rendering):
        _keep_twins(person, observations, rendering=rendering, at=at)
        return None
    fresh, differing = _apart(known, observations)
    before = [event.observation for event in known.values()]
    amiss = _amiss(fresh, before, sent_ms=sent_ms, at=at)
    told = [*before, *(_dated(seen, amiss[seen.id]) for seen in fresh)]
    records.check_order(told)
    sitting = (
        _counted(sitting, played, told, amiss)
        if sitting
        else _opened(person, identity, played, told, amiss, at=at)
    )
    SittingEvent.objects.bulk_create(_event(sitting, seen, amiss[seen.id], at=at) for seen in fresh)
    _keep_twins(person, differing, rendering=rendering, at=at)
    return None if differing else Kept(tuple(seen.id for seen in observations), sitting.practised_ms)


def _rendering(identity: UUID) -> Rendering:
    """What was played, without its long texts. Listening to a reading is no sitting: it is not known here."""
    found = Rendering.objects.filter(id=identity, reading=None).select_related("course_version")
    if played := found.defer("timeline", "course_version__files").first():
        return played
    raise NotKnown("There is no such practice. Open it from Today.")


def _known_events(sitting: UUID, observations: Iterable[Observation]) -> Events:
    """Every event of the sitting by id, and any event that bears one of the ids sent."""
    sent = [UUID(seen.id) for seen in observations]
    return {event.id: event for event in SittingEvent.objects.filter(Q(sitting=sitting) | Q(id__in=sent))}


def _is_elsewhere(person: User, sitting: UUID, known: Events) -> bool:
    """Whether an id that was sent belongs to another sitting. Raises NotKnown when that is not one's own."""
    strays = [event.id for event in known.values() if event.sitting_id != sitting]
    if strays and SittingEvent.objects.filter(id__in=strays).exclude(sitting__person=person).exists():
        raise NotKnown("There is no such observation.")
    return bool(strays)


def _apart(known: Events, observations: Iterable[Observation]) -> tuple[list[Observation], list[Observation]]:
    """The observations that are new, and those whose id is there with other content."""
    first = {identity: _content(event) for identity, event in known.items()}
    fresh, differing = [], []
    for seen in observations:
        identity = UUID(seen.id)
        if identity not in first:
            first[identity] = _content(seen)
            fresh.append(seen)
        elif first[identity] != _content(seen):
            differing.append(seen)
    return fresh, differing


def _content(event: SittingEvent | Observation) -> tuple[object, ...]:
    return (event.sequence, str(event.kind), event.position_ms, event.wall_ms)


def _keep_twins(person: User, differing: Iterable[Observation], *, rendering: UUID, at: datetime) -> None:
    for seen in differing:
        content = json.dumps({"rendering": str(rendering), "observation": _content(seen)})
        keep_twin(person, "observation", UUID(seen.id), content, at=at)


def _dated(seen: Observation, amiss_ms: int) -> Observation:
    return replace(seen, wall_ms=seen.wall_ms + amiss_ms)


def _amiss(
    fresh: Sequence[Observation], before: Sequence[Observation], *, sent_ms: int | None, at: datetime
) -> Amiss:
    """How wrong the clock was at each new observation. What cannot be dated was made when the rest was."""
    now_ms = round(at.timestamp() * 1000)
    else_ms = max((seen.wall_ms for seen in before), default=now_ms)
    return {
        seen.id: device_clock.amiss_ms(seen.wall_ms, sent_ms=sent_ms, now_ms=now_ms, else_ms=else_ms)
        for seen in fresh
    }


def _opened(
    person: User,
    identity: UUID,
    played: Rendering,
    told: Sequence[Observation],
    amiss: Amiss,
    *,
    at: datetime,
) -> Sitting:
    if not told:
        raise Refused("A sitting begins with an observation.")
    sitting = Sitting(
        id=identity,
        person=person,
        enrolment=cohorts.path_of(person),
        practice=played.script,
        title=_title(played),
        rendering=played,
        length_ms=played.milliseconds,
        received_at=at,
    )
    _count(sitting, played, told, amiss)
    sitting.save(force_insert=True)
    return sitting


def _counted(sitting: Sitting, played: Rendering, told: Sequence[Observation], amiss: Amiss) -> Sitting:
    _count(sitting, played, told, amiss)
    sitting.save(update_fields=COUNTED)
    return sitting


def _title(played: Rendering) -> str:
    version = played.course_version
    if version is None:
        return gettext("Sitting without words")
    return library.course_of(version.hash).script(played.script).title


def _count(sitting: Sitting, played: Rendering, told: Sequence[Observation], amiss: Amiss) -> None:
    """Count what was observed after settling in; the beginning is the earliest observation."""
    counted = after_settling(told, settling_ms=played.chosen.settling_ms)
    sitting.practised_ms = min(practised_ms(counted), records.LONGEST_SITTING_MS)
    sitting.finished = any(one.kind is Kind.FINISHED for one in told)
    sitting.clock_was_wrong |= any(amiss.values())
    began_at = records.moment(min(one.wall_ms for one in told))
    if began_at != sitting.began_at:
        _begin(sitting, began_at)


def _begin(sitting: Sitting, began_at: datetime) -> None:
    """On its day by the zone and the boundary that were valid then."""
    clock = clock_then(sitting.person, began_at)
    sitting.began_at, sitting.day = began_at, clock.day(began_at)
    sitting.zone, sitting.day_boundary_minutes = clock.time_zone, clock.day_boundary_minutes


def _event(sitting: Sitting, seen: Observation, amiss_ms: int, *, at: datetime) -> SittingEvent:
    return SittingEvent(
        id=UUID(seen.id),
        sitting=sitting,
        sequence=seen.sequence,
        kind=seen.kind,
        position_ms=seen.position_ms,
        wall_ms=seen.wall_ms,
        amiss_ms=amiss_ms,
        received_at=at,
    )
