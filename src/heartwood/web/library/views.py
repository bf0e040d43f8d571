"""Sound files, for those who may hear them."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from heartwood.practice.captions import captions
from heartwood.practice.chapters import chapters_as_vtt
from heartwood.web.library import actions, hearing, queries, ranges, room
from heartwood.web.library.models import Rendering
from heartwood.web.people.models import User


@require_safe
def sound(request: HttpRequest, identity: UUID) -> HttpResponseBase:
    """The finished file or the slice of it that is asked for. Nobody learns what they may not hear.

    A file that got lost is made again for whoever has an account and may hear it; a stranger never starts a
    rendering.
    """
    made = queries.rendering(identity)
    if made is None or not _may_hear(request, made):
        raise Http404
    path = queries.sound_file(made)
    if path is None:
        if isinstance(request.user, User):
            actions.make_again(made, at=timezone.now())
        raise Http404
    room.note_heard(made, at=timezone.now())
    size = cast(int, made.bytes)
    try:
        wanted = _asked(request, made, size)
    except ranges.PastTheEnd:
        return _described(HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"}), made)
    part = wanted or ranges.Slice(0, size - 1)
    pieces = ranges.chunks(path, part) if request.method == "GET" else ()
    response = StreamingHttpResponse(pieces, status=206 if wanted else 200, content_type="audio/mp4")
    response["Content-Length"] = str(part.length)
    if wanted:
        response["Content-Range"] = f"bytes {part.first}-{part.last}/{size}"
    return _described(response, made)


@require_safe
def track(request: HttpRequest, identity: UUID, kind: str) -> HttpResponse:
    """The lines as captions, or the chapters, of a finished sound: WebVTT, for whoever may hear it."""
    made = queries.rendering(identity)
    if made is None or not _may_hear(request, made) or not made.timeline:
        raise Http404
    timeline = queries.timeline_of(made)
    text = chapters_as_vtt(timeline) if kind == "chapters" else captions(timeline)
    response = HttpResponse(text, content_type="text/vtt; charset=utf-8")
    response["Cache-Control"] = "private, max-age=86400"
    return response


def _asked(request: HttpRequest, made: Rendering, size: int) -> ranges.Slice | None:
    """The range, unless it was asked for on the condition of another file; only a GET has one."""
    if request.method != "GET" or request.headers.get("If-Range", _tag(made)) != _tag(made):
        return None
    return ranges.asked_slice(request.headers.get("Range", ""), size)


def _described(response: HttpResponseBase, made: Rendering) -> HttpResponseBase:
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = _tag(made)
    response["Cache-Control"] = "private, max-age=86400"
    return response


def _tag(made: Rendering) -> str:
    return f'"{made.sha256[:32]}"'


def _may_hear(request: HttpRequest, made: Rendering) -> bool:
    return hearing.may_hear(request.user if isinstance(request.user, User) else None, made)
