from __future__ import annotations

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "heartwood.web.delivery"
    label = "delivery"

    def ready(self) -> None:
        from heartwood.web.delivery import accepting, actions, disclosed, queries
        from heartwood.web.kit import disclosure
        from heartwood.web.people import holdings

        disclosure.register("delivery", title=disclosed.TITLE, order=40, lines=disclosed.LINES)
        holdings.register(
            "delivery",
            collect=queries.collect,
            erase=actions.erase,
            still_wanted=lambda person, what: not queries.has_stopped(person, what),
            accepts=accepting.ACCEPTS,
            stays=accepting.STAYS,
        )
