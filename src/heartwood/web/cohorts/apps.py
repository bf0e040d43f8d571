from django.apps import AppConfig


class CohortsConfig(AppConfig):
    name = "heartwood.web.cohorts"
    label = "cohorts"
