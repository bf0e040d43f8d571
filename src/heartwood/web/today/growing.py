"""The page of what has grown."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from heartwood.web.cohorts import queries as cohorts
from heartwood.web.kit.privacy import private
from heartwood.web.people import actions as people
from heartwood.web.people.models import User
from heartwood.web.today import queries
from heartwood.web.today.forms import ShownForm


@private
@login_required
@require_safe
def growth(request: HttpRequest) -> HttpResponse:
    """Numbers stand on it only for whoever asks."""
    person = cast(User, request.user)
    path = cohorts.path_of(person)
    if path is None:
        return redirect("today:begin")
    page = queries.growth_page(person, path, asked=request.GET.get("numbers") == "1", at=timezone.now())
    return render(request, "today/growth.html", {"page": page})


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def shown(request: HttpRequest) -> HttpResponse:
    """What of it is shown: on every page of theirs, or on none."""
    person = cast(User, request.user)
    now = {name: not getattr(person, f"{name}_off") for name in ShownForm.base_fields}
    form = ShownForm(request.POST if request.method == "POST" else None, initial=now)
    if request.method == "POST" and form.is_valid():
        wanted = {f"{name}_off": not is_shown for name, is_shown in form.cleaned_data.items()}
        people.describe(person, at=timezone.now(), **wanted)
        messages.success(request, _("Kept. You can change it whenever you like."))
        return redirect("today:growth")
    return render(request, "today/shown.html", {"form": form})
