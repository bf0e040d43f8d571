"""What the other rooms have to know of reminders, told once at the start."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from heartwood.web.delivery import kinds
from heartwood.web.kit import disclosure
from heartwood.web.people import holdings
from heartwood.web.today.reminders import accepting, actions, disclosed, queries
from heartwood.web.today.reminders.models import KIND


def register() -> None:
    kinds.register(KIND, name=_("reminders"))
    disclosure.register("reminders", title=disclosed.TITLE, order=36, lines=disclosed.LINES)
    holdings.register(
        "reminders",
        collect=queries.collect,
        erase=actions.erase,
        still_wanted=lambda person, kind: queries.still_wanted(person, kind, at=timezone.now()),
        accepts=accepting.ACCEPTS,
        stays=accepting.STAYS,
    )
