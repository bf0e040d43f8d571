from __future__ import annotations

from django.apps import AppConfig


class CohortsConfig(AppConfig):
    name = "heartwood.web.cohorts"
    label = "cohorts"

    def ready(self) -> None:
        from heartwood.web.cohorts import accepting, actions, disclosed, queries
        from heartwood.web.kit import disclosure
        from heartwood.web.library import hearing
        from heartwood.web.people import holdings

        disclosure.register("cohorts", title=disclosed.TITLE, order=30, lines=disclosed.LINES)
        holdings.register("cohorts", collect=queries.collect, erase=actions.erase, accepts=accepting.ACCEPTS)
        hearing.register("cohorts", may_hear=queries.may_hear)
