"""The addresses of a preview."""

from django.contrib.staticfiles.views import serve
from django.urls import path

from heartwood.web.preview import views

app_name = "preview"
urlpatterns = [
    path("", views.course, name="course"),
    path("read/<path:file>", views.read, name="read"),
    path("practices/<slug:slug>/", views.practice, name="practice"),
    path("changed/", views.changed, name="changed"),
    path("making/<str:key>", views.making, name="making"),
    path("sound/<str:key>.m4a", views.sound, name="sound"),
    path("static/<path:path>", serve, {"insecure": True}),
]
