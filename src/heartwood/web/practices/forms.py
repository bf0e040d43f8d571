"""Adding and correcting a sitting by hand."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from heartwood.web.kit.ids import new_id

LONGEST_MINUTES = 24 * 60


class MinutesForm(forms.Form):
    """How long it was, in whole minutes."""

    minutes = forms.IntegerField(
        label=_("Minutes"),
        min_value=1,
        max_value=LONGEST_MINUTES,
        error_messages={
            "invalid": _("Write a whole number of minutes, such as 12."),
            "min_value": _("A sitting lasts at least a minute here."),
            "max_value": _("A day has 1440 minutes. Write fewer, or add several sittings."),
            "required": _("Write how many minutes it was."),
        },
    )


class SittingForm(MinutesForm):
    """A sitting that no player saw. `id` is made with the page, so that a form sent twice counts once."""

    id = forms.UUIDField(
        widget=forms.HiddenInput,
        initial=new_id,
        error_messages={
            "invalid": _("This page has lost its id. Load it again."),
            "required": _("This page has lost its id. Load it again."),
        },
    )
    title = forms.CharField(
        label=_("What you practised"), max_length=200, initial=_("Sitting in silence"), strip=True
    )
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    time = forms.TimeField(
        label=_("Beginning"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )

    field_order = ("id", "title", "day", "time", "minutes")

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._zone = ZoneInfo(zone)

    @property
    def began_at(self) -> datetime:
        given = self.cleaned_data
        return datetime.combine(given["day"], given["time"], tzinfo=self._zone)
