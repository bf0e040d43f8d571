"""What the other rooms have to know of letters a month, told once at the start."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from heartwood.web.delivery import kinds
from heartwood.web.kit import disclosure
from heartwood.web.people import holdings
from heartwood.web.people.models import User
from heartwood.web.today.monthly import actions, disclosed, queries
from heartwood.web.today.monthly.models import KIND


def register() -> None:
    kinds.register(KIND, name=_("monthly letters"))
    disclosure.register("monthly", title=disclosed.TITLE, order=37, lines=disclosed.LINES)
    holdings.register(
        "monthly",
        collect=queries.collect,
        erase=_erase,
        still_wanted=queries.still_wanted,
        stays={"wish": _("Letters come from one server. Ask for them here, if you like.")},
    )


def _erase(person: User, *, at: datetime) -> None:
    actions.stop(person)
