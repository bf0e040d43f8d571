"""When it is hard: two questions about a week, the self-check before one, and the page that leads to all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from heartwood.curriculum import Path, Week
from heartwood.curriculum.asking import Asked, asked_about
from heartwood.curriculum.self_check import Sign
from heartwood.web.care import queries as care
from heartwood.web.care.leading import Leads, leads
from heartwood.web.care.models import WeekAnswer
from heartwood.web.cohorts import queries as cohorts
from heartwood.web.cohorts.models import Enrolment
from heartwood.web.kit.prose import PageProse
from heartwood.web.library import queries as library
from heartwood.web.people.days import today_of
from heartwood.web.people.models import User
from heartwood.web.today.queries.own import Link
from heartwood.web.today.queries.texts import text_links


@dataclass(frozen=True, slots=True)
class InTheWayPage:
    """obstacles: a page each. hard: gentler ways and the like. checks: before which weeks one may look."""

    obstacles: tuple[Link, ...]
    hard: tuple[Link, ...]
    checks: tuple[Link, ...]
    how_it_was_url: str


def in_the_way_page(person: User, path: Enrolment, *, at: datetime) -> InTheWayPage | None:
    course = library.course_of(path.course_version.hash).course
    if not course.texts_of("in-the-way") and not course.texts_of("hard"):
        return None
    walk, today = cohorts.walk(path, course), today_of(person, at=at)
    return InTheWayPage(
        obstacles=text_links(course.texts_of("in-the-way")),
        hard=text_links(course.texts_of("hard")),
        checks=tuple(_check_link(week) for week in _near(walk, today) if week.self_check),
        how_it_was_url=reverse("today:how-it-was") if asked_about(walk, today=today) else "",
    )


def _near(walk: Path, today: date) -> tuple[Week, ...]:
    """The open weeks, and the one that comes next."""
    return walk.course.weeks[: len(walk.open_weeks(today)) + 1]


def quiet_line(person: User, path: Enrolment, walk: Path, *, today: date) -> Link | None:
    """One line beside Today's thing: the two questions where they are due, else the self-check of a week."""
    asked = asked_about(walk, today=today)
    if asked and asked.is_due and not _said(person, path, asked):
        return Link(_("How was your week?"), reverse("today:how-it-was"), _("Two questions, if you like"))
    now = walk.now(today)
    if walk.has_begun(today) and now.day <= 2 and not now.is_finished:
        week = walk.course.weeks[now.place]
        return _check_link(week) if week.self_check else None
    return None


def _check_link(week: Week) -> Link:
    title = week.self_check.title if week.self_check else ""
    return Link(title, reverse("today:self-check", args=[week.number]), _("A self-check, one minute"))


@dataclass(frozen=True, slots=True)
class HowItWasPage:
    """The two questions, and what was answered.

    leads  what the answers lead to; None before there are any
    check  the self-check of the week after, where it has one
    """

    number: int
    title: str
    since: date
    said: WeekAnswer | None
    leads: Leads | None
    hard: tuple[Link, ...]
    check: Link | None


def how_it_was_page(person: User, path: Enrolment, *, at: datetime) -> HowItWasPage | None:
    """None when there is no week to be asked about."""
    course = library.course_of(path.course_version.hash).course
    asked = asked_about(cohorts.walk(path, course), today=today_of(person, at=at))
    if asked is None:
        return None
    said = _said(person, path, asked)
    place = course.weeks.index(asked.week)
    following = course.weeks[place + 1 : place + 2]
    return HowItWasPage(
        number=asked.week.number,
        title=asked.week.title,
        since=asked.since,
        said=said,
        leads=leads(said.difficult, said.lasting) if said and (said.difficult or said.lasting) else None,
        hard=text_links(course.texts_of("hard")),
        check=next((_check_link(week) for week in following if week.self_check), None),
    )


def _said(person: User, path: Enrolment, asked: Asked) -> WeekAnswer | None:
    return care.week_answer(person, path=path.id, week=asked.week.number, since=asked.since)


@dataclass(frozen=True, slots=True)
class Statement:
    id: str
    text: str
    is_so: bool


@dataclass(frozen=True, slots=True)
class SelfCheckPage:
    """A self-check.

    leads       "go", "gentler", "wait" or "help"; empty before anything was sent or kept
    suggestion  in words, as safe HTML
    """

    number: int
    title: str
    opening: str
    statements: tuple[Statement, ...]
    leads: str
    suggestion: SafeString
    is_kept: bool
    hard: tuple[Link, ...]


def week_with_check(path: Enrolment, number: int) -> Week | None:
    """The week, where it has a self-check."""
    weeks = library.course_of(path.course_version.hash).course.weeks
    return next((week for week in weeks if week.number == number and week.self_check), None)


def self_check_page(person: User, path: Enrolment, week: Week, *, ticked: list[str] | None) -> SelfCheckPage:
    """ticked: what was sent just now; None: show what was kept, if anything was."""
    course = library.course_of(path.course_version.hash).course
    check, kept = week.self_check, care.self_check(person, path=path.id, week=week.number)
    assert check
    so = kept.ticked if ticked is None and kept else ticked or []
    suggests = check.leads(so) if ticked is not None or kept else ""
    return SelfCheckPage(
        number=week.number,
        title=check.title,
        opening=check.opening,
        statements=tuple(_statement(sign, so) for sign in check.signs),
        leads=suggests,
        suggestion=PageProse(course.sources).html(check.suggestions.get(suggests, ""), under=2),
        is_kept=kept is not None,
        hard=text_links(course.texts_of("hard")),
    )


def _statement(sign: Sign, so: list[str]) -> Statement:
    return Statement(sign.id, sign.text, sign.id in so)
