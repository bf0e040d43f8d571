"""Letters to oneself, and the two short moments of a day: its intention and its dedication."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from heartwood.web.kit.ids import new_id
from heartwood.web.kit.privacy import private
from heartwood.web.people.models import User
from heartwood.web.practices import actions, queries
from heartwood.web.practices.records import Differs, Gone, NotKnown, Refused, RefusedDay

EVENING_FROM = 15
"""From this hour on the evening stands first."""


@sensitive_post_parameters()
@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def letters(request: HttpRequest) -> HttpResponse:
    """Write one, and see which are on their way."""
    if request.method != "POST":
        return _letters(request)
    body, day = request.POST.get("body", ""), request.POST.get("opens_on", "")
    try:
        identity = _identity(request.POST.get("id", ""))
        actions.keep_letter(_person(request), identity, body=body, opens_on=_day(day), at=timezone.now())
    except Refused as error:
        return _letters(request, body=body, day=day, error=error, identity=request.POST.get("id", ""))
    except Differs as error:
        messages.info(request, str(error))
    except (NotKnown, Gone):
        raise Http404 from None
    else:
        messages.success(request, _("Your letter is sealed. It will say when it is here."))
    return redirect("practices:letters")


def _letters(
    request: HttpRequest, *, body: str = "", day: str = "", error: Refused | None = None, identity: str = ""
) -> HttpResponse:
    page = queries.letters_page(_person(request), at=timezone.now())
    draft = {
        "id": identity or new_id(), "body": body, "day": day or page.usual.isoformat(),
        "error": error, "is_day": isinstance(error, RefusedDay),
    }  # fmt: skip
    context = {"page": page, "draft": draft}
    return render(request, "practices/letters.html", context, status=422 if error else 200)


@private
@login_required
@require_safe
def letter(request: HttpRequest, identity: UUID) -> HttpResponse:
    return _letter(request, identity)


def _letter(request: HttpRequest, identity: UUID, *, error: str = "") -> HttpResponse:
    page = queries.letter_of(_person(request), identity, at=timezone.now())
    if page is None:
        raise Http404
    context = {"page": page, "error": error}
    return render(request, "practices/letter.html", context, status=422 if error else 200)


@private
@login_required
@require_POST
def open_letter(request: HttpRequest, identity: UUID) -> HttpResponse:
    return _done(
        request, identity, lambda: actions.open_letter(_person(request), identity, at=timezone.now())
    )


@private
@login_required
@require_POST
def put_off(request: HttpRequest, identity: UUID) -> HttpResponse:
    day = _day(request.POST.get("opens_on", ""))
    return _done(
        request,
        identity,
        lambda: actions.put_off_letter(_person(request), identity, opens_on=day, at=timezone.now()),
    )


@private
@login_required
@require_POST
def decline(request: HttpRequest, identity: UUID) -> HttpResponse:
    return _done(
        request, identity, lambda: actions.decline_letter(_person(request), identity, at=timezone.now())
    )


def _done(request: HttpRequest, identity: UUID, do: Callable[[], None]) -> HttpResponse:
    """Back to the letter; what cannot be done is said there."""
    try:
        do()
    except Refused as error:
        return _letter(request, identity, error=str(error))
    except (NotKnown, Gone):
        raise Http404 from None
    return redirect("practices:letter", identity)


@private
@login_required
@require_POST
def delete(request: HttpRequest, identity: UUID) -> HttpResponse:
    """At once; for an hour it is offered back."""
    try:
        actions.delete_letter(_person(request), identity, at=timezone.now())
    except NotKnown:
        raise Http404 from None
    return redirect("practices:letters")


@sensitive_post_parameters()
@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def day(request: HttpRequest) -> HttpResponse:
    """A word for the morning, a sentence for the evening; each in one field, and neither asked for."""
    if request.method != "POST":
        return _day_page(request)
    body, kind = request.POST.get("body", ""), request.POST.get("kind", "")
    if not body.strip():
        return redirect("practices:day")
    try:
        identity = _identity(request.POST.get("id", ""))
        written = actions.Written(body, kind="evening" if kind == "evening" else "morning")
        actions.keep_reflection(
            _person(request), identity, written, saving=actions.Saving(identity), at=timezone.now()
        )
    except Refused as error:
        return _day_page(request, body=body, kind=kind, error=str(error))
    except Differs as error:
        messages.info(request, str(error))
        return redirect("practices:page", identity)
    except (NotKnown, Gone):
        raise Http404 from None
    messages.success(request, _("Kept."))
    return redirect("practices:day")


def _day_page(request: HttpRequest, *, body: str = "", kind: str = "", error: str = "") -> HttpResponse:
    person, at = _person(request), timezone.now()
    written = queries.today_pages(person, at=at)
    late = at.astimezone(person.zone).hour >= EVENING_FROM
    halves = [_half("morning", written, body, kind, error), _half("evening", written, body, kind, error)]
    context = {"halves": halves[::-1] if late else halves, "asks": queries.asks_now(person, at=at)}
    return render(request, "practices/day.html", context, status=422 if error else 200)


def _half(
    name: str, written: list[queries.JournalPage], body: str, kind: str, error: str
) -> dict[str, object]:
    is_this = kind == name
    return {
        "kind": name,
        "written": [page for page in written if page.kind == name],
        "body": body if is_this else "",
        "error": error if is_this else "",
        "id": new_id(),
    }


def _person(request: HttpRequest) -> User:
    return cast(User, request.user)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _identity(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Refused(_("This page has lost its id. Copy what you wrote, and load the page again.")) from None
