"""Every address, room by room."""

from django.urls import include, path

from heartwood.web.practices.api import api

urlpatterns = [
    path("", include("heartwood.web.today.urls")),
    path("", include("heartwood.web.people.urls")),
    path("", include("heartwood.web.people.passkeys")),
    path("", include("heartwood.web.delivery.urls")),
    path("", include("heartwood.web.care.urls")),
    path("", include("heartwood.web.library.urls")),
    path("", include("heartwood.web.practices.urls")),
    path("api/", api.urls),
    path("", include("heartwood.web.desk.urls")),
    path("", include("heartwood.web.kit.urls")),
]

handler400 = "heartwood.web.kit.errors.malformed"
handler403 = "heartwood.web.kit.errors.refused"
handler404 = "heartwood.web.kit.errors.not_found"
handler500 = "heartwood.web.kit.errors.broken"
