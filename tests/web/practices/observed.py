"""What a player would send: observations as JSON, and the request that carries them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.test import Client

from heartwood.practice.counting import Kind, Observation
from heartwood.web.kit.ids import new_id
from heartwood.web.library.models import Rendering

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Event = dict[str, Any]


def milliseconds(moment: datetime) -> int:
    return (moment - EPOCH) // timedelta(milliseconds=1)


def event(sequence: int, kind: str, position_ms: int, moment: datetime) -> Event:
    """One observation as the browser writes it, with an id of its own."""
    return {
        "id": str(new_id()),
        "sequence": sequence,
        "kind": kind,
        "position_ms": position_ms,
        "wall_ms": milliseconds(moment),
    }


def half_a_minute(began: datetime) -> list[Event]:
    """Started, heard for thirty seconds with one report on the way, and paused."""
    return [
        event(0, "started", 0, began),
        event(1, "advanced", 10_000, began + timedelta(seconds=10)),
        event(2, "paused", 30_000, began + timedelta(seconds=30)),
    ]


def seen(events: Sequence[Event]) -> list[Observation]:
    """The same observations as the action takes them."""
    return [Observation(**{**one, "kind": Kind(one["kind"])}) for one in events]


def send(
    browser: Client,
    sitting: UUID,
    rendering: Rendering,
    events: Sequence[Event],
    *,
    sent: datetime | None = None,
) -> HttpResponse:
    """`sent` is what the device's clock says as it sends; an older player does not tell."""
    told = {"sent_ms": milliseconds(sent)} if sent else {}
    return browser.post(
        f"/api/sittings/{sitting}/events",
        {"rendering": str(rendering.id), "practice": rendering.script, "events": list(events), **told},
        content_type="application/json",
    )
