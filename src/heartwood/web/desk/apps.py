from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "heartwood.web.desk"
    label = "desk"
