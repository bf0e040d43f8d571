from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from heartwood.web.people.models import User


class CareConfig(AppConfig):
    name = "heartwood.web.care"
    label = "care"

    def ready(self) -> None:
        from heartwood.web.care import disclosed, queries
        from heartwood.web.kit import disclosure
        from heartwood.web.people import holdings

        disclosure.register("care", title=disclosed.TITLE, order=60, lines=disclosed.LINES)
        holdings.register("care", collect=queries.collect, erase=_nothing_more)


def _nothing_more(person: User, *, at: datetime) -> None:
    """A confirmation outlives who gave it, without their name: the database lets go of it by itself."""
