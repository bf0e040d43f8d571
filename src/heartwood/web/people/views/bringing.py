"""Bring your things with you: a file from another server, looked at before it comes in."""

from __future__ import annotations

from io import BytesIO
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from heartwood.web.kit.privacy import private
from heartwood.web.people import luggage, unpacking
from heartwood.web.people.bringing import Line
from heartwood.web.people.luggage import Refused
from heartwood.web.people.models import User


class InMemoryUpTo(FileUploadHandler):
    """Keeps an upload in memory, never on the disk, and reads past what is too large without keeping it."""

    def __init__(self, largest: int) -> None:
        super().__init__()
        self._largest = largest
        self.is_too_large = False
        self._content = BytesIO()

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *rest: Any) -> None:
        self.is_too_large = content_length > self._largest + 64 * 1024

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.is_too_large = self.is_too_large or start + len(raw_data) > self._largest
        if self.is_too_large:
            self._content = BytesIO()
            raise StopUpload(connection_reset=False)
        self._content.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile:
        self._content.seek(0)
        return UploadedFile(self._content, self.file_name, self.content_type, file_size)


def _before_reading(request: HttpRequest) -> HttpResponse:
    """Says how an upload is read, before anything (the protection of forms) reads it."""
    handler = InMemoryUpTo(luggage.LARGEST)
    request.upload_handlers = [handler]
    return _page(request, handler)


bring = private(login_required(require_http_methods(["GET", "HEAD", "POST"])(csrf_exempt(_before_reading))))
"""Open to whoever is signed in: nobody else's upload is read at all."""


@csrf_protect
def _page(request: HttpRequest, handler: InMemoryUpTo) -> HttpResponse:
    person = cast(User, request.user)
    if request.method != "POST":
        return _look(request, person)
    step = request.POST.get("step", "look")
    if step == "bring":
        return _bring(request, person)
    if step == "leave":
        unpacking.leave(person)
        return redirect("people:bring")
    return _keep(request, person, handler)


def _look(request: HttpRequest, person: User) -> HttpResponse:
    at = timezone.now()
    told = unpacking.waiting(person, at=at)
    if told is None:
        return _ask(request)
    lines = unpacking.look(person, told, at=at)
    return render(request, "people/bring.html", {"step": "look", "made_at": told.made_at, **_parted(lines)})


def _keep(request: HttpRequest, person: User, handler: InMemoryUpTo) -> HttpResponse:
    if handler.is_too_large:
        return _ask(request, why=str(luggage.too_large()))
    file = request.FILES.get("file")
    if file is None:
        return _ask(request, why=_("Choose the file first."))
    try:
        unpacking.keep(person, file.read(), at=timezone.now())
    except Refused as refused:
        return _ask(request, why=str(refused))
    return redirect("people:bring")


def _bring(request: HttpRequest, person: User) -> HttpResponse:
    with_settings = "with_settings" in request.POST
    try:
        lines = unpacking.bring(person, with_settings=with_settings, at=timezone.now())
    except Refused as refused:
        return _ask(request, why=str(refused))
    if lines is None:
        return redirect("people:bring")
    return render(request, "people/bring.html", {"step": "here", **_parted(lines)})


def _ask(request: HttpRequest, *, why: str = "") -> HttpResponse:
    context = {"step": "ask", "why": why, "largest": luggage.LARGEST_MB}
    return render(request, "people/bring.html", context, status=422 if why else 200)


def _parted(lines: list[Line]) -> dict[str, Any]:
    return {
        "coming": [line for line in lines if not line.stays],
        "staying": [line for line in lines if line.stays],
        "has_new": any(line.came.new for line in lines),
    }
