"""The operator's page of links: for somebody new, as text and as a code for a phone."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from heartwood.web.kit import once
from heartwood.web.kit.privacy import private
from heartwood.web.people import invitations, letters, signing_up
from heartwood.web.people.drawn import code_of
from heartwood.web.people.forms import InvitationForm
from heartwood.web.people.models import User


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitations_page(request: HttpRequest) -> HttpResponse:
    """A link is shown once, on the answer that made it, since only its hash is kept."""
    person = cast(User, request.user)
    if not person.is_operator:
        raise PermissionDenied
    form = InvitationForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        told = {"form": form, "is_open": _is_open()}
        return render(request, "people/invitations.html", told, status=422 if form.errors else 200)
    link = _make(form, by=person)
    if link is None:
        return redirect(request.path)
    told = {"form": InvitationForm(), "link": link, "code": code_of(link), "is_open": _is_open()}
    return render(
        request, "people/invitations.html", {**told, "posted": bool(form.cleaned_data.get("email"))}
    )


def _is_open() -> bool:
    return signing_up.state() is signing_up.State.OPEN


@transaction.atomic
def _make(form: InvitationForm, *, by: User) -> str | None:
    at = timezone.now()
    if not once.take(form.cleaned_data["page_id"], by=by.id, at=at):
        return None
    days, to = form.cleaned_data["days"], form.cleaned_data.get("email")
    link = invitations.participant_link(by=by, at=at, days=days)
    if to:
        letters.invitation(to=to, link=link, days=days, at=at).send()
    return link
