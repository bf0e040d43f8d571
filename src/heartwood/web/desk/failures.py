"""What did not come about, and why, as far as the software itself wrote it down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError
from django.utils.translation import gettext as _

from heartwood.web.delivery import queries as delivery
from heartwood.web.delivery.models import Due
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
            found.append(Failure(_named(told), told.queued_at, told.answer))
    except DatabaseError:
        return ()
    return tuple(sorted(found, key=lambda failure: failure.at, reverse=True)[:FAILURES_SHOWN])


def _named(told: delivery.Told) -> str:
    is_note = told.channel == Due.Channel.PUSH
    words = _("Note: %(kind)s, %(state)s") if is_note else _("Message: %(kind)s, %(state)s")
    return words % {"kind": told.kind, "state": told.state}
