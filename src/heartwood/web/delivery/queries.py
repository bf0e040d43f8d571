"""What is read of due rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count

from heartwood.web.delivery.models import Device, Due, Stopped
from heartwood.web.people.models import User

AT_A_TIME = 50
CONCERNING = (Due.State.UNKNOWN, Due.State.REFUSED, Due.State.EXPIRED)


@dataclass(frozen=True, slots=True)
class Told:
    """One row as the operator may see it: nothing of who or what."""

    id: UUID
    channel: str
    kind: str
    state: str
    tries: int
    queued_at: datetime
    next_at: datetime | None
    answer: str


def next_due(channel: str, *, at: datetime) -> list[UUID]:
    """The ids of what may go now, the longest due first."""
    due = Due.objects.filter(channel=channel, state=Due.State.DUE, not_before__lte=at)
    return list(due.order_by("not_before", "id").values_list("id", flat=True)[:AT_A_TIME])


def counts(channel: str = "") -> dict[str, int]:
    """How many rows are in each state, of one channel or of all; every state is named."""
    rows = Due.objects.filter(channel=channel) if channel else Due.objects.all()
    found = dict(rows.order_by().values_list("state").annotate(Count("id")))
    return {state.value: found.get(state.value, 0) for state in Due.State}


def newest(*, limit: int, states: Sequence[str] = ()) -> list[Told]:
    """The newest rows, of all states or of some."""
    rows = Due.objects.filter(state__in=states) if states else Due.objects.all()
    return [
        Told(
            row.id,
            row.channel,
            row.kind,
            row.state,
            row.tries,
            row.queued_at,
            row.not_before if row.state == Due.State.DUE else None,
            row.answer,
        )
        for row in rows.order_by("-queued_at", "-id").defer("sealed")[:limit]
    ]


def is_concerning(channel: str, *, since: datetime) -> bool:
    """Whether something that ended since then did not go out, or may not have."""
    return Due.objects.filter(channel=channel, state__in=CONCERNING, ended_at__gt=since).exists()


def count_devices() -> int:
    return Device.objects.count()


def keys_sent(person: User, kind: str) -> set[str]:
    """Under which keys messages of a kind went out to a person, of the rows that are still there."""
    return set(
        Due.objects.filter(person=person, kind=kind, state=Due.State.SENT).values_list("key", flat=True)
    )


def has_stopped(person: User, kind: str) -> bool:
    return Stopped.objects.filter(person=person, kind=kind).exists()


def collect(person: User) -> dict[str, Any]:
    """Everything this room holds about a person, as JSON can say it."""
    rows = Due.objects.filter(person=person).defer("sealed").order_by("id")
    return {
        "messages": [
            {
                "channel": row.channel,
                "kind": row.kind,
                "state": row.state,
                "queued_at": row.queued_at.isoformat(),
                "ended_at": row.ended_at.isoformat() if row.ended_at else None,
            }
            for row in rows
        ],
        "devices": [
            {"kind": device.kind, "added_at": device.added_at.isoformat()}
            for device in Device.objects.filter(person=person).defer("sealed").order_by("id")
        ],
        "stopped_kinds": [
            {"kind": stopped.kind, "at": stopped.at.isoformat()}
            for stopped in Stopped.objects.filter(person=person).order_by("id")
        ],
    }
