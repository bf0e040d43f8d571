"""Errors for programs: problem details (RFC 9457), whoever says them.

The player's own script reads them, so below /api/ no error is a page.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse

MEDIA_TYPE = "application/problem+json"


def wants_them(request: HttpRequest) -> bool:
    """Whether a program is asking."""
    return request.path.startswith("/api/")


def answer(status: int, title: str, detail: str) -> HttpResponse:
    """`title` says what kind of thing happened, `detail` what became of this one. Kept by no cache."""
    response = JsonResponse(
        {"type": "about:blank", "status": status, "title": title, "detail": detail},
        status=status,
        content_type=MEDIA_TYPE,
    )
    response["Cache-Control"] = "no-store"
    return response
