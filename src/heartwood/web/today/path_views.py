"""One's own path: to pause it, go to a week, plan when and where, leave it, or begin again."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from heartwood.errors import UnknownName
from heartwood.web.cohorts import actions as cohort_actions
from heartwood.web.cohorts import queries as cohorts
from heartwood.web.cohorts.models import Enrolment
from heartwood.web.kit.ids import new_id
from heartwood.web.kit.privacy import private
from heartwood.web.library import queries as library
from heartwood.web.library.models import CourseVersion
from heartwood.web.people.days import today_of
from heartwood.web.people.models import User
from heartwood.web.today import actions, queries
from heartwood.web.today.forms import AgainForm, LeaveForm, RhythmForm, TurnForm

FORMS = ["GET", "HEAD", "POST"]
TURNS = {"pause": cohort_actions.pause, "resume": cohort_actions.resume}


@private
@login_required
@require_safe
def path(request: HttpRequest) -> HttpResponse:
    person, own = _who(request)
    if own is None:
        return redirect("today:begin")
    return _path_page(request, person, own)


def _path_page(request: HttpRequest, person: User, own: Enrolment, *, error: str = "") -> HttpResponse:
    page = queries.path_page(person, own, at=timezone.now())
    return render(request, "today/path.html", {"page": page, "error": error}, status=422 if error else 200)


@private
@login_required
@require_POST
def turn(request: HttpRequest) -> HttpResponse:
    """Pause, go on, or go to a week; then Today."""
    person, own = _who(request)
    if own is None:
        return redirect("today:begin")
    form = TurnForm(request.POST)
    if form.is_valid() and _turn(person, form):
        messages.success(request, _said(form.cleaned_data["kind"]))
        return redirect("today:today")
    return _path_page(request, person, own, error=_("That did not go through. Choose again on this page."))


def _turn(person: User, form: TurnForm) -> bool:
    """False when the page was used up before, or names a week that is not there."""
    given, at = form.cleaned_data, timezone.now()
    try:
        if given["kind"] == "go":
            cohort_actions.go_to(person, given["place"], page=given["id"], at=at)
        else:
            TURNS[given["kind"]](person, page=given["id"], at=at)
    except UnknownName:
        return False
    return True


def _said(kind: str) -> str:
    return {
        "pause": _("Your path rests now. It waits where it is."),
        "resume": _("You are on your way again."),
        "go": _("This week begins today."),
    }[kind]


@private
@login_required
@require_http_methods(FORMS)
def rhythm(request: HttpRequest) -> HttpResponse:
    """When and where somebody means to practise."""
    person, own = _who(request)
    if own is None:
        return redirect("today:begin")
    course = library.course_of(own.course_version.hash).course
    form = RhythmForm(
        request.POST or None,
        initial=queries.rhythm_now(own),
        days=course.days_per_week,
        lengths=queries.lengths_to_plan(own),
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        cohort_actions.plan(
            person,
            days_a_week=given["days_a_week"],
            time=given["time"],
            place=given["place"],
            length_ms=round(float(given["minutes"]) * 60_000) if given["minutes"] else None,
            at=timezone.now(),
        )
        messages.success(request, _("Kept. You can change it whenever you like."))
        return redirect("today:path")
    return render(request, "today/rhythm.html", {"form": form}, status=422 if form.errors else 200)


@private
@login_required
@require_http_methods(FORMS)
def leave(request: HttpRequest) -> HttpResponse:
    """Stop here; what was sat and written stays or goes, as the person chooses."""
    person, own = _who(request)
    if own is None:
        return redirect("today:left")
    form = LeaveForm(request.POST or None, initial={"path": own.id})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        go = actions.leave_and_erase if given["what"] == "erase" else actions.leave
        go(person, given["path"], at=timezone.now())
        return redirect("today:left")
    return render(request, "today/leave.html", {"form": form}, status=422 if form.errors else 200)


@private
@login_required
@require_safe
def left(request: HttpRequest) -> HttpResponse:
    """After leaving: what is there, and nothing that is asked."""
    _person, own = _who(request)
    return redirect("today:today") if own else render(request, "today/left.html")


@private
@login_required
@require_http_methods(FORMS)
def again(request: HttpRequest) -> HttpResponse:
    """A new path through the course, when one is over. The old one is kept."""
    person, own = _who(request)
    at = timezone.now()
    if own is None:
        return redirect("today:begin")
    version = _newest(own)
    if version is None or not queries.is_over(person, own, at=at):
        return redirect("today:path")
    days = cohorts.days_to_begin(today_of(person, at=at))
    form = AgainForm(request.POST or None, days=days)
    if request.method == "POST" and form.is_valid() and _begin_again(person, version, form):
        return redirect("today:today")
    error = _("Choose one of these days.") if form.is_bound else ""
    course = library.read(version).course
    page = queries.begin_page(course, days, chosen=days[0], page=new_id(), error=error)
    shown = {"page": page, "over": own.id, "pairs": queries.leaves(person, own, at=at)}
    return render(request, "today/begin.html", shown, status=422 if error else 200)


def _newest(own: Enrolment) -> CourseVersion | None:
    """The course of this path as it is on offer now; where it is not, the first that is."""
    offered = library.on_offer()
    same = [version for version in offered if version.course == own.course_version.course]
    return next(iter([*same, *offered]), None)


def _begin_again(person: User, version: CourseVersion, form: AgainForm) -> bool:
    given = form.cleaned_data
    try:
        cohort_actions.begin_again(
            person,
            version,
            over=given["over"],
            starts_on=given["starts_on"],
            page=given["id"],
            at=timezone.now(),
        )
    except UnknownName:
        return False
    return True


@private
@login_required
@require_safe
def after(request: HttpRequest) -> HttpResponse:
    """Looking back, when the course is over."""
    person, own = _who(request)
    page = own and queries.after_page(person, own, at=timezone.now())
    return render(request, "today/looking_back.html", {"page": page}) if page else redirect("today:today")


@private
@login_required
@require_safe
def shelf(request: HttpRequest) -> HttpResponse:
    """Every practice that is open."""
    person, own = _who(request)
    if own is None:
        return redirect("today:begin")
    return render(request, "today/shelf.html", {"parts": queries.shelf_page(person, own, at=timezone.now())})


def _who(request: HttpRequest) -> tuple[User, Enrolment | None]:
    person = cast(User, request.user)
    return person, cohorts.path_of(person)
