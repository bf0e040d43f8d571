"""Pages for when something does not work: what happened, what is safe, what to do next."""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils.html import escape
from django.utils.translation import gettext as _

from heartwood.web.kit import mishaps, problems


def page(request: HttpRequest, *, status: int, title: str, body: str, remedy: str) -> HttpResponse:
    """A kind page with one thing to do; for a program the same as problem details. Kept by no cache."""
    if problems.wants_them(request):
        return problems.answer(status, title, body)
    words = {"title": title, "body": body, "remedy": remedy, "status": status}
    response = HttpResponse(loader.render_to_string("kit/error.html", words, request), status=status)
    response["Cache-Control"] = "no-store"
    return response


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(
        request,
        status=404,
        title=_("This page is not here"),
        body=_("The address may have a typing error, or the page has moved."),
        remedy=_("Go back, or start again from the front page."),
    )


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(
        request,
        status=403,
        title=_("This page is not open to you"),
        body=_("It belongs to somebody else, or to whoever runs this Heartwood."),
        remedy=_("Ask the person who gave you the address, or go to the front page."),
    )


def malformed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(
        request,
        status=400,
        title=_("That could not be read"),
        body=_("What the browser sent is not something this page understands. Nothing was changed."),
        remedy=_("Go back, load the page again and try once more."),
    )


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """For a form whose proof of origin is missing or old: nothing was stored."""
    return page(
        request,
        status=403,
        title=_("This form is no longer fresh"),
        body=_("The page was open for a long time, or cookies are switched off. Nothing was changed."),
        remedy=_(
            "Go back, load the page again and send it once more. What you typed is still in the old page."
        ),
    )


def broken(request: HttpRequest) -> HttpResponse:
    """For an error nobody expected, and for a machine that can keep nothing.

    When even the page fails, the same words without it.
    """
    mishap = mishaps.known(sys.exc_info()[1])
    title, body, remedy = mishaps.words(mishap) if mishap else _unexpected()
    status = 503 if mishap else 500
    try:
        response = page(request, status=status, title=title, body=body, remedy=remedy)
    except Exception:  # whatever broke the page may break this one too
        plain = f"<h1>{escape(title)}</h1><p>{escape(body)}</p><p>{escape(remedy)}</p>"
        response = HttpResponse(
            f'<!doctype html><meta charset="utf-8"><title>{escape(title)}</title>{plain}', status=status
        )
    if mishap:
        response["Retry-After"] = str(mishaps.SECONDS_TO_WAIT)
    return response


def _unexpected() -> tuple[str, str, str]:
    return (
        _("Something broke here"),
        _("It is not your doing. Everything already kept is still there."),
        _("Try again in a moment. If it stays, tell whoever runs this Heartwood."),
    )
