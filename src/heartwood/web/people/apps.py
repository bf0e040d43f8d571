from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from heartwood.web.people.models import User


class PeopleConfig(AppConfig):
    name = "heartwood.web.people"
    label = "people"

    def ready(self) -> None:
        from heartwood.web.kit import disclosure, health
        from heartwood.web.people import disclosed, holdings, keys, own_things, queries

        disclosure.register("people", title=disclosed.TITLE, order=10, lines=disclosed.LINES)
        holdings.register(
            "people", collect=queries.collect, erase=_nothing_more, still_wanted=_still_wanted,
            accepts=own_things.ACCEPTS, stays=own_things.STAYS,
        )  # fmt: skip
        health.register("keys", keys.master_key_fits)


def _still_wanted(person: User, what: str) -> bool:
    """A letter about leaving is not for somebody who chose to stay."""
    from heartwood.web.people import letters

    return what != letters.LEAVING or person.erase_at is not None


def _nothing_more(person: User, *, at: datetime) -> None:
    """The rows of this room hang on the person and go with them."""
