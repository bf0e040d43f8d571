from django.apps import AppConfig


class PreviewConfig(AppConfig):
    name = "heartwood.web.preview"
    label = "preview"
