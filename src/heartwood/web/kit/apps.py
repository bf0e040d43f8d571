from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "heartwood.web.kit"
    label = "kit"

    def ready(self) -> None:
        from heartwood.web.kit import logs

        logs.configure()
