from django.apps import AppConfig


class PracticesConfig(AppConfig):
    name = "heartwood.web.practices"
    label = "practices"
