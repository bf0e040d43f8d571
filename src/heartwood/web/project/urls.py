"""Every address, room by room."""

from django.urls import include, path

urlpatterns = [
    path("", include("heartwood.web.today.urls")),
    path("", include("heartwood.web.people.urls")),
    path("", include("heartwood.web.library.urls")),
    path("", include("heartwood.web.practices.urls")),
    path("", include("heartwood.web.kit.urls")),
]
