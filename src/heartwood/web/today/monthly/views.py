"""The page of letters a month."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from heartwood.web.kit.privacy import private
from heartwood.web.people.models import User
from heartwood.web.today.monthly import actions, queries


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def monthly(request: HttpRequest) -> HttpResponse:
    """To want them, or no more. Whatever else is sent changes nothing."""
    person, answer = cast(User, request.user), request.POST.get("answer")
    page = queries.monthly_page(person)
    if request.method != "POST":
        return render(request, "today/monthly.html", {"page": page})
    if answer == "stop":
        actions.stop(person)
        messages.success(request, _("No letter comes any more."))
    elif answer == "wish" and page.amount and page.can_come:
        actions.wish(person, at=timezone.now())
        messages.success(request, _("The first letter comes in a month."))
    return redirect("today:monthly")
