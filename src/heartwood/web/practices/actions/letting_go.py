"""Deleting with a way back: for a short while what was deleted lies sealed, and then it is gone.

The rows themselves are deleted at once, and the id stays taken, so that no late
copy from a device brings anything back by itself. Only its person does.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.core import serializers
from django.db import models, transaction
from django.db.models import Q

from heartwood.web.kit import audit
from heartwood.web.people import erasure, keys
from heartwood.web.people.models import User
from heartwood.web.practices.models import (
    CaringAct,
    Deleted,
    LetGo,
    Letter,
    Reflection,
    Sitting,
    SittingEvent,
    Twin,
    VoiceNote,
)
from heartwood.web.practices.records import NotKnown

FOR = timedelta(hours=1)


def let_go(
    person: User, identity: UUID, *, kind: str, rows: Iterable[models.Model], lines: Iterable[UUID] = (),
    at: datetime,
) -> None:  # fmt: skip
    """Seal the rows for a while and take the id; the caller deletes them, in the same transaction.

    lines  private lines that stay, and belong to what is brought back
    """
    content = {"rows": serializers.serialize("python", list(rows)), "lines": [str(line) for line in lines]}
    LetGo.objects.create(
        id=identity,
        person=person,
        kind=kind,
        sealed=keys.seal(person, json.dumps(content, default=_as_text)),
        until=at + FOR,
    )
    Deleted.objects.create(id=identity, person=person, at=at)
    audit.record("deleted", subject=(kind, identity), by=person.id, at=at)


@transaction.atomic
def bring_back(person: User, identity: UUID, *, at: datetime) -> None:
    """Put everything back as it was. A second time changes nothing. Raises NotKnown once it is gone."""
    kept = LetGo.objects.select_for_update().filter(id=identity, person=person, until__gt=at).first()
    if kept is None:
        if Deleted.objects.filter(id=identity, person=person).exists() or not _is_here(person, identity):
            raise NotKnown("There is nothing to bring back.")
        return
    content = json.loads(keys.unseal(person, kept.sealed))
    Deleted.objects.filter(id=identity).delete()
    for row in serializers.deserialize("python", content["rows"], ignorenonexistent=True):
        _without_lost_sitting(row.object).save(force_insert=True)
    if content["lines"]:
        Reflection.objects.filter(id__in=content["lines"], person=person).update(sitting=identity)
    kept.delete()
    audit.record("brought back", subject=(kept.kind, identity), by=person.id, at=at)


@transaction.atomic
def erase_path(person: User, path: UUID, *, at: datetime) -> None:
    """Delete for good what was sat on a path and written with it. The ids stay taken.

    What was deleted before and could still be brought back is gone too: it may be of this path.
    """
    sittings = Sitting.objects.filter(person=person, enrolment=path)
    lines = Reflection.objects.filter(person=person, sitting__in=sittings)
    events = SittingEvent.objects.filter(sitting__in=sittings)
    for rows in (sittings.values("id"), lines.values("id"), events.values("id")):
        Twin.objects.filter(Q(subject__in=rows), person=person).delete()
    gone = [*sittings.values_list("id", flat=True), *lines.values_list("id", flat=True)]
    Deleted.objects.bulk_create(Deleted(id=one, person=person, at=at) for one in gone)
    lines.delete()
    sittings.delete()
    LetGo.objects.filter(person=person).delete()


def forget(*, at: datetime) -> int:
    """Delete for good what nobody brought back in time, from the database's log too. Returns how much."""
    gone, _ = LetGo.objects.filter(until__lte=at).delete()
    if gone:
        erasure.empty_log()
    return gone


def _without_lost_sitting(row: models.Model) -> models.Model:
    """A line whose sitting was deleted after it comes back alone, as a line stays when its sitting goes."""
    if isinstance(row, Reflection) and not Sitting.objects.filter(id__in=[row.sitting_id]).exists():
        row.sitting_id = None
    return row


def _is_here(person: User, identity: UUID) -> bool:
    kinds: tuple[type[models.Model], ...] = (CaringAct, Letter, Reflection, Sitting, VoiceNote)
    return any(kind._default_manager.filter(id=identity, person=person).exists() for kind in kinds)


def _as_text(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
