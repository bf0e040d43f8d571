"""The weeks as a path, and beginning."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from heartwood.content import ReadCourse
from heartwood.curriculum import Course, Path, Text, Week
from heartwood.practice import Script, as_minutes
from heartwood.web.cohorts import queries as cohorts
from heartwood.web.cohorts.models import Enrolment
from heartwood.web.library import queries as library
from heartwood.web.library.models import CourseVersion
from heartwood.web.people.days import latest_day_of, today_of
from heartwood.web.people.models import User

WORDS_READ_A_MINUTE = 200


@dataclass(frozen=True, slots=True)
class Link:
    title: str
    url: str
    summary: str = ""
    lengths: str = ""


def minutes_to_read(text: Text) -> int:
    return -(-text.words // WORDS_READ_A_MINUTE)


def in_the_way_url(course: Course) -> str:
    """Empty where the course has no such pages."""
    has_any = course.texts_of("in-the-way") or course.texts_of("hard")
    return reverse("today:in-the-way") if has_any else ""


@dataclass(frozen=True, slots=True)
class WeekOnPath:
    number: int
    title: str
    summary: str
    url: str
    opens: str
    is_now: bool
    meetings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WeeksPage:
    course_title: str
    person: UUID
    pairs: int
    before: tuple[str, ...]
    weeks: tuple[WeekOnPath, ...]
    practices: tuple[Link, ...]
    in_the_way_url: str


def weeks_page(person: User, path: Enrolment, *, at: datetime) -> WeeksPage:
    read = library.course_of(path.course_version.hash)
    walk, today = cohorts.walk(path, read.course), today_of(person, at=at)
    return WeeksPage(
        course_title=read.course.title,
        person=person.id,
        pairs=cohorts.leaves(path, walk, latest=latest_day_of(person, at=at)),
        before=_meetings(read.course, after=0),
        weeks=tuple(_weeks(walk, today=today)),
        practices=tuple(practice_link(script) for script in _of_no_week(read)),
        in_the_way_url=in_the_way_url(read.course),
    )


def _meetings(course: Course, *, after: int) -> tuple[str, ...]:
    return tuple(meeting.title for meeting in course.meetings if meeting.after_week == after)


def _of_no_week(read: ReadCourse) -> list[Script]:
    """Practices for any time, in order of their titles."""
    placed = {name for week in read.course.weeks for name in practices_of(week)}
    loose = [script for name, script in read.scripts.items() if name not in placed]
    return sorted(loose, key=lambda script: script.title)


def practices_of(week: Week) -> list[str]:
    return list(dict.fromkeys([*week.practices, *([week.short] if week.short else [])]))


def practice_link(script: Script) -> Link:
    lengths = _("%(shortest)s to %(longest)s minutes") % {
        "shortest": as_minutes(script.shortest_ms),
        "longest": as_minutes(script.longest_ms),
    }
    return Link(script.title, reverse("practices:practice", args=[script.id]), script.summary, lengths)


def open_weeks(person: User, path: Enrolment, course: Course, *, at: datetime) -> tuple[Week, ...]:
    return cohorts.walk(path, course).open_weeks(today_of(person, at=at))


def _weeks(path: Path, *, today: date) -> Iterator[WeekOnPath]:
    """Every week of the course: open, or with the day on which the path comes to it."""
    opened, last = path.open_weeks(today), len(path.course.weeks) - 1
    now = min(path.now(today).place, last)
    for place, week in enumerate(path.course.weeks):
        is_open = week in opened
        comes = None if is_open else path.comes_to(place, today=today)
        yield WeekOnPath(
            number=week.number,
            title=week.title,
            summary=week.summary,
            url=reverse("today:week", args=[week.number]) if is_open else "",
            opens=date_format(comes, "l j F") if comes else "",
            is_now=is_open and place == now,
            meetings=_meetings(path.course, after=week.number),
        )


@dataclass(frozen=True, slots=True)
class Start:
    value: str
    words: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class BeginPage:
    course_title: str
    course_summary: str
    weeks: int
    starts: tuple[Start, ...]
    error: str
    id: UUID


def begin_page(course: Course, days: list[date], *, chosen: date, page: UUID, error: str = "") -> BeginPage:
    """Today, or one of the next Mondays."""
    starts = tuple(
        Start(day.isoformat(), _("Today") if place == 0 else date_format(day, "l j F"), day == chosen)
        for place, day in enumerate(days)
    )
    return BeginPage(course.title, course.summary, len(course.weeks), starts, error, page)


@dataclass(frozen=True, slots=True)
class Offered:
    """A course that may be begun."""

    title: str
    summary: str
    weeks: int
    url: str


def choose_page(versions: Iterable[CourseVersion]) -> tuple[Offered, ...]:
    """The courses of which one is begun, in the order in which they came."""
    return tuple(
        Offered(
            course.title,
            course.summary,
            len(course.weeks),
            reverse("today:begin-course", args=[version.course]),
        )
        for version in versions
        for course in (library.course_of(version.hash).course,)
    )
