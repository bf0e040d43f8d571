from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "heartwood.web.library"
    label = "library"
