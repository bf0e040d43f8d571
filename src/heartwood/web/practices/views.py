"""The player, the private line after it, and the history."""

from __future__ import annotations

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

from heartwood.errors import HeartwoodError, LengthError, UnknownName
from heartwood.practice import as_minutes, read_minutes
from heartwood.practice.choices import Choices
from heartwood.practice.lengths import TENTH_MS
from heartwood.web.cohorts import queries as cohorts
from heartwood.web.kit import errors
from heartwood.web.kit.privacy import private
from heartwood.web.library import actions as library_actions
from heartwood.web.library import queries as library
from heartwood.web.people.models import User
from heartwood.web.practices import actions, queries
from heartwood.web.practices.forms import BOWLS, SETTLING, MinutesForm, SittingForm, UnguidedForm
from heartwood.web.practices.models import Sitting
from heartwood.web.practices.records import Differs, Gone, NotKnown, Refused
from heartwood.web.practices.titles import title_of


@require_safe
def sit(request: HttpRequest) -> HttpResponse:
    """Three minutes for anybody. Only a sound that was made beforehand; nothing is stored."""
    version = library.with_arrival()
    made = version and library.open_rendering(version)
    if not version or not made:
        return errors.page(
            request,
            status=503,
            title=_("The first sound is not here yet"),
            body=_("This Heartwood has just been started."),
            remedy=_("Come back in a minute."),
        )
    page = queries.player_page(library.read(version), made, stranger=True)
    return render(request, "practices/player.html", {"page": page})


@private
@login_required
@require_safe
def practice(request: HttpRequest, slug: str) -> HttpResponse:
    """A practice of one's own course, at the length that the address asks for."""
    person = cast(User, request.user)
    path = cohorts.path_of(person)
    if path is None:
        return redirect("today:begin")
    course = library.course_of(path.course_version.hash)
    try:
        script = course.script(slug)
    except UnknownName:
        raise Http404 from None
    try:
        made = library_actions.want(
            path.course_version,
            slug,
            milliseconds=_length(request.GET.get("minutes", "")),
            choices=Choices.read(request.GET.dict()),
            by=person,
            at=timezone.now(),
        )
    except UnknownName:
        raise Http404 from None
    except LengthError as error:
        return _no_such_length(
            request,
            error,
            _("The usual length is %(minutes)s minutes.") % {"minutes": as_minutes(script.default_ms)},
        )
    voice = request.GET.get("voice", "")
    page = queries.player_page(course, made, stranger=False, asked_voice=voice)
    told = {"page": page, "offer": cohorts.offer(path), "bowls": BOWLS, "settling": SETTLING}
    return render(request, "practices/player.html", told)


@private
@login_required
@require_safe
def unguided(request: HttpRequest) -> HttpResponse:
    """Sitting without words: first the choice of it, then its player, both at this address."""
    if "minutes" not in request.GET:
        return render(request, "practices/unguided.html", {"form": UnguidedForm()})
    form = UnguidedForm(request.GET)
    if not form.is_valid():
        return render(request, "practices/unguided.html", {"form": form}, status=422)
    try:
        made = library_actions.want_unguided(
            form.asked, choices=form.choices, by=cast(User, request.user), at=timezone.now()
        )
    except LengthError as error:
        form.add_error(None, str(error))
        return render(request, "practices/unguided.html", {"form": form}, status=422)
    return render(request, "practices/player.html", {"page": queries.unguided_page(made)})


def _no_such_length(request: HttpRequest, error: LengthError, remedy: str) -> HttpResponse:
    return errors.page(
        request, status=422, title=_("This length does not fit"), body=str(error), remedy=remedy
    )


def _length(minutes: str) -> int | None:
    """The length asked for; None for the usual one. Finer than a tenth there would be no end of sounds."""
    length = read_minutes(minutes) if minutes else None
    if length and length % TENTH_MS:
        raise LengthError(f"{minutes[:40]} minutes is finer than a tenth. Write a length such as 12 or 7.5.")
    return length


