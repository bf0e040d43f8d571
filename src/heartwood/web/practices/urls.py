"""The addresses of practice."""

from django.urls import path

from heartwood.web.practices import acts_views, offline_views, views

app_name = "practices"
urlpatterns = [
    path("sit/", views.sit, name="sit"),
    path("practices/<slug:slug>/", views.practice, name="practice"),
    path("offline/", offline_views.shell, name="offline"),
    path("offline/plan/", offline_views.plan, name="offline-plan"),
    path("unguided/", views.unguided, name="unguided"),
    path("lines/", views.lines, name="lines"),
    path("lines/<uuid:identity>/delete/", views.delete_line, name="delete-line"),
    path("acts/", acts_views.acts, name="acts"),
    path("acts/propose/", acts_views.propose, name="propose-act"),
    path("acts/<uuid:identity>/correct/", acts_views.correct, name="correct-act"),
    path("acts/<uuid:identity>/delete/", acts_views.delete, name="delete-act"),
    path("let-go/<uuid:identity>/bring-back/", views.bring_back, name="bring-back"),
    path("sittings/", views.history, name="history"),
    path("sittings/add/", views.add, name="add"),
    path("sittings/<uuid:identity>/correct/", views.correct, name="correct"),
    path("sittings/<uuid:identity>/delete/", views.delete, name="delete"),
]
