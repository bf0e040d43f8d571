"""What was kept twice, and the ids of what was deleted, brought from another server."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext_lazy
from pydantic import Field

from heartwood.web.people.bringing import AT_ONCE, Bringing, Came, Kind, Moment, Shape, read
from heartwood.web.practices.actions.twins import keep_twin
from heartwood.web.practices.models import (
    CaringAct,
    Deleted,
    Letter,
    Reflection,
    Sitting,
    Twin,
    VoiceNote,
)

TWINS = gettext_lazy("What came twice, with other content")
DELETED = gettext_lazy("Ids of what you deleted, so that no late copy brings it back")


class _Twin(Shape):
    kind: Annotated[str, Field(max_length=12)]
    id: UUID
    content: str
    received_at: Moment


class _Deleted(Shape):
    id: UUID
    at: Moment


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


ACCEPTS = (Kind(TWINS, ("came_twice",), take_twins), Kind(DELETED, ("deleted",), take_deleted))
