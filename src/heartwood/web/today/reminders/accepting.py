"""How somebody was reminded elsewhere: it comes switched off, so that two servers do not both remind."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time as Clock
from typing import Annotated, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import Field

from heartwood.web.people.bringing import Bringing, Came, Kind, Shape, read
from heartwood.web.today.reminders import actions, queries
from heartwood.web.today.reminders.models import Reminder

NAME = gettext_lazy("How you are reminded")


class _Wish(Shape):
    way: Reminder.Way
    habit: Annotated[str, Field(max_length=12)]
    time: Clock
    weekdays: list[Annotated[int, Field(ge=0, le=6)]]
    quiet_from: Clock | None
    quiet_until: Clock | None
    words: Annotated[str, Field(max_length=1000)]


def take_wish(bringing: Bringing, held: Mapping[str, Any]) -> Came:
    """A wish of here stands. One of there keeps its time and words, and waits to be switched on."""
    [told] = read(_Wish, [held["wish"]], name=NAME)
    if queries.wish_of(bringing.person):
        return Came(here=1)
    quiet = (told.quiet_from, told.quiet_until)
    wish = actions.Wish(
        way=told.way,
        minute=_minute(told.time),
        weekdays=told.weekdays,
        quiet=(_minute(quiet[0]), _minute(quiet[1])) if quiet[0] and quiet[1] else None,
        habit=told.habit,
        words=told.words,
    )
    actions.keep(bringing.person, wish, at=bringing.at)
    actions.stop(bringing.person, at=bringing.at)
    return Came(new=1, notes=(_("It comes switched off. Switch it on where you want to be reminded."),))


def _minute(clock: Clock) -> int:
    return clock.hour * 60 + clock.minute


ACCEPTS = (Kind(NAME, ("wish",), take_wish),)
STAYS = {
    "days_reminded": gettext_lazy("They only keep that server from reminding you twice a day."),
    "calendar_address_made_at": gettext_lazy("The address of your calendar leads to that server."),
}
