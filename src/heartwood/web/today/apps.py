from django.apps import AppConfig


class TodayConfig(AppConfig):
    name = "heartwood.web.today"
    label = "today"
