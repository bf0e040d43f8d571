"""A sitting by hand: added, corrected, let go of."""

from __future__ import annotations

import json
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from heartwood.web.cohorts import queries as cohorts
from heartwood.web.kit import audit
from heartwood.web.people import keys
from heartwood.web.people.days import clock_then
from heartwood.web.people.models import User
from heartwood.web.practices import records
from heartwood.web.practices.actions.letting_go import let_go
from heartwood.web.practices.actions.owning import own_sitting
from heartwood.web.practices.actions.twins import keep_twin
from heartwood.web.practices.models import Sitting, Twin
from heartwood.web.practices.records import Gone, NotKnown
from heartwood.web.practices.titles import title_of


def add_by_hand(
    person: User, identity: UUID, *, title: str, minutes: int, began_at: datetime, at: datetime
) -> Sitting:
    """A sitting nobody's player saw. The same id with the same content is the same sitting."""
    records.check_moment(began_at, at=at)
    try:
        return _add(person, identity, title=title, minutes=minutes, began_at=began_at, at=at)
    except IntegrityError:
        return _add(person, identity, title=title, minutes=minutes, began_at=began_at, at=at)


@transaction.atomic
def _add(
    person: User, identity: UUID, *, title: str, minutes: int, began_at: datetime, at: datetime
) -> Sitting:
    if sitting := own_sitting(person, identity):
        _keep_if_other(person, sitting, title=title, minutes=minutes, began_at=began_at, at=at)
        return sitting
    clock = clock_then(person, began_at)
    sitting = Sitting.objects.create(
        id=identity,
        person=person,
        enrolment=cohorts.path_of(person),
        sealed_title=keys.seal(person, title),
        practised_ms=minutes * 60_000,
        by_hand=True,
        began_at=began_at,
        zone=clock.time_zone,
        day_boundary_minutes=clock.day_boundary_minutes,
        day=clock.day(began_at),
        received_at=at,
    )
    audit.record("added by hand", subject=("sitting", identity), by=person.id, at=at)
    return sitting


def _keep_if_other(
    person: User, sitting: Sitting, *, title: str, minutes: int, began_at: datetime, at: datetime
) -> None:
    if (title_of(sitting), sitting.practised_ms, sitting.began_at) == (title, minutes * 60_000, began_at):
        return
    content = json.dumps({"title": title, "minutes": minutes, "began_at": began_at.isoformat()})
    keep_twin(person, "sitting", sitting.id, content, at=at)


@transaction.atomic
def correct(person: User, identity: UUID, *, minutes: int, at: datetime) -> None:
    """The person's own figure stands from now on; what was counted is kept beside it.

    Raises NotKnown or Gone.
    """
    sitting = own_sitting(person, identity)
    if sitting is None:
        raise NotKnown("There is no such sitting.")
    sitting.corrected_ms = minutes * 60_000
    sitting.save(update_fields=["corrected_ms"])
    audit.record("corrected", subject=("sitting", identity), by=person.id, at=at)


@transaction.atomic
def delete_sitting(person: User, identity: UUID, *, at: datetime) -> None:
    """Let go of a sitting; for a short while it can be brought back.

    Its id stays, and its private lines stay the person's. Raises NotKnown.
    """
    try:
        sitting = own_sitting(person, identity)
    except Gone:
        return
    if sitting is None:
        raise NotKnown("There is no such sitting.")
    events = list(sitting.events.all())
    twins = Twin.objects.filter(person=person, subject__in=[identity, *(event.id for event in events)])
    lines = sitting.lines.values_list("id", flat=True)
    let_go(person, identity, kind="sitting", rows=[sitting, *events, *twins], lines=lines, at=at)
    twins.delete()
    sitting.delete()
