"""The page of help, for whoever opens it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from heartwood.web.care import queries


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Asks for nothing and keeps nothing."""
    context = {
        "lines": queries.confirmed(),
        "organisation": settings.ORGANISATION,
        "contact": settings.CONTACT,
        "contact_is_mail": "@" in settings.CONTACT and " " not in settings.CONTACT,
    }
    return render(request, "care/help.html", context)
