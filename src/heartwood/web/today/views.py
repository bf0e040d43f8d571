"""The front door, beginning, Today, and the weeks."""

from __future__ import annotations

from datetime import time
from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from heartwood.errors import UnknownName
from heartwood.web.cohorts import actions as cohort_actions
from heartwood.web.cohorts import queries as cohorts
from heartwood.web.cohorts.models import Enrolment
from heartwood.web.kit import errors
from heartwood.web.kit.ids import new_id
from heartwood.web.kit.privacy import private
from heartwood.web.library import actions as library_actions
from heartwood.web.library import queries as library
from heartwood.web.library.models import CourseVersion
from heartwood.web.people.days import today_of
from heartwood.web.people.models import User
from heartwood.web.today import actions, queries
from heartwood.web.today.forms import BeginForm


@require_safe
def front_door(request: HttpRequest) -> HttpResponse:
    return render(request, "today/front_door.html")


@require_safe
def moment(request: HttpRequest) -> HttpResponse:
    """Ninety seconds for whoever needs them; it asks for nothing and keeps nothing."""
    path = cohorts.path_of(request.user) if request.user.is_authenticated else None
    return render(request, "today/moment.html", {"page": queries.moments_page(path)})


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, course: str = "") -> HttpResponse:
    """Alone, today or on a chosen Monday. Where there are several courses, one is chosen first."""
    person = cast(User, request.user)
    if cohorts.path_of(person):
        return redirect("today:today")
    offered = library.on_offer()
    if not offered:
        return _no_course(request)
    if not course and len(offered) > 1:
        shown = {"page": queries.choose_page(offered), "pairs": cohorts.leaves_of_old(person)}
        return render(request, "today/choose.html", shown)
    version = next((one for one in offered if course in ("", one.course)), None)
    if version is None:
        raise Http404
    days = cohorts.days_to_begin(today_of(person, at=timezone.now()))
    form = BeginForm(request.POST or None, days=days)
    if request.method == "POST" and form.is_valid() and _begin(person, version, form):
        return redirect("today:today")
    error = _("Choose one of these days.") if form.is_bound else ""
    page = queries.begin_page(library.read(version).course, days, chosen=days[0], page=new_id(), error=error)
    shown = {"page": page, "pairs": cohorts.leaves_of_old(person)}
    return render(request, "today/begin.html", shown, status=422 if error else 200)


def _begin(person: User, version: CourseVersion, form: BeginForm) -> bool:
    """False when the page was used up before; a fresh one is shown then."""
    given = form.cleaned_data
    try:
        cohort_actions.begin(
            person, version, starts_on=given["starts_on"], page=given["id"], at=timezone.now()
        )
    except UnknownName:
        return False
    return True


def _no_course(request: HttpRequest) -> HttpResponse:
    return errors.page(
        request,
        status=503,
        title=_("There is no course here yet"),
        body=_("Whoever keeps this Heartwood has not published one."),
        remedy=_("Come back later, or ask them."),
    )


@private
@login_required
@require_safe
def today(request: HttpRequest) -> HttpResponse:
    person = cast(User, request.user)
    path = cohorts.path_of(person)
    if path is None:
        return redirect("today:begin")
    page = queries.today_page(person, path, at=timezone.now())
    return render(request, "today/today.html", {"page": page, "offer": cohorts.offer(path)})


@private
@login_required
@require_POST
def hard_night(request: HttpRequest) -> HttpResponse:
    """It was a hard night: the short practice for today."""
    actions.say_hard_night(cast(User, request.user), at=timezone.now())
    return redirect("today:today")


@private
@login_required
@require_safe
def weeks(request: HttpRequest) -> HttpResponse:
    person = cast(User, request.user)
    path = cohorts.path_of(person)
    if path is None:
        return redirect("today:begin")
    page = queries.weeks_page(person, path, at=timezone.now())
    return render(request, "today/weeks.html", {"page": page, "offer": cohorts.offer(path)})


@private
@login_required
@require_safe
def week(request: HttpRequest, number: int) -> HttpResponse:
    person, path = _who(request)
    page = path and queries.week_page(person, path, number, at=timezone.now())
    return _shown(request, "today/week.html", page)


@private
@login_required
@require_safe
def letter(request: HttpRequest, number: int) -> HttpResponse:
    """One's own lines from a week that has ended."""
    person, path = _who(request)
    page = path and queries.letter_page(person, path, number, at=timezone.now())
    return _shown(request, "today/letter.html", page)


@private
@login_required
@require_safe
def reading(request: HttpRequest, number: int) -> HttpResponse:
    person, path = _who(request)
    page = path and queries.reading_page(person, path, number, at=timezone.now())
    return _shown(request, "today/reading.html", page)


@private
@login_required
@require_POST
def listen(request: HttpRequest, number: int) -> HttpResponse:
    """Have the reading of an open week read aloud; asked again, it is the same sound."""
    person, path = _who(request)
    at = timezone.now()
    if path is None or not queries.may_listen(person, path, number, at=at):
        raise Http404
    library_actions.want_reading(path.course_version, number, by=person, at=at)
    return redirect(f"{reverse('today:reading', args=[number])}#listen")


@private
@login_required
@require_safe
def part(request: HttpRequest, number: int, name: str) -> HttpResponse:
    """The research of a week, or its questions."""
    person, path = _who(request)
    page = path and queries.part_page(person, path, number, name, at=timezone.now())
    return _shown(request, "today/reading.html", page)


@private
@login_required
@require_safe
def exercise(request: HttpRequest, number: int, name: str) -> HttpResponse:
    person, path = _who(request)
    page = path and queries.exercise_page(person, path, number, name, at=timezone.now())
    return _shown(request, "today/exercise.html", page)


@private
@login_required
@require_safe
def class_plan(request: HttpRequest, number: int) -> HttpResponse:
    _person, path = _who(request)
    short = request.GET.get("plan") == "short"
    page = path and queries.plan_page(path, number, short=short, begins=_begins(request))
    return _shown(request, "today/plan.html", page)


@private
@login_required
@require_safe
def meeting(request: HttpRequest, name: str) -> HttpResponse:
    _person, path = _who(request)
    page = path and queries.meeting_page(path, name, begins=_begins(request))
    return _shown(request, "today/plan.html", page)


def _begins(request: HttpRequest) -> time | None:
    """The beginning that was chosen; what is no time is none."""
    try:
        return time.fromisoformat(request.GET.get("from", "")).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        return None


@private
@login_required
@require_safe
def more(request: HttpRequest) -> HttpResponse:
    _person, path = _who(request)
    return _shown(request, "today/more.html", path and queries.more_page(path))


@private
@login_required
@require_safe
def text(request: HttpRequest, name: str) -> HttpResponse:
    _person, path = _who(request)
    return _shown(request, "today/text.html", path and queries.text_page(path, name))


@private
@login_required
@require_safe
def books(request: HttpRequest) -> HttpResponse:
    """The annotated library."""
    _person, path = _who(request)
    return _shown(request, "today/library.html", path and queries.library_page(path))


@private
@login_required
@require_safe
def teachers(request: HttpRequest) -> HttpResponse:
    _person, path = _who(request)
    return _shown(request, "today/teachers.html", path and queries.teachers_page(path))


def _who(request: HttpRequest) -> tuple[User, Enrolment | None]:
    person = cast(User, request.user)
    return person, cohorts.path_of(person)


def _shown(request: HttpRequest, template: str, page: object) -> HttpResponse:
    """The page, where there is one."""
    if not page:
        raise Http404
    return render(request, template, {"page": page})
