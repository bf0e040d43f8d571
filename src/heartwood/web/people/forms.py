"""What people type about themselves, checked at the door with sentences that help."""

from __future__ import annotations

from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from heartwood.web.kit.once import PageForm
from heartwood.web.people import invitations, letters
from heartwood.web.people.models import NAME_LENGTH, User
from heartwood.web.people.names import clean_name, fold_email


@cache
def zones() -> list[tuple[str, str]]:
    """The time zones that a person can live in, as the select element wants them."""
    lived_in = (
        zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "SystemV/"))
    )
    return [("UTC", "UTC"), *((zone, zone.replace("_", " ")) for zone in sorted(lived_in))]


def boundaries() -> list[tuple[int, str]]:
    """When a day may end, in minutes after midnight, as the select element wants them."""
    return [(minutes, f"{minutes // 60:02}:{minutes % 60:02}") for minutes in range(0, 12 * 60 + 1, 30)]


class _NameMixin(forms.Form):
    name = forms.CharField(
        label=_("Your name"),
        max_length=NAME_LENGTH,
        help_text=_("As you like to be called. It can be made up."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
        error_messages={
            "max_length": _("At most %(limit_value)d letters fit here."),
            "required": _("Type a name. It can be made up."),
            "null_characters_not_allowed": _("This name holds a sign that cannot be shown. Type it without."),
        },
    )

    def clean_name(self) -> str:
        return clean_name(self.cleaned_data["name"])


class _EmailMixin(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address (if you like)"),
        required=False,
        help_text=_("Only for signing in with a password. Nothing is sent to it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "invalid": _("This does not look like an e-mail address. Check it, or leave it empty.")
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if letters.mail_works():
            self.fields["email"].help_text = gettext(
                "For signing in with a code that is sent there, or with a password."
            )

    def clean_email(self) -> str | None:
        return fold_email(self.cleaned_data["email"])

    def say_address_is_taken(self) -> None:
        self.add_error(
            "email",
            gettext("There is already an account with this address. Sign in to it, or use another address."),
        )


class _ZoneMixin(forms.Form):
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=zones,
        initial="UTC",
        help_text=_("Where you are now. It decides when your day ends."),
        widget=forms.Select(attrs={"data-time-zone": ""}),
        error_messages={"invalid_choice": _("This time zone is not known here. Choose one from the list.")},
    )


class AccountForm(PageForm, _NameMixin, _EmailMixin, _ZoneMixin):
    """The form behind an owner's or an invitation's link."""

    field_order = ("page_id", "name", "email", "time_zone", "old_enough", "agreed")

    old_enough = forms.BooleanField(error_messages={"required": ""})
    agreed = forms.BooleanField(
        label=_("I have read what is kept about me, and I agree."),
        error_messages={
            "required": _("Without this nothing can be kept for you. You can still sit without an account.")
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        age = {"age": settings.MINIMUM_AGE}
        old_enough = self.fields["old_enough"]
        old_enough.label = gettext("I am %(age)d or older.") % age
        old_enough.error_messages["required"] = (
            gettext("This course is for people of %(age)d and older.") % age
        )


class SignInForm(forms.Form):
    """Address and password."""

    email = forms.CharField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username webauthn"}),
        error_messages={"required": _("Type the e-mail address of your account.")},
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Type your password.")},
    )


class DayForm(_ZoneMixin):
    """When a person's days end and whether anything is counted; a device may change it and send it later."""

    day_boundary_minutes = forms.TypedChoiceField(
        label=_("My day ends at"),
        coerce=int,
        choices=boundaries,
        help_text=_(
            "A sitting belongs to the day on which it began. What is already kept stays where it is."
        ),
        error_messages={"invalid_choice": _("A day ends at a half hour from midnight to noon.")},
    )
    counting_off = forms.BooleanField(
        label=_("Count nothing"), required=False, help_text=_("No minutes, no totals, anywhere.")
    )


class SettingsForm(PageForm, _NameMixin, _EmailMixin, DayForm):
    """What a person can change about themselves."""

    field_order = ("page_id", "name", "email", "time_zone", "day_boundary_minutes", "counting_off")

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        self._person = person
        kwargs["initial"] = {name: getattr(person, name) for name in self.field_order[1:]}
        super().__init__(*args, **kwargs)

    def clean_email(self) -> str | None:
        email = super().clean_email()
        if email is None and self._person.has_usable_password():
            raise forms.ValidationError(
                gettext("Your password needs this address. Change it, but do not leave it empty.")
            )
        return email


class LockForm(forms.Form):
    """After how long one's pages lock, and the PIN that opens them."""

    minutes = forms.TypedChoiceField(
        label=_("Lock my pages"),
        coerce=int,
        empty_value=None,
        required=False,
        choices=[
            ("", _("never")),
            (1, _("after a minute without me")),
            (5, _("after 5 minutes without me")),
            (15, _("after 15 minutes without me")),
            (60, _("after an hour without me")),
        ],
    )
    pin = forms.RegexField(
        r"^[0-9]{4,12}$",
        label=_("PIN"),
        required=False,
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": _("A PIN has four to twelve digits.")},
    )

    def __init__(self, *args: Any, has_pin: bool, has_passkey: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._opens = has_pin or has_passkey
        self.fields["pin"].help_text = (
            gettext("Leave it empty to keep the one you have.")
            if has_pin
            else gettext("Leave it empty to open your pages with a passkey alone.")
            if has_passkey
            else gettext("Four to twelve digits that you do not use elsewhere.")
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("minutes") and not self._opens and not given.get("pin") and "pin" not in self.errors:
            self.add_error(
                "pin", _("Type a PIN, or add a passkey first. Without one nothing could open them.")
            )
        return given


class DiscreetForm(forms.Form):
    """What others can see of it."""

    discreet = forms.BooleanField(
        label=_("A plain name and icon, and no words on lock screens"), required=False
    )


class PasswordForm(PageForm, _EmailMixin):
    """A first password, or another one."""

    field_order = ("page_id", "email", "current", "password")

    current = forms.CharField(
        label=_("Your password until now"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Type the password you have now.")},
    )
    password = forms.CharField(
        label=_("New password"),
        strip=False,
        max_length=1000,
        help_text=_("Ten letters or more. A few words in a row are good."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Type a new password.")},
    )

    def __init__(self, *args: Any, person: User, asks_current: bool, **kwargs: Any) -> None:
        self._person = person
        kwargs["initial"] = {"email": person.email}
        super().__init__(*args, **kwargs)
        email = self.fields["email"]
        email.required, email.label = True, gettext("E-mail address")
        email.error_messages["required"] = gettext("Type the address you will sign in with.")
        if not (person.has_usable_password() and asks_current):
            del self.fields["current"]

    def clean_current(self) -> str:
        current: str = self.cleaned_data["current"]
        if not self._person.check_password(current):
            raise forms.ValidationError(gettext("That is not the password you have now."))
        return current

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self._person)
        return password


class InvitationForm(PageForm):
    """How long a new link lasts."""

    days = forms.IntegerField(
        label=_("Days it stays open"),
        min_value=1,
        max_value=invitations.LONGEST_DAYS,
        initial=invitations.DAYS,
    )
    email = forms.EmailField(
        label=_("Send it to (if you like)"),
        required=False,
        help_text=_("An e-mail address. It is forgotten once the letter is out."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "invalid": _("This does not look like an e-mail address. Check it, or leave it empty.")
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not letters.mail_works():
            del self.fields["email"]
