"""A week's end: the caring acts that were written down in it, as a letter of one's own lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from heartwood.curriculum import Path
from heartwood.web.cohorts import queries as cohorts
from heartwood.web.cohorts.models import Enrolment
from heartwood.web.library import queries as library
from heartwood.web.people.days import today_of
from heartwood.web.people.models import User
from heartwood.web.practices import queries as practices


@dataclass(frozen=True, slots=True)
class LetterPage:
    """The lines of one week that has ended, in the order in which they were written."""

    number: int
    title: str
    name: str
    lines: tuple[practices.Act, ...]
    week_url: str


def letter_page(person: User, path: Enrolment, number: int, *, at: datetime) -> LetterPage | None:
    """None while the week goes on, and where nothing was written in it."""
    course = library.course_of(path.course_version.hash).course
    walk, today = cohorts.walk(path, course), today_of(person, at=at)
    days = days_of_letter(walk, number, practices.days_with_acts(person), today=today)
    if not days:
        return None
    title, week_url = course.week(number).title, reverse("today:week", args=[number])
    return LetterPage(number, title, person.name, practices.acts_on(person, days), week_url)


def letter_url(person: User, walk: Path, number: int, *, today: date) -> str:
    """Where the letter of a week is read; empty where there is none."""
    if _ended(walk, number, today=today) is None:
        return ""
    days = days_of_letter(walk, number, practices.days_with_acts(person), today=today)
    return reverse("today:letter", args=[number]) if days else ""


def days_of_letter(walk: Path, number: int, days: Iterable[date], *, today: date) -> list[date]:
    """Those of these days on which the path stood at this week; none before the week has ended."""
    place = _ended(walk, number, today=today)
    if place is None:
        return []
    within = (day for day in days if walk.first_day <= day <= today)
    return [day for day in within if walk.on(day, today=today).place == place]


def _ended(walk: Path, number: int, *, today: date) -> int | None:
    """The place of a week that the path has stood at and left."""
    places = (place for place, week in enumerate(walk.open_weeks(today)) if week.number == number)
    place = next(places, None)
    return None if place == walk.now(today).place else place
