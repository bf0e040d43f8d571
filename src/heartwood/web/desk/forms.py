"""What an operator types at the desk."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class MailTestForm(forms.Form):
    to = forms.EmailField(
        label=_("Where the test mail goes"), widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