@sensitive_post_parameters()
@private
@login_required
@require_POST
def lines(request: HttpRequest) -> HttpResponse:
    """The private line after a sitting. An empty one is nobody's business."""
    body = request.POST.get("body", "")
    if not body.strip():
        return redirect("today:today")
    try:
        identity = _identity(request.POST.get("id", ""))
        sitting = request.POST.get("sitting") or None
        actions.keep_line(
            cast(User, request.user),
            identity,
            body=body,
            sitting=_identity(sitting) if sitting else None,
            at=timezone.now(),
        )
    except Refused as error:
        context = {"body": body, "id": request.POST.get("id", ""), "sitting": request.POST.get("sitting", "")}
        return render(request, "practices/line.html", {**context, "error": str(error)}, status=422)
    except Differs as error:
        messages.info(request, str(error))
        return redirect("practices:history")
    except (NotKnown, Gone):
        raise Http404 from None
    messages.success(request, _("Your line is kept."))
    return redirect("today:today")


def _identity(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Refused(_("This page has lost its id. Copy your line, and load the page again.")) from None


@private
@login_required
@require_safe
def history(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "practices/history.html",
        {
            "page": queries.history_page(
                cast(User, request.user),
                before=_moment(request.GET.get("before", "")),
                at=timezone.now(),
            )
        },
    )


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A sitting that no player saw."""
    person = cast(User, request.user)
    if request.method != "POST":
        here = timezone.localtime(timezone.now(), timezone=person.zone)
        return _add_page(
            request, SittingForm(zone=person.time_zone, initial={"day": here.date(), "time": here.time()})
        )
    form = SittingForm(request.POST, zone=person.time_zone)
    if not form.is_valid():
        return _add_page(request, form)
    given = form.cleaned_data
    try:
        actions.add_by_hand(
            person,
            given["id"],
            title=given["title"],
            minutes=given["minutes"],
            began_at=form.began_at,
            at=timezone.now(),
        )
    except HeartwoodError as error:
        form.add_error(None, str(error))
        return _add_page(request, form)
    return redirect("practices:history")


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Say oneself how long it was."""
    sitting = _own(request, identity)
    form = MinutesForm(request.POST or None, initial={"minutes": max(1, round(sitting.told_ms / 60_000))})
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct(
                cast(User, request.user), identity, minutes=form.cleaned_data["minutes"], at=timezone.now()
            )
        except (NotKnown, Gone):
            raise Http404 from None
        return redirect("practices:history")
    context = {"form": form, "sitting": sitting, "title": title_of(sitting)}
    return render(request, "practices/correct.html", context, status=422 if form.errors else 200)


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Asked once; a second press of an old page changes nothing more."""
    if request.method == "POST":
        try:
            actions.delete_sitting(cast(User, request.user), identity, at=timezone.now())
        except NotKnown:
            raise Http404 from None
        return redirect("practices:history")
    sitting = _own(request, identity)
    return render(request, "practices/delete.html", {"sitting": sitting, "title": title_of(sitting)})


@private
@login_required
@require_POST
def delete_line(request: HttpRequest, identity: UUID) -> HttpResponse:
    try:
        actions.delete_line(cast(User, request.user), identity, at=timezone.now())
    except NotKnown:
        raise Http404 from None
    return redirect("practices:history")


@private
@login_required
@require_POST
def bring_back(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Undo a deletion while that is possible."""
    try:
        actions.bring_back(cast(User, request.user), identity, at=timezone.now())
    except NotKnown:
        messages.info(request, _("It could be brought back for an hour. It is gone now."))
    else:
        messages.success(request, _("It is back."))
    return redirect(_LISTS.get(request.POST.get("list", ""), "practices:history"))


_LISTS = {
    "acts": "practices:acts",
    "journal": "practices:journal",
    "letters": "practices:letters",
    "voice": "practices:voice",
}
"""The pages that offer something back, by their name in the form."""


def _own(request: HttpRequest, identity: UUID) -> Sitting:
    sitting = queries.sitting_of(cast(User, request.user), identity)
    if sitting is None:
        raise Http404
    return sitting


def _add_page(request: HttpRequest, form: SittingForm) -> HttpResponse:
    return render(request, "practices/add.html", {"form": form}, status=422 if form.errors else 200)
