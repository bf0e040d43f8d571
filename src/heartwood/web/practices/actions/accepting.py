"""Sittings and private lines, brought from another server."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext_lazy
from pydantic import Field

from heartwood.practice.counting import Kind as Observed
from heartwood.web.people import keys
from heartwood.web.people.bringing import AT_ONCE, Bringing, Came, Day, Kind, Moment, Shape, read
from heartwood.web.people.luggage import Refused
from heartwood.web.practices import records
from heartwood.web.practices.actions import accepting_pages
from heartwood.web.practices.actions.twins import keep_twin
from heartwood.web.practices.models import (
    CaringAct,
    Deleted,
    Letter,
    Reflection,
    Sitting,
    SittingEvent,
    Twin,
    VoiceNote,
)

SITTINGS, LINES = gettext_lazy("Sittings"), gettext_lazy("Private lines")
ACTS = gettext_lazy("Caring acts")
TWINS = gettext_lazy("What came twice, with other content")
DELETED = gettext_lazy("Ids of what you deleted, so that no late copy brings it back")
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


class _Line(Shape):
    id: UUID
    sitting: UUID | None
    written_at: Moment
    day: Day
    body: str


class _Act(Shape):
    id: UUID
    direction: CaringAct.Direction
    written_at: Moment
    day: Day
    body: str


class _Twin(Shape):
    kind: Annotated[str, Field(max_length=12)]
    id: UUID
    content: str
    received_at: Moment


class _Deleted(Shape):
    id: UUID
    at: Moment


def take_sittings(bringing: Bringing, held: Mapping[str, Any]) -> Came:
    """Each sitting with what its player saw. One that is here, or was deleted here, stays as it is here."""
    told = {sitting.id: sitting for sitting in read(_Sitting, held["sittings"], name=SITTINGS)}
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


def take_lines(bringing: Bringing, held: Mapping[str, Any]) -> Came:
    """Each line, sealed anew under its writer's key of here. Where another stands under its id, both do."""
    told = {line.id: line for line in read(_Line, held["lines"], name=LINES)}
    here = bringing.settle(told, among=[(Reflection, "person_id"), (Deleted, "person_id")])
    new = [line for line in told.values() if bringing.ids[line.id] not in here]
    Reflection.objects.bulk_create([_line(bringing, line) for line in new], batch_size=AT_ONCE)
    stored = Reflection.objects.in_bulk([one for one, table in here.items() if table is Reflection])
    for line in told.values():
        known = stored.get(bringing.ids[line.id])
        if known and keys.unseal(bringing.person, known.sealed) != _body(line):
            keep_twin(bringing.person, "line", known.id, _body(line), at=bringing.at)
    return Came(len(new), len(told) - len(new))


def take_acts(bringing: Bringing, held: Mapping[str, Any]) -> Came:
    """Each caring act, by the same rules."""
    told = {act.id: act for act in read(_Act, held["caring_acts"], name=ACTS)}
    here = bringing.settle(told, among=[(CaringAct, "person_id"), (Deleted, "person_id")])
    new = [act for act in told.values() if bringing.ids[act.id] not in here]
    CaringAct.objects.bulk_create([_act(bringing, act) for act in new], batch_size=AT_ONCE)
    stored = CaringAct.objects.in_bulk([one for one, table in here.items() if table is CaringAct])
    for act in told.values():
        known, line = stored.get(bringing.ids[act.id]), _act_line(act)
        if known and (keys.unseal(bringing.person, known.sealed), known.direction) != (line, act.direction):
            content = json.dumps({"line": line, "direction": act.direction}, ensure_ascii=False)
            keep_twin(bringing.person, "act", known.id, content, at=bringing.at)
    return Came(len(new), len(told) - len(new))


def take_twins(bringing: Bringing, held: Mapping[str, Any]) -> Came:
    """What was kept twice belongs to what came along with it."""
    told = [twin for twin in read(_Twin, held["came_twice"], name=TWINS) if bringing.here(twin.id)]
    before = Twin.objects.filter(person=bringing.person).count()
    for twin in told:
        subject = bringing.ids[twin.id]
        keep_twin(bringing.person, twin.kind, subject, twin.content, at=twin.received_at)
    new = Twin.objects.filter(person=bringing.person).count() - before
    return Came(new, len(told) - new)


def take_deleted(bringing: Bringing, held: Mapping[str, Any]) -> Came:
    """A late copy from a device does not bring it back here either."""
    told = {gone.id: gone for gone in read(_Deleted, held["deleted"], name=DELETED)}
    tables = [(table, "person_id") for table in (Deleted, Sitting, Reflection, CaringAct, Letter, VoiceNote)]
    here = bringing.settle(told, among=tables)
    new = [gone for gone in told.values() if bringing.ids[gone.id] not in here]
    Deleted.objects.bulk_create(
        [Deleted(id=bringing.ids[gone.id], person=bringing.person, at=gone.at) for gone in new],
        batch_size=AT_ONCE,
    )
    return Came(len(new), len(told) - len(new))


def _sitting(bringing: Bringing, told: _Sitting) -> Sitting:
    return Sitting(
        id=bringing.ids[told.id],
        person=bringing.person,
        enrolment_id=bringing.here(told.path),
        practice=told.practice,
        title=told.title,
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


def _line(bringing: Bringing, told: _Line) -> Reflection:
    return Reflection(
        id=bringing.ids[told.id],
        person=bringing.person,
        sitting_id=bringing.here(told.sitting),
        sealed=keys.seal(bringing.person, _body(told)),
        written_at=told.written_at,
        day=told.day,
    )


def _act(bringing: Bringing, told: _Act) -> CaringAct:
    return CaringAct(
        id=bringing.ids[told.id],
        person=bringing.person,
        direction=told.direction,
        sealed=keys.seal(bringing.person, _act_line(told)),
        written_at=told.written_at,
        day=told.day,
    )


def _body(told: _Line) -> str:
    return _checked(records.check_line, told.body)


def _act_line(told: _Act) -> str:
    return _checked(records.check_act, told.body)


def _checked(check: Callable[[str], str], words: str) -> str:
    try:
        return check(words)
    except records.Refused as error:
        raise Refused(str(error)) from error


def _ms(seconds: float | None) -> int | None:
    return None if seconds is None else round(seconds * 1000)


ACCEPTS = (
    Kind(SITTINGS, ("sittings",), take_sittings),
    Kind(LINES, ("lines",), take_lines),
    Kind(ACTS, ("caring_acts",), take_acts),
    *accepting_pages.ACCEPTS,
    Kind(TWINS, ("came_twice",), take_twins),
    Kind(DELETED, ("deleted",), take_deleted),
)
STAYS = {"can_be_brought_back": gettext_lazy("It can be brought back for an hour, on that server only.")}
