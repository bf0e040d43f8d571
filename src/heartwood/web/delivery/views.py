"""The page behind a letter's own link: it stops one kind of message."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from heartwood.web.delivery import actions, kinds, queries, stopping
from heartwood.web.kit import errors
from heartwood.web.kit.privacy import secret_address


@csrf_exempt  # mail programs post here by themselves (RFC 8058); the signed link is the permission
@secret_address
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Looking changes nothing. Pressing, or a mail program's post, stops the kind, once or many times."""
    meant = stopping.read(token)
    if meant is None:
        return errors.page(
            request,
            status=404,
            title=_("This link opens nothing"),
            body=_("A part of it may be missing, or the account it belongs to is gone."),
            remedy=_("Copy it whole, or change what is sent to you in your settings."),
        )
    person, kind = meant
    if request.method == "POST":
        if request.POST.get("again"):
            actions.resume(person, kind)
        else:
            actions.stop(person, kind, at=timezone.now())
    told = {"name": kinds.optional()[kind], "stopped": queries.has_stopped(person, kind)}
    return render(request, "delivery/stop.html", told)
