from __future__ import annotations

from django.apps import AppConfig


class PracticesConfig(AppConfig):
    name = "heartwood.web.practices"
    label = "practices"

    def ready(self) -> None:
        from heartwood.web.people import holdings
        from heartwood.web.practices import actions, queries

        holdings.register("practices", collect=queries.collect, erase=actions.erase)
