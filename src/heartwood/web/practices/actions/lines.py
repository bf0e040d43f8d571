"""Private lines, each sealed under its writer's own key."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from heartwood.web.people import keys
from heartwood.web.people.days import day_then
from heartwood.web.people.models import User
from heartwood.web.practices import records
from heartwood.web.practices.actions.letting_go import let_go
from heartwood.web.practices.actions.owning import own_line
from heartwood.web.practices.actions.twins import keep_twin
from heartwood.web.practices.models import Reflection, Sitting, Twin
from heartwood.web.practices.records import Differs, Gone, NotKnown


def keep_line(person: User, identity: UUID, *, body: str, sitting: UUID | None, at: datetime) -> Reflection:
    """Seal a private line and keep it. Raises Refused, NotKnown, Gone, or Differs (then both are kept)."""
    line = records.check_line(body)
    try:
        return _keep_line(person, identity, line, sitting, at=at)
    except IntegrityError:
        return _keep_line(person, identity, line, sitting, at=at)


def _keep_line(person: User, identity: UUID, line: str, sitting: UUID | None, *, at: datetime) -> Reflection:
    with transaction.atomic():
        stored = own_line(person, identity)
        if stored is None:
            return _write_line(person, identity, line, sitting, at=at)
        differs = keys.unseal(person, stored.sealed) != line
        if differs:
            keep_twin(person, "line", identity, line, at=at)
    if differs:
        raise Differs("Another line is there under the same id. Both are kept, side by side.")
    return stored


def _write_line(person: User, identity: UUID, line: str, sitting: UUID | None, *, at: datetime) -> Reflection:
    return Reflection.objects.create(
        id=identity,
        person=person,
        sitting=Sitting.objects.filter(id=sitting, person=person).first() if sitting else None,
        sealed=keys.seal(person, line),
        written_at=at,
        day=day_then(person, at),
    )


@transaction.atomic
def delete_line(person: User, identity: UUID, *, at: datetime) -> None:
    """Let go of a line; for a short while it can be brought back. Raises NotKnown."""
    try:
        stored = own_line(person, identity)
    except Gone:
        return
    if stored is None:
        raise NotKnown("There is no such line.")
    twins = Twin.objects.filter(person=person, subject=identity)
    let_go(person, identity, kind="line", rows=[stored, *twins], at=at)
    twins.delete()
    stored.delete()
