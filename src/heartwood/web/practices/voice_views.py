"""Voice notes: recorded in the browser, kept sealed, heard by their speaker alone."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from heartwood.errors import HeartwoodError
from heartwood.web.kit import problems
from heartwood.web.kit.privacy import private
from heartwood.web.people.models import User
from heartwood.web.practices import actions, queries
from heartwood.web.practices.acts_views import _moment
from heartwood.web.practices.records import LONGEST_VOICE_MS, Differs, Gone, NotKnown


@private
@login_required
@require_safe
def voice(request: HttpRequest) -> HttpResponse:
    before = _moment(request.GET.get("before", ""))
    page = queries.voice_page(_person(request), before=before, at=timezone.now())
    return render(request, "practices/voice.html", {"page": page, "longest_ms": LONGEST_VOICE_MS})


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sound(request: HttpRequest, identity: UUID) -> HttpResponse:
    """One recording: sent by the device that made it, heard by whoever spoke it; always whole."""
    if request.method == "POST":
        return _keep(request, identity)
    found = queries.recording(_person(request), identity)
    if found is None:
        raise Http404
    media_type, content = found
    return HttpResponse(content, content_type=media_type, headers={"Accept-Ranges": "none"})


def _keep(request: HttpRequest, identity: UUID) -> HttpResponse:
    told = request.headers.get("X-Length-Ms", "")
    length_ms = int(told) if told.isascii() and told.isdigit() and len(told) < 9 else 0
    try:
        actions.keep_voice_note(
            _person(request),
            identity,
            request.body,
            media_type=(request.content_type or "").lower(),
            length_ms=length_ms,
            at=timezone.now(),
        )
    except RequestDataTooBig:
        return problems.answer(413, "This is too large", "A voice note lasts up to five minutes.")
    except (NotKnown, Gone):
        raise Http404 from None
    except HeartwoodError as error:
        return problems.answer(409 if isinstance(error, Differs) else 422, "This cannot be kept", str(error))
    return JsonResponse({"id": str(identity)})


@private
@login_required
@require_POST
def delete(request: HttpRequest, identity: UUID) -> HttpResponse:
    """At once; for an hour it is offered back."""
    try:
        actions.delete_voice_note(_person(request), identity, at=timezone.now())
    except NotKnown:
        raise Http404 from None
    return redirect("practices:voice")


def _person(request: HttpRequest) -> User:
    return cast(User, request.user)
