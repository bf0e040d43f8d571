"""Adding and correcting a sitting by hand, and choosing one without words."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from heartwood.practice.choices import Bowl, Choices
from heartwood.practice.unguided import Stretch, Unguided, Way
from heartwood.web.kit.ids import new_id
from heartwood.web.people.zones import zone_of

LONGEST_MINUTES = 24 * 60

BOWLS = [
    (str(Bowl.USUAL), _("The usual bowl")),
    (str(Bowl.DEEP), _("A deep bowl")),
    (str(Bowl.CLEAR), _("A clear bowl")),
    (str(Bowl.NONE), _("None, I have a real one")),
]
SETTLING = [
    ("0", _("At once")),
    ("15", _("After 15 seconds to settle")),
    ("30", _("After 30 seconds to settle")),
    ("60", _("After a minute to settle")),
]


MINUTE_MS = 60_000


def _number() -> forms.NumberInput:
    return forms.NumberInput(attrs={"inputmode": "numeric"})


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
        self._zone = zone_of(zone)

    @property
    def began_at(self) -> datetime:
        given = self.cleaned_data
        return datetime.combine(given["day"], given["time"], tzinfo=self._zone)


class UnguidedForm(forms.Form):
    """A sitting without words, in whole minutes."""

    minutes = forms.IntegerField(
        label=_("Minutes"), min_value=1, max_value=240, initial=20, widget=_number(),
        error_messages={"required": _("Write how many minutes it shall be.")},
    )  # fmt: skip
    walk = forms.IntegerField(
        label=_("Minutes of walking in the middle"), required=False, min_value=0, max_value=120, initial=0,
        widget=_number(), help_text=_("Sit, walk, and sit again as long as before. A bell parts them."),
    )  # fmt: skip
    interval = forms.IntegerField(
        label=_("A bell every so many minutes"), required=False, min_value=0, max_value=120, initial=0,
        widget=_number(), help_text=_("0 for none."),
    )  # fmt: skip
    open_end = forms.BooleanField(label=_("Go on after the last bell, as long as I like"), required=False)
    settling_seconds = forms.ChoiceField(label=_("Begin"), choices=SETTLING, required=False)
    opening_bell = forms.ChoiceField(label=_("First bell"), choices=BOWLS, required=False)
    closing_bell = forms.ChoiceField(label=_("Last bell"), choices=BOWLS, required=False)

    @property
    def asked(self) -> Unguided:
        """Raises LengthError for what does not fit together."""
        given = self.cleaned_data
        sit, walk = given["minutes"] * MINUTE_MS, (given["walk"] or 0) * MINUTE_MS
        parts: tuple[Stretch, ...] = (Stretch(Way.SIT, sit),)
        if walk:
            parts = (*parts, Stretch(Way.WALK, walk), Stretch(Way.SIT, sit))
        return Unguided(parts, (given["interval"] or 0) * MINUTE_MS, given["open_end"])

    @property
    def choices(self) -> Choices:
        return Choices.read(self.cleaned_data)
