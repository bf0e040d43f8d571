from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "heartwood.web.kit"
    label = "kit"
