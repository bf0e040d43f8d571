"""Signing in with a password or a passkey, and signing out."""

from __future__ import annotations

from typing import cast

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from allauth.mfa.webauthn.views import login_webauthn
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from heartwood.web.kit import errors
from heartwood.web.kit.address import client_address
from heartwood.web.kit.privacy import private
from heartwood.web.kit.secure import tell_once
from heartwood.web.people import letters, limits
from heartwood.web.people.forms import SignInForm
from heartwood.web.people.models import User
from heartwood.web.people.names import fold_email
from heartwood.web.people.onward import asked_for, onward


@private
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """One sentence for a wrong password and for an unknown address, so that neither tells who is here.

    Whoever has set up a second step is asked for it before they are signed in.
    """
    if request.user.is_authenticated:
        return redirect(_onward(request))
    form = SignInForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, form)
    email = fold_email(form.cleaned_data["email"]) or ""
    tried = limits.begin(address=client_address(request), account=email, at=timezone.now())
    if tried is None:
        return too_often(request)
    person = _recognised(email, form.cleaned_data["password"])
    if person is None:
        form.add_error(None, _("This address and this password do not go together. Try once more."))
        return _page(request, form)
    limits.succeeded(tried)
    login = Login(user=person, redirect_url=_onward(request))
    response = cast(HttpResponse, perform_login(request, login))
    if request.user.is_authenticated:
        tell_once(request)
    return response


@private
def sign_in_with_passkey(request: HttpRequest) -> HttpResponse:
    """allauth checks the passkey; the number of tries is counted as for a password."""
    if request.method != "POST":
        return cast(HttpResponse, login_webauthn(request))
    tried = limits.begin(address=client_address(request), account="passkey", at=timezone.now())
    if tried is None:
        return too_often(request)
    response = cast(HttpResponse, login_webauthn(request))
    if request.user.is_authenticated:
        limits.succeeded(tried)
    return response


@private
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    response = redirect(settings.LOGOUT_REDIRECT_URL)
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _recognised(email: str, password: str) -> User | None:
    """The person, after the same amount of work whether or not there is one."""
    person = User.objects.filter(email=email).first()
    if person is None or not person.has_usable_password():
        make_password(password)
        return None
    return person if person.check_password(password) else None


def _onward(request: HttpRequest) -> str:
    return onward(request, otherwise=resolve_url(settings.LOGIN_REDIRECT_URL))


def _page(request: HttpRequest, form: SignInForm) -> HttpResponse:
    return render(
        request,
        "people/sign_in.html",
        {"form": form, "next": asked_for(request), "mail_works": letters.mail_works()},
        status=422 if form.errors else 200,
    )


def too_often(request: HttpRequest) -> HttpResponse:
    response = errors.page(
        request,
        status=429,
        title=_("One moment, please"),
        body=_(
            "To keep accounts safe, signing in rests for a quarter of an hour from here. Nothing is lost."
        ),
        remedy=_("Wait a while, or ask whoever runs this Heartwood for a link back in."),
    )
    response["Retry-After"] = str(int(limits.WINDOW.total_seconds()))
    return response
