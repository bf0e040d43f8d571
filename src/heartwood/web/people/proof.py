"""How freshly somebody has shown who they are."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.http import HttpRequest

_RETURNED = "returned_at"
FRESH = timedelta(hours=1)


def remember_return(request: HttpRequest, *, at: datetime) -> None:
    """The person came in by a return link, so they may set a new password without the old one."""
    request.session[_RETURNED] = at.timestamp()


def has_just_returned(request: HttpRequest, *, at: datetime) -> bool:
    """Within the hour. A return from a time still to come was before the clock was set back."""
    returned: float = request.session.get(_RETURNED, 0.0)
    return abs(at.timestamp() - returned) < FRESH.total_seconds()
