"""The pages of the second step: giving it at sign-in, setting it up, and taking it away.

allauth makes and checks the codes; here stands what is counted, kept and said.
"""

from __future__ import annotations

from typing import Any, cast

from allauth.account.internal.stagekit import get_pending_stage
from allauth.mfa.base.views import authenticate, reauthenticate
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils import timezone

from heartwood.web.kit.address import client_address
from heartwood.web.kit.privacy import private
from heartwood.web.kit.secure import tell_once
from heartwood.web.people import limits, second_step
from heartwood.web.people.models import User
from heartwood.web.people.views.signing_in import too_often


@private
def give(request: HttpRequest) -> HttpResponse:
    """The code after the password. Wrong ones are counted here by address, and by allauth by account."""
    if request.method != "POST":
        return cast(HttpResponse, authenticate(request))
    if "code" not in request.POST:
        return redirect("mfa_authenticate")
    tried = limits.begin(address=client_address(request), account=_account(request), at=timezone.now())
    if tried is None:
        return too_often(request)
    response = cast(HttpResponse, authenticate(request))
    if request.user.is_authenticated:
        limits.succeeded(tried)
        tell_once(request)
    return response


def _account(request: HttpRequest) -> str:
    """Whose code it is: people in one room share an address, but not each other's tries."""
    stage = get_pending_stage(request)
    return f"second step of {stage.login.user.pk}" if stage and stage.login.user else "second step"


@private
def confirm(request: HttpRequest) -> HttpResponse:
    """The code once more, before the ways of signing in are changed."""
    return cast(HttpResponse, reauthenticate(request))


class TurnOn(ActivateTOTPView):
    def form_valid(self, form: Any) -> HttpResponse:
        person = cast(User, self.request.user)
        try:
            with transaction.atomic():
                super().form_valid(form)
                second_step.note_app(person, at=timezone.now())
        except IntegrityError:
            return redirect("mfa_deactivate_totp")
        return redirect("mfa_view_recovery_codes")


class TurnOff(DeactivateTOTPView):
    success_url = reverse_lazy("people:settings")

    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            response = cast(HttpResponse, super().form_valid(form))
            second_step.let_go_of_app(cast(User, self.request.user), at=timezone.now())
        return response


class NewCodes(GenerateRecoveryCodesView):
    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            response = cast(HttpResponse, super().form_valid(form))
            second_step.note_new_codes(cast(User, self.request.user), at=timezone.now())
        return response


turn_on = private(TurnOn.as_view())
turn_off = private(TurnOff.as_view())
codes = private(ViewRecoveryCodesView.as_view())
new_codes = private(NewCodes.as_view())
