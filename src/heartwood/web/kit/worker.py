"""The service worker at its one address, and the address that gets rid of an old one."""

from __future__ import annotations

from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

WORKER = Path(__file__).parents[1] / "sw.js"


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Asked for anew every time, so that no browser stays with an old one."""
    return HttpResponse(
        WORKER.read_text(encoding="utf-8"),
        content_type="text/javascript; charset=utf-8",
        headers={"Cache-Control": "no-cache", "Service-Worker-Allowed": "/"},
    )


@require_safe
def fresh(request: HttpRequest) -> HttpResponse:
    """Always the newest: the worker and what it kept go, what waits to be sent stays."""
    response = render(request, "kit/fresh.html")
    response["Clear-Site-Data"] = '"cache"'
    response["Cache-Control"] = "no-store"
    return response
