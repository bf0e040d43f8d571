from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "heartwood.web.people"
    label = "people"
