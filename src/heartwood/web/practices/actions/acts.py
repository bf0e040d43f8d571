"""Caring acts: one sealed line and a direction, kept once, corrected, let go of."""

from __future__ import annotations

import json
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from heartwood.web.kit import audit
from heartwood.web.people import keys
from heartwood.web.people.days import day_then
from heartwood.web.people.models import User
from heartwood.web.practices import records
from heartwood.web.practices.actions.letting_go import let_go
from heartwood.web.practices.actions.owning import own_act
from heartwood.web.practices.actions.twins import keep_twin
from heartwood.web.practices.models import CaringAct, Twin
from heartwood.web.practices.records import Differs, Gone, NotKnown


def keep_act(person: User, identity: UUID, *, line: str, direction: str, at: datetime) -> CaringAct:
    """Seal a caring act and keep it. Raises Refused, NotKnown, Gone, or Differs (then both are kept)."""
    written = records.check_act(line)
    way = records.check_direction(direction)
    try:
        return _keep(person, identity, written, way, at=at)
    except IntegrityError:
        return _keep(person, identity, written, way, at=at)


def _keep(person: User, identity: UUID, line: str, direction: str, *, at: datetime) -> CaringAct:
    with transaction.atomic():
        stored = own_act(person, identity)
        if stored is None:
            return _write(person, identity, line, direction, at=at)
        differs = (keys.unseal(person, stored.sealed), stored.direction) != (line, direction)
        if differs:
            content = json.dumps({"line": line, "direction": direction}, ensure_ascii=False)
            keep_twin(person, "act", identity, content, at=at)
    if differs:
        raise Differs("Another act is there under the same id. Both are kept, side by side.")
    return stored


def _write(person: User, identity: UUID, line: str, direction: str, *, at: datetime) -> CaringAct:
    return CaringAct.objects.create(
        id=identity,
        person=person,
        direction=direction,
        sealed=keys.seal(person, line),
        written_at=at,
        day=day_then(person, at),
    )


@transaction.atomic
def correct_act(person: User, identity: UUID, *, line: str, direction: str, at: datetime) -> None:
    """Say it otherwise; it stays on its day. Raises Refused, NotKnown or Gone."""
    written, way = records.check_act(line), records.check_direction(direction)
    act = own_act(person, identity)
    if act is None:
        raise NotKnown("There is no such caring act.")
    act.sealed, act.direction = keys.seal(person, written), way
    act.save(update_fields=["sealed", "direction"])
    audit.record("corrected", subject=("act", identity), by=person.id, at=at)


@transaction.atomic
def delete_act(person: User, identity: UUID, *, at: datetime) -> None:
    """Let go of a caring act; for a short while it can be brought back. Raises NotKnown."""
    try:
        act = own_act(person, identity)
    except Gone:
        return
    if act is None:
        raise NotKnown("There is no such caring act.")
    twins = Twin.objects.filter(person=person, subject=identity)
    let_go(person, identity, kind="act", rows=[act, *twins], at=at)
    twins.delete()
    act.delete()
