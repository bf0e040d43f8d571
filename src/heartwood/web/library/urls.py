"""The addresses of sound."""

from django.urls import path

from heartwood.web.library import views

app_name = "library"
urlpatterns = [path("sound/<uuid:identity>.m4a", views.sound, name="sound")]
