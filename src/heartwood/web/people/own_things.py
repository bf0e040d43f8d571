"""What of an account comes along from another server: its settings. What is of that server stays there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any
from zoneinfo import available_timezones

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import Field

from heartwood.web.people import actions
from heartwood.web.people.bringing import Bringing, Came, Kind, Shape, read


class _Settings(Shape):
    time_zone: Annotated[str, Field(max_length=64)]
    day_boundary_minutes: Annotated[int, Field(ge=0, lt=1440)]
    counting_off: bool
    plant_off: bool = False
    fortnight_off: bool = False
    map_off: bool = False
    discreet: bool = False


def _take(bringing: Bringing, held: Mapping[str, Any]) -> Came:
    """Only for whoever asked for it. A time zone that is known no more stays the one of here."""
    [told] = read(_Settings, [held], name=gettext_lazy("Your settings"))
    person, wanted, notes = bringing.person, told.model_dump(), []
    if told.time_zone not in available_timezones():
        notes.append(
            _("The time zone “%(zone)s” is not known here; yours of here stays.")
            % {"zone": wanted.pop("time_zone")}
        )
    changes = {name: value for name, value in wanted.items() if getattr(person, name) != value}
    if changes and not bringing.with_settings:
        return Came(notes=(_("Yours of here stay as they are."),))
    if changes:
        actions.describe(person, at=bringing.at, **changes)
    return Came(new=len(changes), here=len(wanted) - len(changes), notes=tuple(notes))


ACCEPTS = (
    Kind(
        gettext_lazy("Your settings"),
        (
            "time_zone",
            "day_boundary_minutes",
            "counting_off",
            "plant_off",
            "fortnight_off",
            "map_off",
            "discreet",
        ),
        _take,
    ),
)
_OF_HERE = gettext_lazy("You have your own here already.")
_OF_THERE = gettext_lazy("It belongs to that server alone.")
STAYS = {
    "id": _OF_HERE,
    "name": _OF_HERE,
    "email": gettext_lazy("Give it in your settings here, and confirm it if you like."),
    "email_is_confirmed": _OF_THERE,
    "language": _OF_HERE,
    "former_clocks": gettext_lazy("What you sat and wrote brings its own days along."),
    "is_operator": _OF_THERE,
    "created_at": _OF_THERE,
    "to_be_erased_at": _OF_THERE,
    "last_signed_in_at": _OF_THERE,
    "has_password": gettext_lazy("No way in leaves a server. Add one here in your settings."),
    "passkeys": gettext_lazy("A passkey opens one server only. Add one here in your settings."),
    "second_step": gettext_lazy("A second step belongs to one server. Add one here in your settings."),
    "consents": _OF_HERE,
    "signed_in_browsers": _OF_THERE,
    "brought": _OF_THERE,
    "lock_minutes": gettext_lazy("A PIN leaves no server. Set one here in your settings."),
}
