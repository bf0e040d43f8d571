"""Sittings, with what their players saw, brought from another server."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext_lazy
from pydantic import Field

from heartwood.practice.counting import Kind as Observed
from heartwood.web.people import keys
from heartwood.web.people.bringing import AT_ONCE, Bringing, Came, Day, Kind, Moment, Shape, read
from heartwood.web.practices import records
from heartwood.web.practices.models import Deleted, Sitting, SittingEvent

NAME = gettext_lazy("Sittings")
A_DAY_MS = records.LONGEST_SITTING_MS
Seconds = Annotated[float, Field(ge=0, le=A_DAY_MS / 1000)]
Milliseconds = Annotated[int, Field(ge=-(2**53), le=2**53)]


class _Observation(Shape):
    id: UUID
    sequence: Annotated[int, Field(ge=0, le=records.MOST_SEQUENCE)]
    kind: Observed
    position_ms: Annotated[int, Field(ge=0, le=A_DAY_MS)]
    wall_ms: Milliseconds
    clock_amiss_ms: Milliseconds
    received_at: Moment


class _Sitting(Shape):
    id: UUID
    path: UUID | None
    practice: Annotated[str, Field(max_length=80)]
    title: Annotated[str, Field(max_length=200)]
    began_at: Moment
    zone: Annotated[str, Field(max_length=64)]
    day_boundary_minutes: Annotated[int, Field(ge=0, lt=1440)]
    day: Day
    length_seconds: Seconds | None
    practised_seconds: Seconds
    corrected_seconds: Seconds | None
    by_hand: bool
    finished: bool
    clock_was_wrong: bool
    received_at: Moment
    observations: list[_Observation]


def take_sittings(bringing: Bringing, held: Mapping[str, Any]) -> Came:
    """Each sitting with what its player saw. One that is here, or was deleted here, stays as it is here."""
    told = {sitting.id: sitting for sitting in read(_Sitting, held["sittings"], name=NAME)}
    here = bringing.settle(told, among=[(Sitting, "person_id"), (Deleted, "person_id")])
    new = [sitting for sitting in told.values() if bringing.ids[sitting.id] not in here]
    Sitting.objects.bulk_create([_sitting(bringing, one) for one in new], batch_size=AT_ONCE)
    seen = {event.id: (event, one) for one in new for event in one.observations}
    events_here = bringing.settle(seen, among=[(SittingEvent, "sitting__person_id")])
    events = [
        _event(bringing, event, one)
        for event, one in seen.values()
        if bringing.ids[event.id] not in events_here
    ]
    SittingEvent.objects.bulk_create(events, batch_size=AT_ONCE)
    return Came(len(new), len(told) - len(new))


def _sitting(bringing: Bringing, told: _Sitting) -> Sitting:
    return Sitting(
        id=bringing.ids[told.id],
        person=bringing.person,
        enrolment_id=bringing.here(told.path),
        practice=told.practice,
        title="" if told.by_hand else told.title,
        sealed_title=keys.seal(bringing.person, told.title) if told.by_hand else None,
        began_at=told.began_at,
        zone=bringing.zone(told.zone),
        day_boundary_minutes=told.day_boundary_minutes,
        day=told.day,
        length_ms=_ms(told.length_seconds),
        practised_ms=_ms(told.practised_seconds) or 0,
        corrected_ms=_ms(told.corrected_seconds),
        by_hand=told.by_hand,
        finished=told.finished,
        clock_was_wrong=told.clock_was_wrong,
        received_at=told.received_at,
    )


def _event(bringing: Bringing, seen: _Observation, sitting: _Sitting) -> SittingEvent:
    return SittingEvent(
        id=bringing.ids[seen.id],
        sitting_id=bringing.ids[sitting.id],
        sequence=seen.sequence,
        kind=seen.kind,
        position_ms=seen.position_ms,
        wall_ms=seen.wall_ms,
        amiss_ms=seen.clock_amiss_ms,
        received_at=seen.received_at,
    )


def _ms(seconds: float | None) -> int | None:
    return None if seconds is None else round(seconds * 1000)


ACCEPTS = (Kind(NAME, ("sittings",), take_sittings),)
