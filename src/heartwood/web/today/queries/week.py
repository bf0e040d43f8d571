"""A week and what it holds: practices, reading, exercises, research, reflection."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from heartwood.curriculum import Course, Text, Week
from heartwood.web.cohorts import queries as cohorts
from heartwood.web.cohorts.models import Enrolment
from heartwood.web.kit.prose import Note, PageProse
from heartwood.web.library import queries as library
from heartwood.web.people.days import today_of
from heartwood.web.people.models import User
from heartwood.web.practices import queries as practices
from heartwood.web.today.instructions import Way, ways
from heartwood.web.today.queries.letter import letter_url
from heartwood.web.today.queries.own import (
    Link,
    in_the_way_url,
    minutes_to_read,
    open_weeks,
    practice_link,
    practices_of,
)

PARTS = ("research", "reflection")
"""Parts of a week that have a page of their own."""


@dataclass(frozen=True, slots=True)
class Piece:
    title: str
    html: SafeString


@dataclass(frozen=True, slots=True)
class WeekPage:
    number: int
    title: str
    summary: str
    practices: tuple[Link, ...]
    short: Link | None
    home: Piece | None
    reading: Link | None
    reading_minutes: int
    daily_life: Piece | None
    exercises: tuple[Link, ...]
    further: tuple[Link, ...]
    plans: tuple[Link, ...]
    in_the_way_url: str
    notes: tuple[Note, ...]
    letter_url: str = ""


def week_page(person: User, path: Enrolment, number: int, *, at: datetime) -> WeekPage | None:
    """An open week; None for one that is not open, or that the course does not have."""
    read = library.course_of(path.course_version.hash)
    walk, today = cohorts.walk(path, read.course), today_of(person, at=at)
    week = next((week for week in walk.open_weeks(today) if week.number == number), None)
    if week is None:
        return None
    prose = PageProse(read.course.sources)
    return WeekPage(
        number=week.number,
        title=week.title,
        summary=week.summary,
        practices=tuple(practice_link(read.script(n)) for n in practices_of(week) if n != week.short),
        short=practice_link(read.script(week.short)) if week.short else None,
        home=_piece(prose, week.home),
        reading=Link(week.reading.title, reverse("today:reading", args=[number])) if week.reading else None,
        reading_minutes=minutes_to_read(week.reading) if week.reading else 0,
        daily_life=_piece(prose, week.daily_life),
        exercises=_exercises(week),
        further=tuple(_part_link(week, name) for name in PARTS if getattr(week, name)),
        plans=plan_links(week),
        in_the_way_url=in_the_way_url(read.course),
        notes=prose.notes,
        letter_url=letter_url(person, walk, number, today=today),
    )


def _piece(prose: PageProse, text: Text | None) -> Piece | None:
    return Piece(text.title, prose.html(text.markdown, under=2)) if text else None


def _exercises(week: Week) -> tuple[Link, ...]:
    return tuple(
        Link(
            exercise.text.title,
            reverse("today:exercise", args=[week.number, exercise.id]),
            lengths=minutes_long(exercise.minutes),
        )
        for exercise in week.exercises
    )


def minutes_long(minutes: int) -> str:
    return ngettext("%(minutes)s minute", "%(minutes)s minutes", minutes) % {"minutes": minutes}


def _part_link(week: Week, name: str) -> Link:
    text: Text = getattr(week, name)
    return Link(text.title, reverse(f"today:{name}", args=[week.number]))


def plan_links(week: Week) -> tuple[Link, ...]:
    """The class plans of a week, the longer one first."""
    plans = {"": week.class_plan, "?plan=short": week.short_class_plan}
    address = reverse("today:class-plan", args=[week.number])
    return tuple(
        Link(minutes_long(plan.minutes), f"{address}{query}") for query, plan in plans.items() if plan
    )


def _open_week(person: User, path: Enrolment, course: Course, number: int, *, at: datetime) -> Week | None:
    opened = open_weeks(person, path, course, at=at)
    return next((week for week in opened if week.number == number), None)


@dataclass(frozen=True, slots=True)
class ReadingPage:
    """A text of one week: its reading, its research, its reflection.

    minutes    to read; 0 says nothing
    questions  of a reflection, each with the page to write on
    """

    title: str
    week_number: int
    week_title: str
    week_url: str
    html: SafeString
    notes: tuple[Note, ...]
    minutes: int
    next: Link | None
    listening: Listening | None = None
    questions: tuple[practices.Question, ...] = ()


@dataclass(frozen=True, slots=True)
class Listening:
    """The reading as sound. state: "offered", "making", "ready" or "failed".

    url       of the sound, once it is ready
    ask_url   where it is asked for
    progress_url  tells how far it has come
    """

    state: str
    url: str
    ask_url: str
    progress_url: str
    progress: int
    minutes: int


def may_listen(person: User, path: Enrolment, number: int, *, at: datetime) -> bool:
    """Whether the week is open to them and its reading can be read aloud here."""
    course = library.course_of(path.course_version.hash).course
    week = _open_week(person, path, course, number, at=at)
    return week is not None and library.is_read_aloud(course, number)


def _listening(course: Course, number: int) -> Listening | None:
    if not library.is_read_aloud(course, number):
        return None
    made = library.reading_sound(course, number)
    state = _LISTENING[made.state] if made else "offered"
    if made and state == "ready" and library.sound_file(made) is None:
        state = "offered"
    return Listening(
        state=state,
        url=reverse("library:sound", args=[made.id]) if made else "",
        ask_url=reverse("today:listen", args=[number]),
        progress_url=reverse("api:rendering", args=[made.id]) if made else "",
        progress=made.progress if made else 0,
        minutes=-(-made.milliseconds // 60_000) if made else 0,
    )


_LISTENING = {"due": "making", "making": "making", "ready": "ready", "failed": "failed", "away": "offered"}


def reading_page(person: User, path: Enrolment, number: int, *, at: datetime) -> ReadingPage | None:
    """The reading of an open week, with its sound where a voice can read it."""
    page = _text_of_week(person, path, number, "reading", at=at)
    course = library.course_of(path.course_version.hash).course
    return replace(page, listening=_listening(course, number)) if page else None


def part_page(person: User, path: Enrolment, number: int, part: str, *, at: datetime) -> ReadingPage | None:
    return _text_of_week(person, path, number, part, at=at)


def _text_of_week(
    person: User, path: Enrolment, number: int, part: str, *, at: datetime
) -> ReadingPage | None:
    course = library.course_of(path.course_version.hash).course
    week = _open_week(person, path, course, number, at=at)
    text: Text | None = getattr(week, part) if week else None
    if week is None or text is None:
        return None
    prose = PageProse(course.sources)
    return ReadingPage(
        title=text.title,
        week_number=number,
        week_title=week.title,
        week_url=reverse("today:week", args=[number]),
        html=prose.html(text.markdown, under=1),
        notes=prose.notes,
        minutes=minutes_to_read(text) if part == "reading" else 0,
        next=_part_link(week, "research") if part == "reading" and week.research else None,
        questions=practices.questions_of(week) if part == "reflection" else (),
    )


@dataclass(frozen=True, slots=True)
class ShownStep:
    minutes: str
    seconds: int
    html: SafeString


@dataclass(frozen=True, slots=True)
class ShownWay:
    anchor: str
    title: str
    before: SafeString
    steps: tuple[ShownStep, ...]
    after: SafeString


@dataclass(frozen=True, slots=True)
class ExercisePage:
    title: str
    week_number: int
    week_title: str
    week_url: str
    minutes: int
    opening: SafeString
    ways: tuple[ShownWay, ...]
    notes: tuple[Note, ...]


def exercise_page(
    person: User, path: Enrolment, number: int, name: str, *, at: datetime
) -> ExercisePage | None:
    course = library.course_of(path.course_version.hash).course
    week = _open_week(person, path, course, number, at=at)
    exercise = next((one for one in week.exercises if one.id == name), None) if week else None
    if week is None or exercise is None:
        return None
    prose = PageProse(course.sources)
    opening, found = ways(exercise.text.markdown)
    return ExercisePage(
        title=exercise.text.title,
        week_number=number,
        week_title=week.title,
        week_url=reverse("today:week", args=[number]),
        minutes=exercise.minutes,
        opening=prose.html(opening, under=1),
        ways=tuple(_shown_way(prose, way, place) for place, way in enumerate(found, start=1)),
        notes=prose.notes,
    )


def _shown_way(prose: PageProse, way: Way, place: int) -> ShownWay:
    return ShownWay(
        anchor=f"way-{place}",
        title=way.title,
        before=prose.html(way.before, under=2),
        steps=tuple(
            ShownStep(step.minutes, step.seconds, prose.html(step.markdown, under=2)) for step in way.steps
        ),
        after=prose.html(way.after, under=2),
    )
