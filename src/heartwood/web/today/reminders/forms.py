"""How somebody says when they like to be reminded, checked with sentences that help."""

from __future__ import annotations

from datetime import time
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from heartwood.curriculum.reminding import lies_in
from heartwood.web.today.reminders import actions, queries
from heartwood.web.today.reminders.models import Reminder

HABITS = {
    "": _("At this time"),
    "waking": _("After I get up"),
    "breakfast": _("After breakfast"),
    "lunch": _("After lunch"),
    "home": _("When I come home"),
    "supper": _("After supper"),
    "bed": _("Before I go to bed"),
}
WAYS = {
    Reminder.Way.DEVICES.value: _("A note on my devices"),
    Reminder.Way.LETTER.value: _("A letter by e-mail"),
    Reminder.Way.CALENDAR.value: _("In my own calendar"),
}
USUAL = {
    "time": "07:30",
    "weekdays": [*range(7)],
    "quiet_from": "21:30",
    "quiet_until": "07:00",
}
WORDS_AT_MOST = 140
_ONE_TIME = _("Choose one time of the day, such as 07:30. There is one reminder a day at most.")


class Clock(forms.CharField):
    """A time of the day, as minutes after midnight; None when it was left empty."""

    widget = forms.TimeInput(attrs={"type": "time"})

    def to_python(self, value: Any) -> Any:
        words = super().to_python(value)
        if not words:
            return None
        try:
            told = time.fromisoformat(words)
        except ValueError:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None
        return told.hour * 60 + told.minute


class ReminderForm(forms.Form):
    """One time, on some days of the week, outside of quiet hours."""

    way = forms.ChoiceField(error_messages={"required": _("Choose how it shall reach you.")})
    habit = forms.ChoiceField(
        label=_("When"), required=False, choices=list(HABITS.items()), initial="",
        help_text=_("What you do anyway carries a new thing well."),
    )  # fmt: skip
    time = Clock(
        label=_("The time, or when that usually is"),
        error_messages={"required": _ONE_TIME, "invalid": _ONE_TIME},
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("On these days"),
        coerce=int,
        choices=[(day, WEEKDAYS[day]) for day in range(7)],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one day of the week.")},
    )
    quiet_from = Clock(
        label=_("Nothing from"),
        required=False,
        error_messages={"invalid": _("Write a time such as 21:30, or leave it empty.")},
    )
    quiet_until = Clock(
        label=_("until"),
        required=False,
        error_messages={"invalid": _("Write a time such as 07:00, or leave it empty.")},
    )
    words = forms.CharField(
        label=_("In your own words (if you like)"),
        required=False,
        max_length=WORDS_AT_MOST,
        help_text=_(
            "Kept encrypted. They stand in no letter, only behind its link. On your devices they stand in "
            "the note, on a locked screen too."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": _("At most %(limit_value)d letters fit here.")},
    )

    def __init__(self, *args: Any, ways: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        way = self.fields["way"]
        assert isinstance(way, forms.ChoiceField)
        way.choices = [(name, WAYS[name]) for name in ways]
        way.initial = ways[0] if ways else None

    def clean_time(self) -> int:
        """Of several times none is taken: nobody is reminded twice a day, or every minute."""
        given = getattr(self.data, "getlist", lambda name: [self.data.get(name)])("time")
        if len(given) > 1:
            raise forms.ValidationError(_ONE_TIME)
        minute: int = self.cleaned_data["time"]
        return minute

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        begin, end = cleaned.get("quiet_from"), cleaned.get("quiet_until")
        if self.errors:
            return cleaned
        if (begin is None) != (end is None):
            self.add_error(
                "quiet_until", gettext("Quiet hours have a beginning and an end. Give both, or none.")
            )
        elif begin is None or end is None:
            return cleaned
        elif begin == end:
            self.add_error(
                "quiet_until",
                gettext(
                    "These quiet hours are the whole day, so no reminder could ever come. Make them shorter."
                ),
            )
        elif lies_in(cleaned["time"], (begin, end)):
            self.add_error(
                "time", gettext("This time lies in your quiet hours. Change the one or the other.")
            )
        return cleaned

    def wish(self) -> actions.Wish:
        """What was said, once it is valid."""
        given = self.cleaned_data
        quiet = None if given["quiet_from"] is None else (given["quiet_from"], given["quiet_until"])
        return actions.Wish(
            way=given["way"],
            minute=given["time"],
            weekdays=given["weekdays"],
            quiet=quiet,
            habit=given["habit"],
            words=given["words"],
        )


def said_before(wish: Reminder | None, *, planned: time | None) -> dict[str, Any]:
    """What the page shows before anything is changed; the time that was planned, where nothing was wished."""
    if wish is None:
        return {**USUAL, "time": f"{planned:%H:%M}"} if planned else dict(USUAL)
    hours = {"quiet_from": wish.quiet_from, "quiet_until": wish.quiet_until}
    return {
        "way": wish.way,
        "habit": wish.habit,
        "time": queries.clock(wish.minute),
        "weekdays": queries.weekdays_of(wish),
        **{name: "" if minute is None else queries.clock(minute) for name, minute in hours.items()},
        "words": queries.words_of(wish),
    }
