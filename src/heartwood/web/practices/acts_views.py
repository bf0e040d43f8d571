"""Caring acts: one line, ten seconds; read again, corrected, let go of."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from heartwood.web.kit.ids import new_id
from heartwood.web.kit.privacy import private
from heartwood.web.people.models import User
from heartwood.web.practices import actions, queries
from heartwood.web.practices.records import DIRECTIONS, LONGEST_ACT, Differs, Gone, NotKnown, Refused


@dataclass(frozen=True, slots=True)
class Draft:
    """What the form holds: nothing yet, a line that was proposed, or one that could not be kept."""

    line: str = ""
    direction: str = DIRECTIONS[0]
    error: str = ""
    id: UUID | str = field(default_factory=new_id)


@sensitive_post_parameters()
@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def acts(request: HttpRequest) -> HttpResponse:
    """The form of one line, what fits the week, and one's own lines beneath."""
    return _keep(request) if request.method == "POST" else _page(request, Draft())


@require_safe
def alone(request: HttpRequest) -> HttpResponse:
    """The form and nothing of a person, the same for everybody, so that a device may keep it."""
    return render(request, "practices/act_alone.html", _form(Draft()))


@sensitive_post_parameters()
@private
@login_required
@require_POST
def propose(request: HttpRequest) -> HttpResponse:
    """The same page with a line in its field that somebody may keep or change; nothing is stored yet."""
    return _page(request, Draft(request.POST.get("line", ""), _direction(request)))


def _keep(request: HttpRequest) -> HttpResponse:
    line = request.POST.get("line", "")
    if not line.strip():
        return redirect("practices:acts")
    try:
        identity = _identity(request.POST.get("id", ""))
        actions.keep_act(
            _person(request), identity, line=line, direction=_direction(request), at=timezone.now()
        )
    except Refused as error:
        draft = Draft(line, _direction(request), str(error), request.POST.get("id", ""))
        return _page(request, draft, status=422)
    except Differs as error:
        messages.info(request, str(error))
    except (NotKnown, Gone):
        raise Http404 from None
    else:
        messages.success(request, _("Kept."))
    return redirect("practices:acts")


@sensitive_post_parameters()
@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Say it otherwise."""
    act = _own(request, identity)
    draft = Draft(act.line, act.direction, id=act.id)
    if request.method == "POST":
        draft = Draft(request.POST.get("line", ""), _direction(request), id=act.id)
        try:
            actions.correct_act(
                _person(request), identity, line=draft.line, direction=draft.direction, at=timezone.now()
            )
        except Refused as error:
            draft = Draft(draft.line, draft.direction, str(error), act.id)
        except (NotKnown, Gone):
            raise Http404 from None
        else:
            return redirect("practices:acts")
    context = {"act": act, **_form(draft)}
    return render(request, "practices/correct_act.html", context, status=422 if draft.error else 200)


@private
@login_required
@require_POST
def delete(request: HttpRequest, identity: UUID) -> HttpResponse:
    """At once; for an hour the page offers it back."""
    try:
        actions.delete_act(_person(request), identity, at=timezone.now())
    except NotKnown:
        raise Http404 from None
    return redirect("practices:acts")


def _page(request: HttpRequest, draft: Draft, *, status: int = 200) -> HttpResponse:
    before = _moment(request.GET.get("before", ""))
    page = queries.acts_page(_person(request), before=before, at=timezone.now())
    return render(request, "practices/acts.html", {"page": page, **_form(draft)}, status=status)


def _form(draft: Draft) -> dict[str, object]:
    too_long = len(draft.line) > LONGEST_ACT or "\n" in draft.line
    return {"draft": draft, "ways": queries.WAYS.items(), "in_rows": too_long, "longest": LONGEST_ACT}


def _own(request: HttpRequest, identity: UUID) -> queries.Act:
    act = queries.act_of(_person(request), identity)
    if act is None:
        raise Http404
    return act


def _person(request: HttpRequest) -> User:
    return cast(User, request.user)


def _direction(request: HttpRequest) -> str:
    """What was chosen; the usual one where nothing was, or something that is not offered."""
    chosen = request.POST.get("direction", "")
    return chosen if chosen in DIRECTIONS else DIRECTIONS[0]


def _identity(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Refused(_("This page has lost its id. Copy your line, and load the page again.")) from None


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
