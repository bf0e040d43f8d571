"""The lock on one's own pages: setting it, closing them now, and opening them again."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from heartwood.web.kit.privacy import private
from heartwood.web.people import locking, queries
from heartwood.web.people.forms import LockForm
from heartwood.web.people.models import Lock, User
from heartwood.web.people.onward import onward

FORMS = ["GET", "HEAD", "POST"]


@sensitive_post_parameters("pin")
@private
@login_required
@require_http_methods(FORMS)
def settings(request: HttpRequest) -> HttpResponse:
    """Whoever could not come back if they forgot their PIN is led to a way back first."""
    person = cast(User, request.user)
    has_pin = Lock.objects.filter(person=person).exclude(pin="").exists()
    form = LockForm(
        request.POST if request.method == "POST" else None,
        initial={"minutes": person.lock_minutes or ""},
        has_pin=has_pin, has_passkey=bool(queries.passkeys(person)),
    )  # fmt: skip
    may_lock = queries.has_way_back(person)
    if request.method == "POST" and form.is_valid() and (may_lock or not form.cleaned_data["minutes"]):
        locking.lock_after(
            person, form.cleaned_data["minutes"], pin=form.cleaned_data["pin"],
            session=str(request.session.session_key), at=timezone.now(),
        )  # fmt: skip
        return redirect(f"{request.path}?kept=1")
    shown = {"form": form, "may_lock": may_lock, "kept": "kept" in request.GET}
    return render(request, "people/lock.html", shown, status=422 if form.errors else 200)


@private
@login_required
@require_POST
def lock_now(request: HttpRequest) -> HttpResponse:
    locking.close_here(str(request.session.session_key))
    return redirect("people:locked")


@sensitive_post_parameters("pin")
@private
@login_required
@require_http_methods(FORMS)
def locked(request: HttpRequest) -> HttpResponse:
    """Open one's pages again, on a page of its own or on the curtain before another."""
    person, at, session = cast(User, request.user), timezone.now(), str(request.session.session_key)
    going = onward(request, otherwise="/today/")
    is_open = request.method != "POST" and locking.is_open(person, session=session, at=at)
    if person.lock_minutes is None or is_open:
        return redirect(going)
    error = locking.try_pin(person, request.POST.get("pin", ""), at=at) if request.method == "POST" else ""
    if request.method == "POST" and not error:
        locking.open_here(person, session=session, at=at)
        return _answer(request, "") or redirect(going)
    shown = {
        "next": going, "error": error, "passkeys": len(queries.passkeys(person)),
        "has_pin": Lock.objects.filter(person=person).exclude(pin="").exists(),
    }  # fmt: skip
    page = render(request, "people/locked.html", shown, status=422 if error else 200)
    return (_answer(request, error) if error else None) or page


def _answer(request: HttpRequest, error: str) -> HttpResponse | None:
    """For the curtain, which asks from a page that stays as it is."""
    if request.headers.get("Accept") != "application/json":
        return None
    return JsonResponse({"error": error}, status=422 if error else 200)
