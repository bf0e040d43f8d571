"""What the weeks of a course ask of whoever keeps a journal, and where each question stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from heartwood.curriculum import Week
from heartwood.web.cohorts import queries as cohorts
from heartwood.web.library import queries as library
from heartwood.web.people.days import today_of
from heartwood.web.people.models import User


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a week, and where it is answered."""

    words: str
    url: str


@dataclass(frozen=True, slots=True)
class Asks:
    """The questions of a week, and the address of the text in which they stand."""

    questions: tuple[Question, ...]
    text_url: str


def asks_now(person: User, *, at: datetime) -> Asks | None:
    """What the course asks in the week it is; nothing in a pause or outside the weeks."""
    path = cohorts.path_of(person)
    if path is None:
        return None
    course = library.course_of(path.course_version.hash).course
    walk, today = cohorts.unplanned(path, course), today_of(person, at=at)
    now = walk.now(today)
    if not walk.has_begun(today) or now.is_paused or now.is_finished:
        return None
    week = course.weeks[now.place]
    return Asks(questions_of(week), _text_url(week)) if week.reflection else None


def questions_of(week: Week) -> tuple[Question, ...]:
    """Each with the address of a page to write on, with the question above it."""
    asked = week.reflection.items if week.reflection else ()
    new = reverse("practices:new-page")
    return tuple(
        Question(words, f"{new}?week={week.number}&question={n}") for n, words in enumerate(asked, 1)
    )


def question(person: User, *, week: str, number: str) -> str:
    """The words of a question of one's own course; empty where there is none."""
    if not (week.isascii() and week.isdigit() and number.isascii() and number.isdigit()):
        return ""
    found = next((one for one in _weeks(person) if str(one.number) == week), None)
    asked = found.reflection.items if found and found.reflection else ()
    return asked[int(number) - 1] if 0 < int(number[:6]) <= len(asked) else ""


def text_asking(person: User, words: str) -> str:
    """The address of the text of one's own course in which a question stands; empty where there is none."""
    if not words:
        return ""
    weeks = (week for week in _weeks(person) if week.reflection and words in week.reflection.items)
    return next(map(_text_url, weeks), "")


def _weeks(person: User) -> tuple[Week, ...]:
    path = cohorts.path_of(person)
    return library.course_of(path.course_version.hash).course.weeks if path else ()


def _text_url(week: Week) -> str:
    return f"/weeks/{week.number}/reflection/"
