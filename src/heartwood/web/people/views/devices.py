"""The page of browsers that are signed in."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from heartwood.web.kit.privacy import private
from heartwood.web.people import browsers
from heartwood.web.people.models import User


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def browsers_page(request: HttpRequest) -> HttpResponse:
    """A name ends that browser; a post without one ends all others. Twice is as once."""
    person, here, at = cast(User, request.user), request.session.session_key, timezone.now()
    if request.method != "POST":
        return render(
            request, "people/browsers.html", {"browsers": browsers.signed_in(person, here=here, at=at)}
        )
    if name := request.POST.get("browser"):
        browsers.end(person, name, here=here, at=at)
    else:
        browsers.end_others(person, here=here, at=at)
    return redirect("people:browsers")
