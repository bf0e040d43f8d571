"""Errors of the interface as problem details (RFC 9457)."""

from __future__ import annotations

from http import HTTPStatus
from itertools import chain
from typing import Any

import structlog
from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from heartwood.errors import HeartwoodError
from heartwood.web.kit import mishaps, problems
from heartwood.web.practices.records import Differs, Gone, NotKnown, Refused


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


class Problem(Schema):
    """What went wrong, as RFC 9457 has it. `detail` is a sentence fit to be shown."""

    type: str
    status: int
    title: str
    detail: str


_STATUS: dict[type[HeartwoodError], tuple[int, str]] = {
    Refused: (422, "This cannot be kept"),
    NotKnown: (404, "There is no such thing"),
    Gone: (410, "This was deleted"),
    Differs: (409, "There is another under the same id"),
}


def say_refusal(request: HttpRequest, error: HeartwoodError) -> HttpResponse:
    status, title = _STATUS.get(type(error), (422, "This cannot be kept"))
    return problems.answer(status, title, str(error))


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


def say_signed_out(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return problems.answer(401, "You are signed out", "Sign in again; what waits on this device stays there.")


_NO_FIELDS = frozenset({"body", "batch", "line", "page", "act"})
"""What an interface calls a body as a whole."""


def say_malformed(request: HttpRequest, error: ValidationError) -> HttpResponse:
    first = error.errors[0]
    place = ".".join(
        str(part) for part in first["loc"] if part not in {"body", "batch", "line", "page", "act"}
    )
    return problems.answer(
        422, "This cannot be kept", f"{place or 'The body'}: {first['msg']}. Nothing was stored."
    )


def say_http(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problems.answer(error.status_code, "This cannot be read", f"{error.message}. Nothing was stored.")


def say_too_big(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    return problems.answer(413, "This is too large", "Send it in smaller parts. Nothing was stored.")


HANDLERS: tuple[tuple[type[Exception], Any], ...] = (
    (HeartwoodError, say_refusal),
    (DatabaseError, say_mishap),
    (OSError, say_mishap),
    (AuthenticationError, say_signed_out),
    (ValidationError, say_malformed),
    (HttpError, say_http),
    (RequestDataTooBig, say_too_big),
)
