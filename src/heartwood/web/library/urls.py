"""The addresses of sound."""

from django.urls import path

from heartwood.web.library import views

app_name = "library"
urlpatterns = [
    path("sound/<uuid:identity>.m4a", views.sound, name="sound"),
    path("sound/<uuid:identity>.captions.vtt", views.track, {"kind": "captions"}, name="captions"),
    path("sound/<uuid:identity>.chapters.vtt", views.track, {"kind": "chapters"}, name="chapters"),
]
