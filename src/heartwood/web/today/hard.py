"""When it is hard: the doors to the two questions about a week, and to the self-check before one."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from heartwood.web.care import actions as care
from heartwood.web.care.models import WeekAnswer
from heartwood.web.cohorts import queries as cohorts
from heartwood.web.cohorts.models import Enrolment
from heartwood.web.kit.privacy import private
from heartwood.web.people.models import User
from heartwood.web.today import queries
from heartwood.web.today.forms import HowItWasForm


@private
@login_required
@require_safe
def in_the_way(request: HttpRequest) -> HttpResponse:
    person, path = _who(request)
    page = queries.in_the_way_page(person, path, at=timezone.now())
    if page is None:
        raise Http404
    return render(request, "today/in_the_way.html", {"page": page})


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def how_it_was(request: HttpRequest) -> HttpResponse:
    """Two questions about a week. What was answered is shown again with what it leads to."""
    person, path = _who(request)
    form = HowItWasForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        skipped = "skip" in request.POST
        care.answer_week(
            person,
            path=path.id,
            week=given["week"],
            since=given["since"],
            difficult="" if skipped else given["difficult"],
            lasting="" if skipped else given["lasting"],
            at=timezone.now(),
        )
        return redirect("today:today" if skipped else "today:how-it-was")
    page = queries.how_it_was_page(person, path, at=timezone.now())
    if page is None:
        raise Http404
    choices = {"difficult": WeekAnswer.Difficult.choices, "lasting": WeekAnswer.Lasting.choices}
    status = 422 if form.is_bound else 200
    return render(request, "today/how_it_was.html", {"page": page, "choices": choices}, status=status)


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def self_check(request: HttpRequest, number: int) -> HttpResponse:
    """What it suggests is answered to a POST and kept nowhere, unless that was wished."""
    person, path = _who(request)
    week = queries.week_with_check(path, number)
    if week is None or week.self_check is None:
        raise Http404
    if "let-go" in request.POST:
        care.let_go_of_self_check(person, path=path.id, week=number)
        return redirect("today:self-check", number)
    ticked = None
    if request.method == "POST":
        known = {sign.id for sign in week.self_check.signs}
        ticked = [name for name in request.POST.getlist("so") if name in known]
    if ticked is not None and "keep" in request.POST:
        suggests = week.self_check.leads(ticked)
        care.keep_self_check(
            person, path=path.id, week=number, ticked=ticked, leads=suggests, at=timezone.now()
        )
    page = queries.self_check_page(person, path, week, ticked=ticked)
    return render(request, "today/self_check.html", {"page": page})


def _who(request: HttpRequest) -> tuple[User, Enrolment]:
    person = cast(User, request.user)
    path = cohorts.path_of(person)
    if path is None:
        raise Http404
    return person, path
