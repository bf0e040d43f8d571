"""What may stand as a person's name: any script, emoji too, but nothing that reorders or hides."""

from __future__ import annotations

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_REORDERS = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_UNSPEAKABLE = {"Cc", "Cs", "Zl", "Zp"}
_INVISIBLE = {"Cf", "Zs", "Mn", "Cn", "Co"}


def clean_name(name: str) -> str:
    """The name in one form of its letters, without space around it. Raises ValidationError."""
    cleaned = unicodedata.normalize("NFC", name).strip()
    if any(letter in _REORDERS for letter in cleaned):
        raise ValidationError(
            _("This name holds an invisible sign that turns the order of letters around. Type it without.")
        )
    if any(unicodedata.category(letter) in _UNSPEAKABLE for letter in cleaned):
        raise ValidationError(_("This name holds a sign that cannot be shown. Type it without."))
    if all(unicodedata.category(letter) in _INVISIBLE for letter in cleaned):
        raise ValidationError(_("Type a name that can be seen. It can be a first name, or one you make up."))
    return cleaned


def fold_email(email: str) -> str | None:
    """The address as it is kept and compared: lower case, None when there is none."""
    return unicodedata.normalize("NFC", email).strip().lower() or None
