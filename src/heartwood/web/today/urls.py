"""The addresses of the front door and of a person's own pages."""

from django.urls import path

from heartwood.web.today import changing, views

app_name = "today"
urlpatterns = [
    path("", views.front_door, name="front-door"),
    path("begin/", views.begin, name="begin"),
    path("begin/<slug:course>/", views.begin, name="begin-course"),
    path("change/", changing.change, name="change"),
    path("today/", views.today, name="today"),
    path("weeks/", views.weeks, name="weeks"),
    path("weeks/<int:number>/", views.week, name="week"),
    path("weeks/<int:number>/reading/", views.reading, name="reading"),
]
