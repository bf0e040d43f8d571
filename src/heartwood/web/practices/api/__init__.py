"""What the player sends and asks. Errors are problem details (RFC 9457)."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import django_auth

from heartwood.practice import device_clock
from heartwood.practice.counting import Kind, Observation
from heartwood.web.cohorts import queries as cohorts
from heartwood.web.library import hearing
from heartwood.web.library import queries as library
from heartwood.web.people import actions as people
from heartwood.web.people.forms import DayForm
from heartwood.web.people.models import User
from heartwood.web.practices import actions
from heartwood.web.practices.api.refusals import HANDLERS, Described, Problem
from heartwood.web.practices.api.shapes import (
    Acknowledged,
    Batch,
    Kept,
    KeptPage,
    LateSettings,
    Progress,
    WrittenAct,
    WrittenLine,
    WrittenPage,
)
from heartwood.web.practices.records import NotKnown, Refused, moment

api = Described(
    title="Heartwood",
    version="1",
    auth=django_auth,
    urls_namespace="api",
    docs_url=None,
    openapi_url="/openapi.json",
)
for kind, say in HANDLERS:
    api.add_exception_handler(kind, say)

RESTS = {Kind.PAUSED, Kind.FINISHED, Kind.LEFT}
KEEPING: frozenset[int] = frozenset({400, 401, 403, 404, 409, 410, 413, 422, 503})
ASKING: frozenset[int] = frozenset({404, 503})


@api.post(
    "/sittings/{uuid:identity}/events", response={200: Acknowledged, KEEPING: Problem}, url_name="events"
)
def keep_events(request: HttpRequest, identity: UUID, batch: Batch) -> dict[str, Any]:
    """Keep what a player observed. Sent again it is answered as the first time."""
    seen = [Observation(str(e.id), e.sequence, e.kind, e.position_ms, e.wall_ms) for e in batch.events]
    person = cast(User, request.user)
    kept = actions.keep_observations(
        person,
        identity,
        rendering=batch.rendering,
        observations=seen,
        sent_ms=batch.sent_ms,
        at=timezone.now(),
    )
    rests = any(one.kind in RESTS for one in seen)
    return {
        "acknowledged": kept.acknowledged,
        "practised_ms": kept.practised_ms,
        "corrected": rests and cohorts.is_corrected(person),
    }


@api.put("/reflections/{uuid:identity}", response={200: Kept, KEEPING: Problem}, url_name="reflection")
def keep_line(request: HttpRequest, identity: UUID, line: WrittenLine) -> dict[str, Any]:
    """Keep a private line, sealed under its writer's key, on the day it was written."""
    person, at = cast(User, request.user), _made_at(line, at=timezone.now())
    actions.keep_line(person, identity, body=line.body, sitting=line.sitting, at=at)
    return {"id": identity}


@api.put("/journal/{uuid:identity}", response={200: KeptPage, KEEPING: Problem}, url_name="journal")
def keep_page(request: HttpRequest, identity: UUID, page: WrittenPage) -> dict[str, Any]:
    """Keep a page of the journal while it is written, sealed under its writer's key."""
    revision = actions.keep_reflection(
        cast(User, request.user),
        identity,
        actions.Written(page.body, tuple(page.tags), page.prompt, page.kind),
        saving=actions.Saving(page.writing, page.number, page.base),
        at=timezone.now(),
    )
    return {"id": page.save, "revision": revision}


@api.put("/acts/{uuid:identity}", response={200: Kept, KEEPING: Problem}, url_name="act")
def keep_act(request: HttpRequest, identity: UUID, act: WrittenAct) -> dict[str, Any]:
    """Keep a caring act that waited on a device, sealed under its writer's key, on the day it was written."""
    at = _made_at(act, at=timezone.now())
    actions.keep_act(cast(User, request.user), identity, line=act.line, direction=act.direction, at=at)
    return {"id": identity}


@api.put("/settings/{uuid:identity}", response={200: Kept, KEEPING: Problem}, url_name="settings")
def keep_settings(request: HttpRequest, identity: UUID, told: LateSettings) -> dict[str, Any]:
    """Keep settings that waited on a device, unless they were changed since."""
    at = timezone.now()
    form = DayForm(told.dict())
    if not form.is_valid():
        [[first, *_], *_] = form.errors.values()
        raise Refused(f"{first} Nothing was stored.")
    people.describe_late(
        cast(User, request.user),
        made_at=_made_at(told, at=at),
        at=at,
        **form.cleaned_data,
    )
    return {"id": identity}


def _made_at(told: LateSettings | WrittenAct | WrittenLine, *, at: datetime) -> datetime:
    """When it was done, by a clock that may be wrong; nothing is done in the future. Untold, it is now."""
    if told.wall_ms is None:
        return at
    now_ms = round(at.timestamp() * 1000)
    amiss = device_clock.amiss_ms(told.wall_ms, sent_ms=told.sent_ms, now_ms=now_ms, else_ms=now_ms)
    return min(at, moment(told.wall_ms + amiss))


@api.get(
    "/renderings/{uuid:identity}",
    response={200: Progress, ASKING: Problem},
    url_name="rendering",
    auth=None,
)
def rendering(request: HttpRequest, identity: UUID) -> dict[str, Any]:
    """How far a practice has been spoken, for whoever may hear it."""
    found = library.rendering(identity)
    person = request.user if isinstance(request.user, User) else None
    if found is None or not hearing.may_hear(person, found):
        raise NotKnown("There is no such practice.")
    return {"state": found.state, "progress": found.progress}
