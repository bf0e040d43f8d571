"""How allauth behaves here: it keeps passkeys and the second step, checks codes, and opens no accounts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from heartwood.web.kit.address import client_address
from heartwood.web.people import addresses, letters
from heartwood.web.people.drawn import code_of
from heartwood.web.people.models import User
from heartwood.web.people.proof import has_just_returned


class ClosedDoor(DefaultAccountAdapter):
    """Accounts are opened by our own links alone, and a passkey is a way in, not a second step."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": gettext_lazy("This is not the code that was sent. Look once more."),
        "too_many_login_attempts": gettext_lazy("One moment, please. Wait some minutes, then ask again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_stages(self) -> list[str]:
        return ["allauth.account.stages.LoginByCodeStage", "allauth.mfa.stages.AuthenticateStage"]

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def reauthenticate(self, user: User, password: str) -> bool:
        return user.check_password(password)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        return not has_just_returned(self.request, at=timezone.now())

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Our pages say what happened themselves."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """The one letter that allauth may ask for here: a code to sign in."""
        person = addresses.person_with(email)
        if template_prefix == "account/email/login_code" and person:
            letters.sign_in_code(person, to=email, code=context["code"], at=timezone.now()).send()

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """No letter is sent that nobody asked for."""


class WaysIn(DefaultMFAAdapter):
    """What a person's device shows beside a passkey or a code, and how their secrets are kept."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy("That did not open anything here. Try again, or sign in another way."),
    }

    def is_mfa_enabled(self, user: User, types: Sequence[Authenticator.Type] | None = None) -> bool:
        """Where a second step is looked for, a passkey is none: it is a way in of its own."""
        if types and Authenticator.Type.TOTP in types:
            types = [Authenticator.Type.TOTP]
        enabled: bool = super().is_mfa_enabled(user, types)
        return enabled

    def encrypt(self, text: str) -> str:
        sealed: bytes = settings.SECRETS.master().encrypt(text.encode())
        return sealed.decode()

    def decrypt(self, encrypted_text: str) -> str:
        opened: bytes = settings.SECRETS.master().decrypt(encrypted_text.encode())
        return opened.decode()

    def get_totp_label(self, user: User) -> str:
        return user.email or user.name

    def get_totp_issuer(self) -> str:
        return settings.ORGANISATION or "Heartwood"

    def build_totp_svg(self, url: str) -> str:
        return code_of(url)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": "Heartwood"}

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, Any]:
        return {
            **super().get_public_key_credential_user_entity(user),
            "display_name": user.name,
            "name": user.name,
        }

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        held = Authenticator.objects.filter(user=user, type=type).count()
        return _("Passkey %(number)s") % {"number": held + 1}
