"""The addresses of the front door, of a person's own pages, and of the course's."""

from django.urls import path

from heartwood.web.today import changing, growing, hard, path_views, views
from heartwood.web.today.monthly import views as monthly
from heartwood.web.today.reminders import views as reminders

app_name = "today"
urlpatterns = [
    path("", views.front_door, name="front-door"),
    path("begin/", views.begin, name="begin"),
    path("begin/<slug:course>/", views.begin, name="begin-course"),
    path("change/", changing.change, name="change"),
    path("moment/", views.moment, name="moment"),
    path("today/", views.today, name="today"),
    path("today/hard-night/", views.hard_night, name="hard-night"),
    path("path/", path_views.path, name="path"),
    path("path/turn/", path_views.turn, name="turn"),
    path("path/when-and-where/", path_views.rhythm, name="rhythm"),
    path("path/leave/", path_views.leave, name="leave"),
    path("path/left/", path_views.left, name="left"),
    path("path/again/", path_views.again, name="again"),
    path("path/monthly/", monthly.monthly, name="monthly"),
    path("path/after/", path_views.after, name="after"),
    path("shelf/", path_views.shelf, name="shelf"),
    path("growth/", growing.growth, name="growth"),
    path("growth/shown/", growing.shown, name="shown"),
    path("weeks/", views.weeks, name="weeks"),
    path("weeks/<int:number>/", views.week, name="week"),
    path("weeks/<int:number>/check/", hard.self_check, name="self-check"),
    path("weeks/<int:number>/reading/", views.reading, name="reading"),
    path("weeks/<int:number>/reading/listen/", views.listen, name="listen"),
    path("weeks/<int:number>/letter/", views.letter, name="letter"),
    path("weeks/<int:number>/research/", views.part, {"name": "research"}, name="research"),
    path("weeks/<int:number>/reflection/", views.part, {"name": "reflection"}, name="reflection"),
    path("weeks/<int:number>/exercises/<slug:name>/", views.exercise, name="exercise"),
    path("weeks/<int:number>/class/", views.class_plan, name="class-plan"),
    path("meetings/<slug:name>/", views.meeting, name="meeting"),
    path("in-the-way/", hard.in_the_way, name="in-the-way"),
    path("how-it-was/", hard.how_it_was, name="how-it-was"),
    path("texts/", views.more, name="more"),
    path("texts/<slug:name>/", views.text, name="text"),
    path("library/", views.books, name="library"),
    path("reminders/", reminders.reminders, name="reminders"),
    path("reminders/answer/", reminders.answer, name="answer-about-reminders"),
    path("reminders/devices/", reminders.add_device, name="add-device"),
    path("reminders/devices/<uuid:device>/remove/", reminders.remove_device, name="remove-device"),
    path("reminders/words/", reminders.own_words, name="own-words"),
    path("reminders/calendar/", reminders.calendar_address, name="calendar-address"),
    path("calendar/<str:token>.ics", reminders.calendar, name="calendar"),
    path("reminded/", reminders.reminded, name="reminded"),
    path("for-teachers/", views.teachers, name="for-teachers"),
]
