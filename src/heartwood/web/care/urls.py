from django.urls import path

from heartwood.web.care import views

app_name = "care"
urlpatterns = [path("help/", views.help_page, name="help")]
