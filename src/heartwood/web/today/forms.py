"""Choosing the first day, answering to a newer version, turning on a path, and leaving it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from heartwood.web.care.models import WeekAnswer


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


class AgainForm(BeginForm):
    """A new path. `over` is the one they were on when they asked."""

    over = forms.UUIDField()


class TurnForm(forms.Form):
    """To pause, to go on, or to go to a week. `id` is made with the page."""

    id = forms.UUIDField()
    kind = forms.ChoiceField(choices=[("pause", "pause"), ("resume", "resume"), ("go", "go")])
    place = forms.IntegerField(required=False, min_value=0)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("kind") == "go" and given.get("place") is None:
            self.add_error("place", _("Choose a week."))
        return given


class LeaveForm(forms.Form):
    path = forms.UUIDField(widget=forms.HiddenInput)
    what = forms.ChoiceField(
        label=_("What you sat and wrote"),
        choices=[
            ("keep", _("Keep it. It stays in your history.")),
            (
                "erase",
                _("Erase this path, its sittings and the lines written with them. Nothing brings them back."),
            ),
        ],
        initial="keep",
        widget=forms.RadioSelect,
    )


PLACE_LENGTH = 200


class RhythmForm(forms.Form):
    """When and where somebody means to practise. All of it may stay empty."""

    days_a_week = forms.TypedChoiceField(
        label=_("On how many days a week"), coerce=int, empty_value=None, required=False
    )
    time = forms.TimeField(
        label=_("At about what time"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    place = forms.CharField(
        label=_("Where"),
        help_text=_("Only you read this. It is kept locked with a key of your own."),
        required=False,
        max_length=PLACE_LENGTH,
    )
    minutes = forms.ChoiceField(label=_("For how many minutes"), required=False)

    def __init__(self, *args: Any, days: int, lengths: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("days_a_week", [str(day) for day in range(1, days + 1)])
        self._offer("minutes", list(lengths))

    def _offer(self, field: str, choices: list[str]) -> None:
        choice = self.fields[field]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [("", _("As it comes")), *((one, one) for one in choices)]


class HowItWasForm(forms.Form):
    """Two questions about one run of a week, each of which may be left out."""

    week = forms.IntegerField(min_value=0, max_value=999)
    since = forms.DateField()
    difficult = forms.ChoiceField(choices=WeekAnswer.Difficult.choices, required=False)
    lasting = forms.ChoiceField(choices=WeekAnswer.Lasting.choices, required=False)


class ShownForm(forms.Form):
    """What somebody wants to see of what has grown."""

    plant = forms.BooleanField(label=_("The plant"), required=False)
    fortnight = forms.BooleanField(label=_("The last two weeks"), required=False)
    map = forms.BooleanField(label=_("The map of where I have been"), required=False)
    counting = forms.BooleanField(
        label=_("Minutes and numbers"), required=False, help_text=_("They show only when you ask for them.")
    )
