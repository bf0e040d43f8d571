"""Keeping sittings and private lines: each takes effect once, however often it is sent."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from heartwood.curriculum import day_of
from heartwood.practice.counting import Kind, Observation, practised_ms
from heartwood.web.cohorts import queries as cohorts
from heartwood.web.kit import audit
from heartwood.web.library import queries as library
from heartwood.web.library.models import Rendering
from heartwood.web.people import keys
from heartwood.web.people.models import User
from heartwood.web.practices import records
from heartwood.web.practices.models import Deleted, Reflection, Sitting, SittingEvent, Twin
from heartwood.web.practices.records import Differs, Gone, NotKnown, Refused


@dataclass(frozen=True, slots=True)
class Kept:
    """What the server has on disk now."""

    acknowledged: tuple[str, ...]
    practised_ms: int


def keep_observations(
    person: User, sitting: UUID, *, rendering: UUID, observations: Sequence[Observation], at: datetime
) -> Kept:
    """Store what a player observed. Any order, any number of times, from any device: one truth.

    Raises Refused, NotKnown, Gone, or Differs; with Differs the other content is kept beside the first.
    """
    try:
        kept, differing = _keep_observations(person, sitting, rendering, observations, at=at)
    except IntegrityError:
        kept, differing = _keep_observations(person, sitting, rendering, observations, at=at)
    if differing:
        raise Differs("An observation is there already with other content. Both are kept.")
    return kept


@transaction.atomic
def _keep_observations(
    person: User, identity: UUID, rendering: UUID, observations: Sequence[Observation], *, at: datetime
) -> tuple[Kept, int]:
    sitting = _own_sitting(person, identity)
    if sitting is None:
        sitting = _open_sitting(person, identity, _rendering(rendering), observations, at=at)
    records.check_observations(observations, length_ms=sitting.length_ms or 0, at=at)
    known = _known_events(sitting, observations)
    differing = _keep_twins(person, known, observations, at=at)
    fresh = {UUID(seen.id): seen for seen in observations if UUID(seen.id) not in known}
    events = [_event(sitting, identity, seen, at=at) for identity, seen in fresh.items()]
    SittingEvent.objects.bulk_create(events)
    _count(sitting, [*known.values(), *events])
    return Kept(tuple(seen.id for seen in observations), sitting.practised_ms), differing


def _own_sitting(person: User, identity: UUID) -> Sitting | None:
    """The sitting, locked until the end of the transaction; None when the id is free."""
    if sitting := Sitting.objects.select_for_update().filter(id=identity).first():
        if sitting.person_id != person.id:
            raise NotKnown("There is no such sitting.")
        return sitting
    if gone := Deleted.objects.filter(id=identity).first():
        if gone.person_id != person.id:
            raise NotKnown("There is no such sitting.")
        raise Gone("You deleted this sitting.")
    return None


def _rendering(identity: UUID) -> Rendering:
    rendering = Rendering.objects.filter(id=identity).select_related("course_version").first()
    if rendering is None:
        raise NotKnown("There is no such practice. Open it from Today.")
    return rendering


def _open_sitting(
    person: User, identity: UUID, rendering: Rendering, observations: Sequence[Observation], *, at: datetime
) -> Sitting:
    if not observations:
        raise Refused("A sitting begins with an observation.")
    records.check_observations(observations, length_ms=rendering.milliseconds, at=at)
    began_at = records.moment(min(seen.wall_ms for seen in observations))
    return Sitting.objects.create(
        id=identity,
        person=person,
        enrolment=cohorts.path_of(person),
        practice=rendering.script,
        title=library.course_of(rendering.course_version.hash).script(rendering.script).title,
        rendering=rendering,
        length_ms=rendering.milliseconds,
        received_at=at,
        **_when(person, began_at),
    )


def _when(person: User, began_at: datetime) -> dict[str, object]:
    zone, boundary = person.time_zone, person.day_boundary_minutes
    day = day_of(began_at, zone=zone, boundary_minutes=boundary)
    return {"began_at": began_at, "zone": zone, "day_boundary_minutes": boundary, "day": day}


def _known_events(sitting: Sitting, observations: Sequence[Observation]) -> dict[UUID, SittingEvent]:
    """Every event of the sitting by id, and any event that bears one of the ids sent."""
    sent = [UUID(seen.id) for seen in observations]
    found = SittingEvent.objects.filter(Q(sitting=sitting) | Q(id__in=sent))
    known = {event.id: event for event in found}
    if any(event.sitting_id != sitting.id for event in known.values()):
        raise NotKnown("There is no such observation.")
    return known


def _keep_twins(
    person: User, known: dict[UUID, SittingEvent], observations: Iterable[Observation], *, at: datetime
) -> int:
    differing = [
        seen
        for seen in observations
        if (stored := known.get(UUID(seen.id))) and _content(stored) != _content(seen)
    ]
    for seen in differing:
        _keep_twin(person, "observation", UUID(seen.id), json.dumps(_content(seen)), at=at)
    return len(differing)


def _content(event: SittingEvent | Observation) -> tuple[object, ...]:
    return (event.sequence, str(event.kind), event.position_ms, event.wall_ms)


def _keep_twin(person: User, kind: str, subject: UUID, content: str, *, at: datetime) -> None:
    Twin.objects.get_or_create(
        person=person,
        subject=subject,
        content_hash=records.content_hash(person.id, content),
        defaults={"kind": kind, "sealed": keys.seal(person, content), "received_at": at},
    )


def _event(sitting: Sitting, identity: UUID, seen: Observation, *, at: datetime) -> SittingEvent:
    return SittingEvent(
        id=identity,
        sitting=sitting,
        sequence=seen.sequence,
        kind=seen.kind,
        position_ms=seen.position_ms,
        wall_ms=seen.wall_ms,
        received_at=at,
    )


def _count(sitting: Sitting, events: Sequence[SittingEvent]) -> None:
    """Count again from everything that was observed; the beginning is the earliest observation."""
    seen = [Observation(str(e.id), e.sequence, Kind(e.kind), e.position_ms, e.wall_ms) for e in events]
    sitting.practised_ms = min(practised_ms(seen), records.LONGEST_SITTING_MS)
    sitting.finished = any(one.kind is Kind.FINISHED for one in seen)
    sitting.began_at = records.moment(min(one.wall_ms for one in seen))
    sitting.day = day_of(sitting.began_at, zone=sitting.zone, boundary_minutes=sitting.day_boundary_minutes)
    sitting.save(update_fields=["practised_ms", "finished", "began_at", "day"])


@transaction.atomic
def add_by_hand(
    person: User, identity: UUID, *, title: str, minutes: int, began_at: datetime, at: datetime
) -> Sitting:
    """A sitting nobody's player saw. The same id with the same content is the same sitting."""
    records.check_moment(began_at, at=at)
    if sitting := _own_sitting(person, identity):
        _same_by_hand(person, sitting, title=title, minutes=minutes, began_at=began_at, at=at)
        return sitting
    sitting = Sitting.objects.create(
        id=identity,
        person=person,
        enrolment=cohorts.path_of(person),
        title=title,
        practised_ms=minutes * 60_000,
        by_hand=True,
        received_at=at,
        **_when(person, began_at),
    )
    audit.record("added by hand", subject=("sitting", identity), by=person.id, at=at)
    return sitting


