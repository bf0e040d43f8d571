from __future__ import annotations

from django.apps import AppConfig


class CareConfig(AppConfig):
    name = "heartwood.web.care"
    label = "care"

    def ready(self) -> None:
        from heartwood.web.care import accepting, actions, disclosed, queries
        from heartwood.web.kit import disclosure
        from heartwood.web.people import holdings

        disclosure.register("care", title=disclosed.TITLE, order=60, lines=disclosed.LINES)
        holdings.register(
            "care",
            collect=queries.collect,
            erase=actions.erase,
            accepts=accepting.ACCEPTS,
            stays=accepting.STAYS,
        )
