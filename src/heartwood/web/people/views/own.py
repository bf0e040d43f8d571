"""One's own settings: name, time, password, everything that is held, and leaving for good."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from allauth.mfa.models import Authenticator
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template import loader
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from heartwood.web.kit.once import PageForm
from heartwood.web.kit.privacy import private
from heartwood.web.people import (
    actions,
    addresses,
    erasure,
    holdings,
    leaving,
    letters,
    luggage,
    queries,
    readable,
)
from heartwood.web.people.forms import DiscreetForm, PasswordForm, SettingsForm
from heartwood.web.people.middleware import forget_here
from heartwood.web.people.models import User
from heartwood.web.people.proof import has_just_returned

View = Callable[[HttpRequest], HttpResponse]


def _own(view: View) -> View:
    """Signed in, and kept by no cache."""
    return private(login_required(require_http_methods(["GET", "HEAD", "POST"])(view)))


@_own
def settings(request: HttpRequest) -> HttpResponse:
    person = cast(User, request.user)
    if request.method != "POST":
        return _settings_page(request, SettingsForm(person=person))
    form = SettingsForm(request.POST, person=person)
    if not form.is_valid():
        return _settings_page(request, form)
    changes = {name: value for name, value in form.cleaned_data.items() if name != "page_id"}
    try:
        actions.describe(person, at=timezone.now(), **changes)
    except actions.AddressTaken:
        form.say_address_is_taken()
        return _settings_page(request, form)
    if "email" in form.changed_data:
        addresses.ask_to_confirm(person, at=timezone.now())
    return redirect(f"{request.path}?kept=1")


@_own
def discreet(request: HttpRequest) -> HttpResponse:
    """A plain name and icon, and no words on lock screens, for whoever wants others to see nothing."""
    person = cast(User, request.user)
    form = DiscreetForm(
        request.POST if request.method == "POST" else None, initial={"discreet": person.discreet}
    )
    if request.method == "POST" and form.is_valid():
        actions.describe(person, at=timezone.now(), discreet=form.cleaned_data["discreet"])
        return redirect(f"{request.path}?kept=1")
    return render(request, "people/discreet.html", {"form": form, "kept": "kept" in request.GET})


@_own
def way_back(request: HttpRequest) -> HttpResponse:
    """What to add so that the person can sign in again."""
    return render(
        request, "people/way_back.html", {"has_way_back": queries.has_way_back(cast(User, request.user))}
    )


@sensitive_post_parameters()
@_own
def password(request: HttpRequest) -> HttpResponse:
    person = cast(User, request.user)
    returned = has_just_returned(request, at=timezone.now())
    form = PasswordForm(request.POST or None, person=person, asks_current=not returned)
    if request.method != "POST" or not form.is_valid():
        return _password_page(request, form)
    try:
        actions.set_password(
            person, form.cleaned_data["password"], email=form.cleaned_data["email"], at=timezone.now()
        )
    except actions.AddressTaken:
        form.say_address_is_taken()
        return _password_page(request, form)
    update_session_auth_hash(request, person)
    return redirect("people:settings")


@private
@login_required
@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """Everything held about the person, by room, as one JSON file."""
    held = luggage.pack(holdings.collect_all(cast(User, request.user)), at=timezone.now())
    response = JsonResponse(held, json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Disposition"] = 'attachment; filename="heartwood-everything-held.json"'
    return response


@private
@login_required
@require_GET
def export_page(request: HttpRequest) -> HttpResponse:
    """The same as one page for reading and printing, to be kept as a file."""
    person = cast(User, request.user)
    here = timezone.localtime(timezone.now(), timezone=person.zone)
    parts = readable.parts_of(holdings.collect_all(person), zone=person.time_zone)
    context = {"parts": parts, "made_at": here, "zone": person.time_zone}
    with timezone.override(person.zone):
        response = HttpResponse(loader.render_to_string("people/held.html", context))
    response["Content-Disposition"] = 'attachment; filename="heartwood-everything-held.html"'
    return response


@_own
def erase(request: HttpRequest) -> HttpResponse:
    """At once, asked twice, on two pages; or with fourteen days to think, which can be taken back."""
    person, at = cast(User, request.user), timezone.now()
    step = request.POST.get("step", "sure?") if request.method == "POST" else "ask"
    if step == "later":
        leaving.ask(person, at=at)
        return redirect("people:erase")
    if step == "stay":
        stays = leaving.take_back(person, at=at)
        return redirect(f"{request.path}?staying=1" if stays else "people:erase")
    if step != "sure":
        context = {"form": PageForm(), "step": step, "day": leaving.last_day(person, at=at)}
        return render(request, "people/erase.html", {**context, "staying": "staying" in request.GET})
    erasure.erase(User.objects.get(id=person.id), by=person.id, at=at)
    logout(request)
    return forget_here(render(request, "people/erased.html"))


def _settings_page(request: HttpRequest, form: SettingsForm) -> HttpResponse:
    person = cast(User, request.user)
    ways_in = queries.ways_in(person)
    context = {
        "form": form,
        "kept": "kept" in request.GET,
        "has_password": person.has_usable_password(),
        "passkeys": sum(way.type == Authenticator.Type.WEBAUTHN for way in ways_in),
        "second_step": any(way.type == Authenticator.Type.TOTP for way in ways_in),
        "mail_works": letters.mail_works(),
        "confirmed": addresses.is_confirmed(person),
        "asked": "asked" in request.GET,
    }
    return render(request, "people/settings.html", context, status=422 if form.errors else 200)


def _password_page(request: HttpRequest, form: PasswordForm) -> HttpResponse:
    return render(request, "people/password.html", {"form": form}, status=422 if form.errors else 200)
