from __future__ import annotations

from django.apps import AppConfig


class PracticesConfig(AppConfig):
    name = "heartwood.web.practices"
    label = "practices"

    def ready(self) -> None:
        from heartwood.web.kit import disclosure
        from heartwood.web.people import holdings
        from heartwood.web.practices import actions, disclosed, queries
        from heartwood.web.practices.actions import accepting

        disclosure.register("practices", title=disclosed.TITLE, order=20, lines=disclosed.LINES)
        holdings.register(
            "practices", collect=queries.collect, erase=actions.erase,
            accepts=accepting.ACCEPTS, stays=accepting.STAYS,
        )  # fmt: skip
