"""The addresses of practice."""

from django.urls import path

from heartwood.web.practices import (
    acts_views,
    journal_views,
    letters_views,
    offline_views,
    views,
    voice_views,
)

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
    path("acts/alone/", acts_views.alone, name="act-alone"),
    path("acts/propose/", acts_views.propose, name="propose-act"),
    path("acts/<uuid:identity>/correct/", acts_views.correct, name="correct-act"),
    path("acts/<uuid:identity>/delete/", acts_views.delete, name="delete-act"),
    path("journal/", journal_views.journal, name="journal"),
    path("journal/new/", journal_views.new, name="new-page"),
    path("journal/search/", journal_views.search, name="search"),
    path("journal/as/<slug:form>/", journal_views.take_along, name="take-along"),
    path("journal/day/", letters_views.day, name="day"),
    path("journal/letters/", letters_views.letters, name="letters"),
    path("journal/letters/<uuid:identity>/", letters_views.letter, name="letter"),
    path("journal/letters/<uuid:identity>/open/", letters_views.open_letter, name="open-letter"),
    path("journal/letters/<uuid:identity>/put-off/", letters_views.put_off, name="put-off-letter"),
    path("journal/letters/<uuid:identity>/decline/", letters_views.decline, name="decline-letter"),
    path("journal/letters/<uuid:identity>/delete/", letters_views.delete, name="delete-letter"),
    path("journal/voice/", voice_views.voice, name="voice"),
    path("journal/voice/<uuid:identity>/", voice_views.sound, name="voice-sound"),
    path("journal/voice/<uuid:identity>/delete/", voice_views.delete, name="delete-voice"),
    path("journal/<uuid:identity>/", journal_views.read, name="page"),
    path("journal/<uuid:identity>/edit/", journal_views.edit, name="edit-page"),
    path("journal/<uuid:identity>/delete/", journal_views.delete, name="delete-page"),
    path("journal/<uuid:identity>/versions/<uuid:version>/part/", journal_views.part, name="part-version"),
    path("let-go/<uuid:identity>/bring-back/", views.bring_back, name="bring-back"),
    path("sittings/", views.history, name="history"),
    path("sittings/add/", views.add, name="add"),
    path("sittings/<uuid:identity>/correct/", views.correct, name="correct"),
    path("sittings/<uuid:identity>/delete/", views.delete, name="delete"),
]
