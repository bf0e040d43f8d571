"""allauth's forms for passkeys and codes, refusing in words what is no credential at all.

allauth reads a credential that a browser made; one that a person forged can
break the reading anywhere below, and that must be an answer, not an accident.
"""

from __future__ import annotations

import struct
from typing import Any

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, LoginWebAuthnForm, ReauthenticateWebAuthnForm
from cryptography.exceptions import InvalidSignature
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from heartwood.web.people import addresses
from heartwood.web.people.names import fold_email

_MALFORMED = (KeyError, IndexError, TypeError, ValueError, AttributeError, struct.error, InvalidSignature)


class SignIn(LoginWebAuthnForm):
    def clean_credential(self) -> Authenticator:
        try:
            return super().clean_credential()
        except _MALFORMED as error:
            raise get_adapter().validation_error("incorrect_code") from error


class Confirm(ReauthenticateWebAuthnForm):
    def clean_credential(self) -> Authenticator:
        try:
            return super().clean_credential()
        except _MALFORMED as error:
            raise get_adapter().validation_error("incorrect_code") from error


class Add(AddWebAuthnForm):
    def clean(self) -> dict[str, Any]:
        try:
            cleaned: dict[str, Any] = super().clean()
        except _MALFORMED as error:
            raise get_adapter().validation_error("incorrect_code") from error
        return cleaned


class _CodeMixin:
    """The field of a code, in our words."""

    LABEL = _("The code from your app, or one of those on paper")
    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        code.label = self.LABEL
        code.widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric"}
        code.error_messages["required"] = _("Type the code.")


class SecondStep(_CodeMixin, AuthenticateForm):
    pass


class SecondStepAgain(_CodeMixin, ReauthenticateForm):
    pass


class FirstCode(_CodeMixin, ActivateTOTPForm):
    LABEL = _("The code that your app shows")

    def clean_code(self) -> str:
        try:
            code: str = super().clean_code()
        except ValidationError as error:
            if error.code != "incorrect_code":
                raise
            raise ValidationError(
                _("This is not the code for this secret. Wait for the next one that the app shows.")
            ) from error
        return code


class AskForCode(RequestLoginCodeForm):
    """Only a confirmed address gets a code: one with a typing error is somebody else's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        email = self.fields["email"]
        email.label = _("E-mail address")
        email.widget.attrs = {"autocomplete": "email"}
        email.error_messages = {
            **email.error_messages,
            "required": _("Type the e-mail address of your account."),
            "invalid": _("This does not look like an e-mail address. Check it."),
        }

    def clean_email(self) -> str:
        email = fold_email(super().clean_email()) or ""
        self._user = addresses.person_with(email)
        return email


class GiveCode(ConfirmLoginCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        code.label = _("The code from the letter")
        code.widget.attrs = {"autocomplete": "one-time-code", "autocapitalize": "characters"}
        code.error_messages["required"] = _("Type the code from the letter.")
