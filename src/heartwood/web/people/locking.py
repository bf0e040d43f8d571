"""The lock on somebody's own pages: after a while without a visit they open with a PIN or a passkey.

It keeps off whoever picks up an unlocked phone, not whoever owns the server. Help and *This moment* stay
open, and so does the way in for what a device kept: a lock stands in nobody's way on a bad day, and costs
no sitting.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from heartwood.web.kit import audit, problems
from heartwood.web.people import held
from heartwood.web.people.models import Lock, Opened, User

STAYS_OPEN = (
    "/api/renderings/", "/fresh/", "/healthz", "/help/", "/imprint/", "/locked/", "/mail/stop/", "/moment/",
    "/privacy/", "/settings/confirm/", "/sign-out/", "/sit/", "/sound/", "/static/", "/sw.js", "/terms/",
)  # fmt: skip
READING = ("GET", "HEAD", "OPTIONS")
TRIES = 5
"""Wrong ones at no cost. Each further one rests twice as long as the one before, an hour at most."""
FIRST_REST, LONGEST_REST = timedelta(minutes=1), timedelta(hours=1)
SEEN_ANEW = timedelta(seconds=10)
"""A visit is written down again after so long."""


@transaction.atomic
def lock_after(person: User, minutes: int | None, *, pin: str, session: str, at: datetime) -> None:
    """Lock somebody's pages after so many minutes, here and in every other browser; None: never.

    pin  empty to keep the one there is, or to open with a passkey alone
    """
    person.lock_minutes = minutes
    person.save(update_fields=["lock_minutes"])
    Opened.objects.filter(person=person).delete()
    if minutes is None:
        Lock.objects.filter(person=person).delete()
    else:
        kept, _made = Lock.objects.select_for_update().get_or_create(person=person)
        kept.pin, kept.tries, kept.rests_until = make_password(pin) if pin else kept.pin, 0, None
        kept.save()
        open_here(person, session=session, at=at)
    verb = "locked pages" if minutes else "unlocked pages"
    audit.record(verb, subject=("person", person.id), by=person.id, at=at)


def open_here(person: User, *, session: str, at: datetime) -> None:
    Opened.objects.update_or_create(session_key=session, defaults={"person": person, "at": at})


def close_here(session: str) -> None:
    Opened.objects.filter(session_key=session).delete()


def is_open(person: User, *, session: str, at: datetime) -> bool:
    """Whether this browser was used a short while ago. A visit still to come: a clock was set back."""
    found = Opened.objects.filter(session_key=session, person=person).first()
    if found is None or person.lock_minutes is None:
        return False
    return timedelta(0) <= at - found.at < timedelta(minutes=person.lock_minutes)


def seen(session: str, *, at: datetime) -> None:
    """They were here just now; a lock that falls meanwhile stays."""
    Opened.objects.filter(session_key=session, at__lt=at - SEEN_ANEW).update(at=at)


@transaction.atomic
def try_pin(person: User, pin: str, *, at: datetime) -> str:
    """Empty where it is the PIN, else a sentence. Tries are counted for the account, whatever the browser."""
    kept = Lock.objects.select_for_update().filter(person=person).first()
    if kept is None or not kept.pin:
        return _("There is no PIN. Use your passkey.")
    if not pin:
        return _("Type your PIN.")
    if kept.rests_until and timedelta(0) < kept.rests_until - at <= LONGEST_REST:
        return _("Too many wrong ones. Wait a little, then try again.")
    is_right = check_password(pin, kept.pin)
    kept.tries = 0 if is_right else kept.tries + 1
    kept.rests_until = None if kept.tries < TRIES else at + _rest(kept.tries)
    kept.save(update_fields=["tries", "rests_until"])
    return "" if is_right else _("This is not the PIN. Try once more.")


def _rest(tries: int) -> timedelta:
    doubled: int = 2 ** min(tries - TRIES, 10)
    return min(LONGEST_REST, FIRST_REST * doubled)


class KeepLocked:
    """After authentication: the pages of somebody who locks them open only where they were just used."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        at, before = timezone.now(), _proof(request)
        request.stays_open = _stays_open(request)  # type: ignore[attr-defined]  # for the page's frame
        response = self._get_response(request)
        if _proof(request) != before and isinstance(request.user, User) and request.user.lock_minutes:
            open_here(request.user, session=str(request.session.session_key), at=at)
        return response

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """What comes from elsewhere has been refused by now."""
        person, session, at = request.user, str(request.session.session_key), timezone.now()
        if not isinstance(person, User) or person.lock_minutes is None:
            return None
        if is_open(person, session=session, at=at):
            seen(session, at=at)
        elif _stays_open(request):
            return None
        elif not held.may_wait(request):
            return _closed(request)
        elif held.FIELD not in request.POST:
            return _waiting(request, person, "")
        elif error := try_pin(person, request.POST.get("pin", ""), at=at):
            return _waiting(request, person, error)
        else:
            open_here(person, session=session, at=at)
        if held.FIELD in request.POST:
            held.give_back(person, request)
        return None


def _stays_open(request: HttpRequest) -> bool:
    is_sent_in = request.path.startswith("/api/") and request.method not in READING
    return request.path == "/" or request.path.startswith(STAYS_OPEN) or is_sent_in


def _waiting(request: HttpRequest, person: User, error: str) -> HttpResponse:
    request.stays_open = True  # type: ignore[attr-defined]  # no curtain before the PIN
    shown = {"waited": held.seal(person, request), "error": error, "onward": request.get_full_path()}
    response = render(request, "people/waiting.html", shown, status=423)
    response["Cache-Control"] = "no-store, private"
    return response


def _proof(request: HttpRequest) -> tuple[object, ...]:
    """Who somebody is in this browser, and how often they have shown it."""
    person = request.user if isinstance(request.user, User) else None
    return request.user.pk, [told["at"] for told in get_authentication_records(request, person)]


def _closed(request: HttpRequest) -> HttpResponse:
    if problems.wants_them(request):
        return problems.answer(
            423, _("Your pages are locked"), _("Open them on a page first. Nothing was lost.")
        )
    onward = request.get_full_path() if request.method in READING else "/today/"
    response = redirect(f"{reverse('people:locked')}?{urlencode({'next': onward})}")
    response["Cache-Control"] = "no-store"
    return response
