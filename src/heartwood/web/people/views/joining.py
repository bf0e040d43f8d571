"""The page behind a link: an account for somebody new, or the way back for somebody known."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from heartwood.web.kit import errors
from heartwood.web.kit.once import PageForm
from heartwood.web.kit.privacy import secret_address
from heartwood.web.kit.secure import tell_once
from heartwood.web.people import actions, addresses, invitations, signing_up
from heartwood.web.people.forms import AccountForm
from heartwood.web.people.invitations import Door, State
from heartwood.web.people.models import Invitation, User
from heartwood.web.people.proof import remember_return

BACKEND = "django.contrib.auth.backends.ModelBackend"


@secret_address
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Looking uses nothing up, since mail programs and messengers open links ahead of people."""
    door = invitations.look_up(token, at=timezone.now())
    returning = door.invitation is not None and door.invitation.kind == Invitation.Kind.RETURN
    if _is_for_a_participant(door) and (sign_up := signing_up.state()) is not signing_up.State.OPEN:
        return _not_open(request, sign_up)
    if request.method == "POST":
        return _come_back(request, token) if returning else _open_account(request, token, door)
    if door.state is not State.OPEN:
        return _closed(request, door)
    if returning:
        return render(request, "people/come_back.html", {"form": PageForm()})
    if request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    return _account_page(request, AccountForm(), door)


def _open_account(request: HttpRequest, token: str, door: Door) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect(settings.JOINED_REDIRECT_URL)
    if door.state in {State.UNKNOWN, State.EXPIRED}:
        return _closed(request, door)
    form = AccountForm(request.POST)
    if not form.is_valid():
        return _account_page(request, form, door) if door.state is State.OPEN else _closed(request, door)
    given = form.cleaned_data
    account = actions.Account(name=given["name"], email=given["email"], time_zone=given["time_zone"])
    try:
        outcome = actions.open_account(token, account, page=given["page_id"], at=timezone.now())
    except actions.AddressTaken:
        form.say_address_is_taken()
        return _account_page(request, form, door)
    if isinstance(outcome, Door):
        return _closed(request, outcome)
    addresses.ask_to_confirm(outcome, at=timezone.now())
    return _enter(request, outcome, settings.JOINED_REDIRECT_URL)


def _come_back(request: HttpRequest, token: str) -> HttpResponse:
    form = PageForm(request.POST)
    page: UUID | None = form.cleaned_data["page_id"] if form.is_valid() else None
    outcome = actions.come_back(token, page=page, at=timezone.now())
    if isinstance(outcome, Door):
        return _closed(request, outcome)
    response = _enter(request, outcome, "people:way-back")
    remember_return(request, at=timezone.now())
    return response


def _enter(request: HttpRequest, person: User, where: str) -> HttpResponse:
    login(request, person, backend=BACKEND)
    tell_once(request)
    return redirect(where)


def _account_page(request: HttpRequest, form: AccountForm, door: Door) -> HttpResponse:
    context = {
        "form": form,
        "is_owner": door.invitation is not None and door.invitation.kind == Invitation.Kind.OWNER,
        "minimum_age": settings.MINIMUM_AGE,
    }
    return render(request, "people/join.html", context, status=422 if form.errors else 200)


def _is_for_a_participant(door: Door) -> bool:
    return door.invitation is not None and door.invitation.kind == Invitation.Kind.PARTICIPANT


def _not_open(request: HttpRequest, sign_up: signing_up.State) -> HttpResponse:
    """The link is good, and the door behind it is shut for now; no fault of whoever holds the link."""
    if sign_up is signing_up.State.NOBODY_NAMED:
        title = _("Sign-up is not open yet")
        body = _("Whoever runs this Heartwood has not said yet how people can reach them.")
    else:
        title = _("Sign-up is closed just now")
        body = _("Whoever runs this Heartwood has closed it for a while. It is nothing about you.")
    remedy = _("Your link is not used up. Try it again in a day, or tell the person who sent it.")
    return errors.page(request, status=503, title=title, body=body, remedy=remedy)


def _closed(request: HttpRequest, door: Door) -> HttpResponse:
    if door.state is State.UNKNOWN:
        return errors.page(
            request,
            status=404,
            title=_("This link opens nothing"),
            body=_("A part of it may be missing. Links are long and easily cut."),
            remedy=_("Copy it whole, or ask for a new one."),
        )
    if door.state is State.EXPIRED:
        return errors.page(
            request,
            status=410,
            title=_("This link has run out"),
            body=_("Links stay open for a while and then close by themselves."),
            remedy=_("Ask the person who sent it for a new one."),
        )
    return errors.page(
        request,
        status=410,
        title=_("This link was already used"),
        body=_("Each link opens once. If it was you, your account is there."),
        remedy=_("Sign in, or ask the person who sent the link for another."),
    )
