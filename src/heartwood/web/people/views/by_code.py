"""Signing in with a code that was sent by mail, and confirming the address that it goes to."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from allauth.account.internal.stagekit import get_pending_stage
from allauth.account.views import confirm_login_code, request_login_code
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from heartwood.web.kit import errors
from heartwood.web.kit.address import client_address
from heartwood.web.kit.privacy import private, secret_address
from heartwood.web.people import addresses, letters, limits
from heartwood.web.people.models import User
from heartwood.web.people.names import fold_email
from heartwood.web.people.views.signing_in import too_often

View = Callable[[HttpRequest], HttpResponse]


@private
def ask(request: HttpRequest) -> HttpResponse:
    """allauth sends the code. The answer is the same whether or not somebody has this address."""
    _need_mail()
    return _counted(request, request_login_code, account=f"code {fold_email(request.POST.get('email', ''))}")


@private
def give(request: HttpRequest) -> HttpResponse:
    """allauth checks the code; wrong ones are counted as wrong passwords are."""
    _need_mail()
    return _counted(request, confirm_login_code, account=_account(request))


def _account(request: HttpRequest) -> str:
    """Whose code it is: people in one room share an address, but not each other's tries."""
    stage = get_pending_stage(request)
    return f"code of {stage.login.user.pk}" if stage and stage.login.user else "code"


@private
@login_required
@require_POST
def ask_to_confirm(request: HttpRequest) -> HttpResponse:
    _need_mail()
    addresses.ask_to_confirm(cast(User, request.user), at=timezone.now())
    return redirect("/settings/?asked=1#signing-in")


@secret_address
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_address(request: HttpRequest, token: str) -> HttpResponse:
    """Looking confirms nothing, since mail programs open links ahead of people."""
    person = addresses.meant_by(token)
    if person is None:
        return errors.page(
            request,
            status=410,
            title=_("This link no longer confirms anything"),
            body=_("It lasts seven days, and only for the address that it was sent to."),
            remedy=_("Ask for a new one in your settings."),
        )
    if request.method == "POST":
        addresses.confirm(person, at=timezone.now())
    return render(request, "people/confirm_address.html", {"confirmed": addresses.is_confirmed(person)})


def _need_mail() -> None:
    if not letters.mail_works():
        raise Http404


def _counted(request: HttpRequest, view: View, *, account: str) -> HttpResponse:
    if request.method != "POST":
        return view(request)
    tried = limits.begin(address=client_address(request), account=account, at=timezone.now())
    if tried is None:
        return too_often(request)
    response = view(request)
    if request.user.is_authenticated:
        limits.succeeded(tried)
    return response
