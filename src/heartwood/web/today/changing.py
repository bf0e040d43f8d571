"""A newer version of one's course, shown in words, to take or to leave."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from heartwood import content
from heartwood.content import Difference, ReadCourse
from heartwood.content.differences import How, Passage
from heartwood.errors import UnknownName
from heartwood.web.cohorts import actions, queries
from heartwood.web.cohorts.models import Enrolment
from heartwood.web.kit.ids import new_id
from heartwood.web.kit.privacy import private
from heartwood.web.kit.prose import to_html
from heartwood.web.library import queries as library
from heartwood.web.people.models import User
from heartwood.web.today.forms import AnswerForm


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest) -> HttpResponse:
    """What the newer version says differently; the person takes it, or keeps theirs."""
    person = cast(User, request.user)
    form, error = AnswerForm(request.POST or None), ""
    if request.method == "POST":
        if form.is_valid() and _answer(request, person, form):
            return redirect("today:today")
        error = _("Something newer is there since this page was opened. Look again, and choose.")
    path = queries.path_of(person)
    offer = path and queries.offer(path)
    if not path or not offer:
        return redirect("today:today")
    page = change_page(path, offer, error=error)
    return render(request, "today/change.html", {"page": page}, status=422 if error else 200)


def _answer(request: HttpRequest, person: User, form: AnswerForm) -> bool:
    """False when what was shown is not on offer any more."""
    given = form.cleaned_data
    accepted = given["answer"] == "accept"
    try:
        actions.answer_offer(person, given["offered"], accepted=accepted, page=given["id"], at=timezone.now())
    except UnknownName:
        return False
    said = _("You are on the newer version now.") if accepted else _("Your version stays as it is.")
    messages.success(request, said)
    return True


@dataclass(frozen=True, slots=True)
class Note:
    title: str
    html: SafeString
    is_safety: bool


@dataclass(frozen=True, slots=True)
class Told:
    name: str
    what: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Group:
    where: str
    differences: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class ChangePage:
    course_title: str
    notes: tuple[Note, ...]
    groups: tuple[Group, ...]
    offered: UUID
    id: UUID
    error: str


def change_page(path: Enrolment, offer: queries.Offer, *, error: str = "") -> ChangePage:
    """What the author says, what keeps from harm first; then every difference, week by week."""
    before, now = library.course_of(path.course_version.hash), library.course_of(offer.version.hash)
    changes = sorted(content.new_changes(before, now), key=lambda change: not change.is_safety)
    return ChangePage(
        course_title=now.course.title,
        notes=tuple(Note(c.text.title, to_html(c.text.markdown, under=2), c.is_safety) for c in changes),
        groups=tuple(_groups(before, now)),
        offered=offer.version.id,
        id=new_id(),
        error=error,
    )


def _groups(before: ReadCourse, now: ReadCourse) -> Iterator[Group]:
    ordered = sorted(content.differences(before, now), key=lambda one: (one.week is not None, one.week or 0))
    for week, several in groupby(ordered, key=lambda one: one.week):
        where = _("The whole course") if week is None else _("Week %(number)s") % {"number": week}
        yield Group(where, tuple(_told(one) for one in several))


def _told(difference: Difference) -> Told:
    name = _("%(kind)s: %(title)s") % {"kind": _kind(difference.kind), "title": difference.title}
    return Told(name, _what(difference.how), difference.passages)


def _kind(kind: str) -> str:
    return {
        "course": _("Course"), "week": _("Week"), "reading": _("Reading"), "practice": _("Practice"),
        "exercise": _("Exercise"), "meeting": _("Meeting"), "daily_life": _("For daily life"),
        "home": _("At home this week"), "research": _("Research"), "reflection": _("Reflection"),
        "moment": _("This moment"), "acts": _("Small acts"), "self_check": _("Self-check"),
    }.get(kind, _("Page"))  # fmt: skip


def _what(how: How) -> str:
    return {
        How.NEW: _("This is new."),
        How.GONE: _("This is no longer there."),
        How.WORDS: _("Some words are different."),
        How.TIMES: _("The words are the same; how it is arranged or how long it takes is different."),
    }[how]
