"""What did not come about, and why, as far as the software itself wrote it down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError
from django.utils.translation import gettext as _

from heartwood.web.delivery import queries as delivery
from heartwood.web.library.models import Rendering

FAILURES_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that did not come about, and why, as far as it was said."""

    what: str
    at: datetime
    why: str


def newest_failures() -> tuple[Failure, ...]:
    """The newest first: sounds that failed, messages that did not go or may not have gone."""
    try:
        sounds = Rendering.objects.filter(state=Rendering.State.FAILED).order_by("-touched_at")
        found = [
            Failure(_("Sound: %s") % row, row.touched_at, row.trouble) for row in sounds[:FAILURES_SHOWN]
        ]
        for told in delivery.newest(limit=FAILURES_SHOWN, states=delivery.CONCERNING):
            what = _("Message: %(kind)s, %(state)s") % {"kind": told.kind, "state": told.state}
            found.append(Failure(what, told.queued_at, told.answer))
    except DatabaseError:
        return ()
    return tuple(sorted(found, key=lambda failure: failure.at, reverse=True)[:FAILURES_SHOWN])
