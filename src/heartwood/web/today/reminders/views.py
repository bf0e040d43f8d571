"""The page of reminders, the answer to their one question, and what a reminder with own words opens."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from heartwood.errors import HeartwoodError
from heartwood.web.delivery import devices
from heartwood.web.delivery.webpush import Browser
from heartwood.web.kit.privacy import private, secret_address
from heartwood.web.people import browsers
from heartwood.web.people.models import User
from heartwood.web.today.reminders import actions, addresses, pages, queries
from heartwood.web.today.reminders.forms import ReminderForm, said_before


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reminders(request: HttpRequest) -> HttpResponse:
    person = cast(User, request.user)
    wish, ways = queries.wish_of(person), queries.ways_open(person)
    planned = None if wish else queries.planned_time(person)
    form = ReminderForm(request.POST or None, ways=ways, initial=said_before(wish, planned=planned))
    if request.method == "POST" and form.is_valid():
        actions.keep(person, form.wish(), at=timezone.now())
        messages.success(request, _("Kept."))
        return redirect("today:reminders")
    page = pages.reminders_page(person, wish, ways)
    told = {"page": page, "form": form}
    return render(request, "today/reminders/reminders.html", told, status=422 if form.errors else 200)


@private
@login_required
@require_POST
def answer(request: HttpRequest) -> HttpResponse:
    """Go on as before, or no more. Whatever else is sent changes nothing."""
    person, said = cast(User, request.user), request.POST.get("answer")
    if said == "go-on":
        actions.go_on(person, at=timezone.now())
        messages.success(request, _("They go on as before."))
    elif said == "stop":
        actions.stop(person, at=timezone.now())
        messages.success(request, _("No reminders come any more."))
    return redirect("today:reminders")


@private
@login_required
@require_POST
def add_device(request: HttpRequest) -> HttpResponse:
    """What the browser gave away so that it can be reached; what cannot be used is refused in a sentence."""
    given = {name: request.POST.get(name, "") for name in ("endpoint", "p256dh", "auth")}
    kind = browsers.kind_of(request.headers.get("User-Agent", ""))
    try:
        devices.add(cast(User, request.user), Browser(**given), kind=kind, at=timezone.now())
    except HeartwoodError as refusal:
        messages.error(request, f"{refusal} {_('This device was not added.')}")
        return redirect("today:reminders")
    messages.success(request, _("Notes can come to this device now. Choose when."))
    return redirect("today:reminders")


@private
@login_required
@require_POST
def remove_device(request: HttpRequest, device: UUID) -> HttpResponse:
    """Pressed twice, or for a device that is somebody else's: nothing is said of it."""
    devices.remove(cast(User, request.user), device)
    messages.success(request, _("No notes come to that device any more."))
    return redirect("today:reminders")


@private
@login_required
@require_POST
def calendar_address(request: HttpRequest) -> HttpResponse:
    """Make an address, in place of the one before, or close it. It is shown on this answer alone."""
    person = cast(User, request.user)
    if request.POST.get("address") != "make":
        addresses.close(person)
        messages.success(request, _("The address is closed. It opens nothing any more."))
        return redirect("today:reminders")
    told = {"address": addresses.make(person, at=timezone.now())}
    return render(request, "today/reminders/calendar.html", told)


@secret_address
@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """For a calendar program, without signing in. A guessed address is answered as any that is not there."""
    person = addresses.person_behind(token)
    if person is None:
        raise Http404
    from heartwood.web.today.reminders import calendar as calendars  # 9 MB that most servers never need

    with translation.override(person.language):
        text = calendars.of(queries.wish_of(person))
    return HttpResponse(text, content_type="text/calendar; charset=utf-8")


@private
@login_required
@require_safe
def own_words(request: HttpRequest) -> JsonResponse:
    """What the person's own browser puts into a note, so that no one else sees it. None for the discreet."""
    person = cast(User, request.user)
    wish = None if person.discreet else queries.wish_of(person)
    return JsonResponse({"body": queries.words_of(wish) if wish else ""})


@private
@login_required
@require_safe
def reminded(request: HttpRequest) -> HttpResponse:
    """One's own words, and the way to today's practice."""
    wish = queries.wish_of(cast(User, request.user))
    words = queries.words_of(wish) if wish else ""
    return render(request, "today/reminders/reminded.html", {"words": words})
