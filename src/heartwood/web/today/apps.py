from __future__ import annotations

from django.apps import AppConfig


class TodayConfig(AppConfig):
    name = "heartwood.web.today"
    label = "today"

    def ready(self) -> None:
        from heartwood.web.kit import disclosure
        from heartwood.web.people import holdings
        from heartwood.web.today import accepting, actions, disclosed
        from heartwood.web.today.monthly import registering as monthly
        from heartwood.web.today.queries import nights
        from heartwood.web.today.reminders import registering

        disclosure.register("today", title=disclosed.TITLE, order=35, lines=disclosed.LINES)
        holdings.register("today", collect=nights.collect, erase=actions.erase, accepts=accepting.ACCEPTS)
        registering.register()
        monthly.register()
