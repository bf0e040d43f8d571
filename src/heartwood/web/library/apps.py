from __future__ import annotations

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "heartwood.web.library"
    label = "library"

    def ready(self) -> None:
        from heartwood.web.kit import disclosure
        from heartwood.web.library import disclosed

        disclosure.register("library", title=disclosed.TITLE, order=50, lines=disclosed.LINES)
