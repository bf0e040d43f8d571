from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "heartwood.web.kit"
    label = "kit"

    def ready(self) -> None:
        from heartwood.web.kit import disclosed, disclosure, logs

        disclosure.register("kit", title=disclosed.TITLE, order=70, lines=disclosed.LINES)
        logs.configure()