def _same_by_hand(
    person: User, sitting: Sitting, *, title: str, minutes: int, began_at: datetime, at: datetime
) -> None:
    if (sitting.title, sitting.practised_ms, sitting.began_at) == (title, minutes * 60_000, began_at):
        return
    content = json.dumps({"title": title, "minutes": minutes, "began_at": began_at.isoformat()})
    _keep_twin(person, "sitting", sitting.id, content, at=at)


@transaction.atomic
def correct(person: User, identity: UUID, *, minutes: int, at: datetime) -> None:
    """The person's own figure stands from now on; what was counted is kept beside it."""
    sitting = _own_sitting(person, identity)
    if sitting is None:
        raise NotKnown("There is no such sitting.")
    sitting.corrected_ms = minutes * 60_000
    sitting.save(update_fields=["corrected_ms"])
    audit.record("corrected", subject=("sitting", identity), by=person.id, at=at)


@transaction.atomic
def delete_sitting(person: User, identity: UUID, *, at: datetime) -> None:
    """Let go of a sitting. Its id stays, and its private lines stay the person's."""
    try:
        sitting = _own_sitting(person, identity)
    except Gone:
        return
    if sitting is None:
        raise NotKnown("There is no such sitting.")
    Twin.objects.filter(
        person=person, subject__in=[identity, *sitting.events.values_list("id", flat=True)]
    ).delete()
    sitting.delete()
    Deleted.objects.create(id=identity, person=person, at=at)
    audit.record("deleted", subject=("sitting", identity), by=person.id, at=at)


def keep_line(person: User, identity: UUID, *, body: str, sitting: UUID | None, at: datetime) -> Reflection:
    """Seal a private line and keep it. Raises Refused, NotKnown, Gone, or Differs (then both are kept)."""
    line = records.check_line(body)
    try:
        return _keep_line(person, identity, line, sitting, at=at)
    except IntegrityError:
        return _keep_line(person, identity, line, sitting, at=at)


def _keep_line(person: User, identity: UUID, line: str, sitting: UUID | None, *, at: datetime) -> Reflection:
    with transaction.atomic():
        stored = _own_line(person, identity)
        if stored is None:
            return _write_line(person, identity, line, sitting, at=at)
        differs = keys.unseal(person, stored.sealed) != line
        if differs:
            _keep_twin(person, "line", identity, line, at=at)
    if differs:
        raise Differs("Another line is there under the same id. Both are kept, side by side.")
    return stored


def _own_line(person: User, identity: UUID) -> Reflection | None:
    if stored := Reflection.objects.select_for_update().filter(id=identity).first():
        if stored.person_id != person.id:
            raise NotKnown("There is no such line.")
        return stored
    if gone := Deleted.objects.filter(id=identity).first():
        if gone.person_id != person.id:
            raise NotKnown("There is no such line.")
        raise Gone("You deleted this line.")
    return None


def _write_line(person: User, identity: UUID, line: str, sitting: UUID | None, *, at: datetime) -> Reflection:
    return Reflection.objects.create(
        id=identity,
        person=person,
        sitting=Sitting.objects.filter(id=sitting, person=person).first() if sitting else None,
        sealed=keys.seal(person, line),
        written_at=at,
        day=day_of(at, zone=person.time_zone, boundary_minutes=person.day_boundary_minutes),
    )


@transaction.atomic
def delete_line(person: User, identity: UUID, *, at: datetime) -> None:
    try:
        stored = _own_line(person, identity)
    except Gone:
        return
    if stored is None:
        raise NotKnown("There is no such line.")
    Twin.objects.filter(person=person, subject=identity).delete()
    stored.delete()
    Deleted.objects.create(id=identity, person=person, at=at)
    audit.record("deleted", subject=("line", identity), by=person.id, at=at)


def erase(person: User, *, at: datetime) -> None:
    SittingEvent.objects.filter(sitting__person=person).delete()
    for kept in (Reflection, Sitting, Twin, Deleted):
        kept.objects.filter(person=person).delete()
