from django.urls import path

from heartwood.web.kit import health

app_name = "kit"
urlpatterns = [
    path("healthz", health.alive, name="alive"),
    path("readyz", health.ready, name="ready"),
]
