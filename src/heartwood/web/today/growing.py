"""The page of what has grown."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from heartwood.web.cohorts import queries as cohorts
from heartwood.web.kit.privacy import private
from heartwood.web.people.models import User
from heartwood.web.today import queries


@private
@login_required
@require_safe
def growth(request: HttpRequest) -> HttpResponse:
    """Numbers stand on it only for whoever asks."""
    person = cast(User, request.user)
    path = cohorts.path_of(person)
    if path is None:
        raise Http404
    page = queries.growth_page(person, path, asked=request.GET.get("numbers") == "1", at=timezone.now())
    return render(request, "today/growth.html", {"page": page})
