"""Class plans and meetings, as whoever leads them reads them, and what else is for teachers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.urls import reverse
from django.utils.formats import time_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from heartwood.curriculum.course import ClassPlan, Course
from heartwood.web.cohorts.models import Enrolment
from heartwood.web.kit.prose import Note, PageProse
from heartwood.web.library import queries as library
from heartwood.web.today.queries.own import Link
from heartwood.web.today.queries.texts import text_links
from heartwood.web.today.queries.week import minutes_long, plan_links

IN_THE_EVENING = time(19, 0)
IN_THE_MORNING = time(10, 0)
LONGEST_EVENING = 180
"""Minutes. What is longer begins in the morning, unless another time is chosen."""


@dataclass(frozen=True, slots=True)
class ShownSegment:
    id: str
    title: str
    minutes: int
    begins: str
    ends: str
    html: SafeString


@dataclass(frozen=True, slots=True)
class PlanPage:
    """begins: as a time field holds it; plan: which of the two lengths, empty where there is one."""

    title: str
    place: str
    minutes: int
    begins: str
    ends: str
    plan: str
    other: Link | None
    segments: tuple[ShownSegment, ...]
    notes: tuple[Note, ...]


def plan_page(path: Enrolment, number: int, *, short: bool, begins: time | None) -> PlanPage | None:
    """The plan of a week, open or not: whoever leads it reads it beforehand."""
    course = library.course_of(path.course_version.hash).course
    week = next((week for week in course.weeks if week.number == number), None)
    plan = (week.short_class_plan if short else week.class_plan) if week else None
    if week is None or plan is None:
        return None
    other = next((link for link in plan_links(week) if ("short" in link.url) != short), None)
    place = _("Week %(number)s") % {"number": number}
    return _page(course, plan, title=week.title, place=place, begins=begins, other=other, short=short)


def meeting_page(path: Enrolment, name: str, *, begins: time | None) -> PlanPage | None:
    course = library.course_of(path.course_version.hash).course
    meeting = next((meeting for meeting in course.meetings if meeting.id == name), None)
    if meeting is None:
        return None
    return _page(course, meeting.class_plan, title=meeting.title, place=_("A meeting"), begins=begins)


def _page(
    course: Course, plan: ClassPlan, *, title: str, place: str, begins: time | None,
    other: Link | None = None, short: bool = False,
) -> PlanPage:  # fmt: skip
    begins = begins or _usual_beginning(plan)
    prose, before, segments = PageProse(course.sources), 0, []
    for segment in plan.segments:
        until = before + segment.minutes
        segments.append(
            ShownSegment(
                id=f"segment-{segment.id}",
                title=segment.text.title,
                minutes=segment.minutes,
                begins=_clock(begins, before),
                ends=_clock(begins, until),
                html=prose.plan(segment.text.markdown, under=2),
            )
        )
        before = until
    return PlanPage(
        title=title,
        place=place,
        minutes=plan.minutes,
        begins=begins.strftime("%H:%M"),
        ends=_clock(begins, plan.minutes),
        plan="short" if short else "",
        other=other,
        segments=tuple(segments),
        notes=prose.notes,
    )


def _usual_beginning(plan: ClassPlan) -> time:
    return IN_THE_MORNING if plan.minutes > LONGEST_EVENING else IN_THE_EVENING


def _clock(begins: time, minutes: int) -> str:
    moment = datetime.combine(date(2000, 1, 1), begins) + timedelta(minutes=minutes)
    return time_format(moment.time(), "H:i")


@dataclass(frozen=True, slots=True)
class TeachersPage:
    texts: tuple[Link, ...]
    weeks: tuple[tuple[str, tuple[Link, ...]], ...]
    meetings: tuple[Link, ...]


def teachers_page(path: Enrolment) -> TeachersPage:
    course = library.course_of(path.course_version.hash).course
    return TeachersPage(
        texts=text_links(course.texts_of("teachers")),
        weeks=tuple(
            (_("Week %(number)s · %(title)s") % {"number": week.number, "title": week.title}, links)
            for week in course.weeks
            if (links := plan_links(week))
        ),
        meetings=tuple(
            Link(
                meeting.title,
                reverse("today:meeting", args=[meeting.id]),
                lengths=minutes_long(meeting.minutes),
            )
            for meeting in course.meetings
        ),
    )
