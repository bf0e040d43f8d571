from __future__ import annotations

from django.apps import AppConfig


class CohortsConfig(AppConfig):
    name = "heartwood.web.cohorts"
    label = "cohorts"

    def ready(self) -> None:
        from heartwood.web.cohorts import actions, queries
        from heartwood.web.people import holdings

        holdings.register("cohorts", collect=queries.collect, erase=actions.erase)
