"""What the player sends and asks. Errors are problem details (RFC 9457)."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from itertools import chain
from typing import Annotated, Any, Literal, cast
from uuid import UUID

import structlog
from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.security import django_auth
from pydantic import Field, StrictBool, StrictInt

from heartwood.errors import HeartwoodError
from heartwood.practice import device_clock
from heartwood.practice.counting import Kind, Observation
from heartwood.web.cohorts import queries as cohorts
from heartwood.web.kit import mishaps, problems
from heartwood.web.library import hearing
from heartwood.web.library import queries as library
from heartwood.web.people import actions as people
from heartwood.web.people.forms import DayForm, boundaries, zones
from heartwood.web.people.models import User
from heartwood.web.practices import actions
from heartwood.web.practices.records import (
    LONGEST_LINE,
    LONGEST_PROMPT,
    LONGEST_REFLECTION,
    LONGEST_TAG,
    MOST_TAGS,
    Differs,
    Gone,
    NotKnown,
    Refused,
    moment,
)


class Described(NinjaAPI):
    """An interface whose description says in which form its errors come."""

    def get_openapi_schema(self, **places: Any) -> OpenAPISchema:
        described = super().get_openapi_schema(**places)
        for operation in chain.from_iterable(path.values() for path in described["paths"].values()):
            for status, answer in operation["responses"].items():
                if int(status) >= 400:
                    answer["content"] = {problems.MEDIA_TYPE: {"schema": _PROBLEM}}
                    answer["description"] = HTTPStatus(int(status)).phrase
        return described


_PROBLEM = {"$ref": "#/components/schemas/Problem"}

api = Described(
    title="Heartwood",
    version="1",
    auth=django_auth,
    urls_namespace="api",
    docs_url=None,
    openapi_url="/openapi.json",
)

Whole = Annotated[int, Field(ge=0, le=2**31 - 1)]
Tag = Annotated[str, Field(max_length=LONGEST_TAG)]
Moment = Annotated[int, Field(ge=-(2**53), le=2**53)]
"""A device's clock, in milliseconds since 1970."""


class Problem(Schema):
    """What went wrong, as RFC 9457 has it. `detail` is a sentence fit to be shown."""

    type: str
    status: int
    title: str
    detail: str


RESTS = {Kind.PAUSED, Kind.FINISHED, Kind.LEFT}
KEEPING: frozenset[int] = frozenset({400, 401, 403, 404, 409, 410, 413, 422, 503})
ASKING: frozenset[int] = frozenset({404, 503})


_WRITTEN: dict[str, Any] = {
    "minLength": 1,
    "maxLength": LONGEST_LINE,
    "pattern": r"[^\s\x00-\x1f\x85]",
}


class Event(Schema):
    """One observation of a player."""

    id: UUID
    sequence: Whole
    kind: Kind
    position_ms: Whole
    wall_ms: Moment


class Batch(Schema):
    """Observations of one sitting, with what the server must know of it besides.

    sent_ms  the device's clock as it sends, by which a wrong one is told
    """

    rendering: UUID
    practice: str = ""
    sent_ms: Moment | None = None
    events: Annotated[list[Event], Field(min_length=1, max_length=500)]


class Acknowledged(Schema):
    """These ids are on disk.

    corrected  told when the sound rests: the person's course was corrected so that it is safer to
               practise, and they have not decided about it yet
    """

    acknowledged: list[UUID]
    practised_ms: int
    corrected: bool = False


class Progress(Schema):
    state: str
    progress: int


class WrittenLine(Schema):
    """A private line. That something is written is described here, and refused in words by the action."""

    body: Annotated[str, Field(json_schema_extra=_WRITTEN)]
    sitting: UUID | None = None


class WrittenPage(Schema):
    """A page of the journal as an open page saves it. What fits is refused in words by the action.

    writing, number, base  which open page saves, for the how many-th time, and from which revision it began
    save                   the id of this saving, answered when it is on disk
    """

    body: Annotated[str, Field(json_schema_extra={**_WRITTEN, "maxLength": LONGEST_REFLECTION})]
    tags: Annotated[list[Tag], Field(max_length=MOST_TAGS)] = []
    prompt: Annotated[str, Field(max_length=LONGEST_PROMPT)] = ""
    kind: Literal["free", "morning", "evening"] = "free"
    writing: UUID
    number: Whole
    base: Whole
    save: UUID


class LateSettings(Schema):
    """What somebody changed without a connection, and when that was by their device's clock."""

    time_zone: Annotated[str, Field(json_schema_extra={"enum": [name for name, _ in zones()]})]
    day_boundary_minutes: Annotated[
        StrictInt, Field(json_schema_extra={"enum": [minutes for minutes, _ in boundaries()]})
    ]
    counting_off: StrictBool
    wall_ms: Moment
    sent_ms: Moment | None = None


class Kept(Schema):
    id: UUID


class KeptPage(Schema):
    """This saving is on disk."""

    id: UUID
    revision: int


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
    """Keep a private line, sealed under its writer's key."""
    person = cast(User, request.user)
    actions.keep_line(person, identity, body=line.body, sitting=line.sitting, at=timezone.now())
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


def _made_at(told: LateSettings, *, at: datetime) -> datetime:
    """When it was changed, by a clock that may be wrong; nothing is changed in the future."""
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


_STATUS: dict[type[HeartwoodError], tuple[int, str]] = {
    Refused: (422, "This cannot be kept"),
    NotKnown: (404, "There is no such thing"),
    Gone: (410, "This was deleted"),
    Differs: (409, "There is another under the same id"),
}


@api.exception_handler(HeartwoodError)
def say_refusal(request: HttpRequest, error: HeartwoodError) -> HttpResponse:
    status, title = _STATUS.get(type(error), (422, "This cannot be kept"))
    return problems.answer(status, title, str(error))


@api.exception_handler(DatabaseError)
@api.exception_handler(OSError)
def say_mishap(request: HttpRequest, error: Exception) -> HttpResponse:
    """A machine that can keep nothing just now; whoever sends keeps it and tries again."""
    mishap = mishaps.known(error)
    if mishap is None:
        raise error
    title, body, _remedy = mishaps.words(mishap)
    structlog.get_logger().error("not kept", why=mishap.value)
    response = problems.answer(503, title, body)
    response["Retry-After"] = str(mishaps.SECONDS_TO_WAIT)
    return response


@api.exception_handler(AuthenticationError)
def say_signed_out(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return problems.answer(401, "You are signed out", "Sign in again; what waits on this device stays there.")


@api.exception_handler(ValidationError)
def say_malformed(request: HttpRequest, error: ValidationError) -> HttpResponse:
    first = error.errors[0]
    place = ".".join(str(part) for part in first["loc"] if part not in {"body", "batch", "line", "page"})
    return problems.answer(
        422, "This cannot be kept", f"{place or 'The body'}: {first['msg']}. Nothing was stored."
    )


@api.exception_handler(HttpError)
def say_http(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problems.answer(error.status_code, "This cannot be read", f"{error.message}. Nothing was stored.")


@api.exception_handler(RequestDataTooBig)
def say_too_big(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    return problems.answer(413, "This is too large", "Send it in smaller parts. Nothing was stored.")
