"""Choosing the first day, and answering to a newer version."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class BeginForm(forms.Form):
    """One of the days offered. `id` is made with the page, so that a form sent twice begins once."""

    id = forms.UUIDField()
    starts_on = forms.TypedChoiceField(
        coerce=date.fromisoformat,
        error_messages={
            "invalid_choice": _("Choose one of these days."),
            "required": _("Choose one of these days."),
        },
    )

    def __init__(self, *args: Any, days: list[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["starts_on"]
        assert isinstance(choice, forms.TypedChoiceField)
        choice.choices = [(day.isoformat(), day.isoformat()) for day in days]


class AnswerForm(forms.Form):
    """To take the version that was shown, or to keep one's own."""

    id = forms.UUIDField()
    offered = forms.UUIDField()
    answer = forms.ChoiceField(choices=[("accept", "accept"), ("keep", "keep")])
