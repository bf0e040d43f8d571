"""The page that works without a network, and what a device asks before it keeps something."""

from __future__ import annotations

from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from heartwood.errors import UnknownName
from heartwood.practice.choices import Choices
from heartwood.web.cohorts import queries as cohorts
from heartwood.web.kit.privacy import private
from heartwood.web.library import actions as library_actions
from heartwood.web.library import queries as library
from heartwood.web.library import voices
from heartwood.web.people.days import today_of
from heartwood.web.people.models import User
from heartwood.web.practices.queries import offline as queries
from heartwood.web.practices.queries.player import empty_page


@require_safe
def shell(request: HttpRequest) -> HttpResponse:
    """The same for everybody: nothing of a person is in it, so that a device may keep it."""
    return render(
        request,
        "practices/offline.html",
        {
            "page": empty_page(),
            "voices": voices.on_offer(get_language() or "en"),
            "usual_voice": voices.default_voice(),
        },
    )


@private
@login_required
@require_safe
def plan(request: HttpRequest) -> HttpResponse:
    """Whose device it is, and what the next two weeks need. Sounds that are not made yet become due."""
    person = cast(User, request.user)
    told: dict[str, Any] = {
        "owner": str(person.id),
        "token": get_token(request),
        "practices": [],
        "readings": [],
        "sources": "",
    }
    path = None if "only" in request.GET else cohorts.path_of(person)
    if path is None:
        return JsonResponse(told)
    at = timezone.now()
    course = library.course_of(path.course_version.hash)
    today = today_of(person, at=at)
    weeks = queries.weeks_ahead(cohorts.walk(path, course.course), today=today)
    try:
        choices = Choices.read(request.GET.dict())
        spans = queries.spans(request.GET.getlist("length"))
        made = [
            library_actions.want(
                path.course_version, name, milliseconds=length, choices=choices, by=person, at=at
            )
            for name in queries.scripts_ahead(course, weeks)
            for length in queries.lengths(course.script(name), spans)
        ]
    except UnknownName as error:
        return JsonResponse({"detail": str(error)}, status=422)
    told["practices"] = list(queries.kept_practices(course, made))
    told["readings"], notes = queries.kept_readings(course.course, weeks)
    told["sources"] = render_to_string("kit/_sources.html", {"notes": notes})
    return JsonResponse(told)
