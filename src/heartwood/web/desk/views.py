"""The operator's page, and the log to take away."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from heartwood.errors import SetupError
from heartwood.web.care import actions as care_actions
from heartwood.web.care import queries as care
from heartwood.web.delivery import trying
from heartwood.web.desk import queries
from heartwood.web.desk.forms import MailTestForm
from heartwood.web.kit.privacy import private
from heartwood.web.people import signing_up
from heartwood.web.people.models import User

View = Callable[..., Any]


def operators_only(view: View) -> View:
    """Whoever else is signed in is refused."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not cast(User, request.user).is_operator:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return private(login_required(guarded))


@operators_only
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    return _shown(request, MailTestForm())


@operators_only
@require_POST
def try_mail(request: HttpRequest) -> HttpResponse:
    """Send one test mail now; what the mail server said is told on the page that follows."""
    form = MailTestForm(request.POST)
    if not form.is_valid():
        return _shown(request, form)
    try:
        told = trying.told(trying.send_test(settings.MAIL, form.cleaned_data["to"]))
    except SetupError as error:
        told = str(error)
    messages.info(request, told)
    return redirect("desk:page")


@operators_only
@require_POST
def confirm_line(request: HttpRequest, fingerprint: str) -> HttpResponse:
    """Show a help line to people from now on."""
    for each in care.configured():
        if each.line.fingerprint == fingerprint:
            care_actions.confirm(each.line, by=cast(User, request.user), at=timezone.now())
            messages.info(request, _("People see this line now."))
            return redirect("desk:page")
    messages.info(request, _("This line reads differently in the settings now. Look at it once more."))
    return redirect("desk:page")


@operators_only
@require_POST
def sign_up(request: HttpRequest) -> HttpResponse:
    """Say how it shall be, so that a post sent twice is as one."""
    switch = signing_up.open_door if request.POST.get("door") == "open" else signing_up.close_door
    switch(by=cast(User, request.user), at=timezone.now())
    return redirect("desk:page")


@operators_only
@require_safe
def logs(request: HttpRequest) -> StreamingHttpResponse:
    """The logs, oldest first: one JSON object a line, and nothing else."""
    response = StreamingHttpResponse(
        _log_lines(Path(settings.DATA) / "logs"), content_type="application/jsonl"
    )
    response["Content-Disposition"] = 'attachment; filename="heartwood-log.jsonl"'
    return response


def _shown(request: HttpRequest, form: MailTestForm) -> HttpResponse:
    told = {
        "desk": queries.desk(at=timezone.now()),
        "form": form,
        "sign_up_is_on": signing_up.switched_on(),
        "mail_works": bool(settings.MAIL.host),
        "help_lines": [each.line for each in care.configured() if not each.at],
    }
    return render(request, "desk/desk.html", told, status=422 if form.errors else 200)


def _log_lines(folder: Path) -> Iterator[bytes]:
    for file in sorted(folder.glob("heartwood.log*"), reverse=True):
        for line in file.read_bytes().splitlines(keepends=True):
            if _is_ours(line):
                yield line


def _is_ours(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False
