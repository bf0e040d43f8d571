"""The addresses of letters' own links."""

from django.urls import path

from heartwood.web.delivery import views

app_name = "delivery"
urlpatterns = [path("mail/stop/<str:token>/", views.stop, name="stop")]
