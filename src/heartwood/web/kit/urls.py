from django.urls import path

from heartwood.web.kit import health, worker

app_name = "kit"
urlpatterns = [
    path("healthz", health.alive, name="alive"),
    path("sw.js", worker.worker, name="worker"),
    path("fresh/", worker.fresh, name="fresh"),
    path("readyz", health.ready, name="ready"),
]
