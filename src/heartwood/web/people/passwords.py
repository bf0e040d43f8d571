"""What is asked of a password, in kind sentences."""

from __future__ import annotations

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LEAST = 10


class LongEnough:
    """At least ten letters; nothing else about what they are."""

    def validate(self, password: str, user: object = None) -> None:
        if len(password) < LEAST:
            raise ValidationError(_("A few more letters: %(least)d or more keep it safe.") % {"least": LEAST})

    def get_help_text(self) -> str:
        return _("%(least)d letters or more.") % {"least": LEAST}


class NotCommon(CommonPasswordValidator):
    """Not one of the twenty thousand that are tried first."""

    def get_error_message(self) -> str:
        return _("This password is one of those that are tried first. Choose another.")
