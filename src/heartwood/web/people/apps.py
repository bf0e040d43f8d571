from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "heartwood.web.people"
    label = "people"

    def ready(self) -> None:
        from heartwood.web.kit import health
        from heartwood.web.people import keys

        health.register("keys", keys.master_key_fits)
