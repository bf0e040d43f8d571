"""Whether a link opens an account for somebody new: what the settings allow, and the operator's switch.

The settings come first. Where others reach the address and nobody is named whom
they could turn to, sign-up stays closed whatever the switch says. Owners and
people who return come in always.
"""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from django.conf import settings
from django.db import transaction

from heartwood.web.kit import audit
from heartwood.web.people.models import SignUp, User


class State(Enum):
    """What can be said of sign-up."""

    OPEN = "open"
    CLOSED = "closed"
    NOBODY_NAMED = "nobody named"


def state() -> State:
    """Whether sign-up is open now, and if not, for which reason."""
    if not settings.MAY_SIGN_UP:
        return State.NOBODY_NAMED
    return State.OPEN if switched_on() else State.CLOSED


def switched_on() -> bool:
    """What the switch alone says."""
    return not SignUp.objects.filter(is_open=False).exists()


def open_door(*, by: User, at: datetime) -> None:
    """Let links for new people open again."""
    _switch(True, verb="sign-up opened", by=by, at=at)


def close_door(*, by: User, at: datetime) -> None:
    """Let no link for somebody new open until further notice. No link is used up by that."""
    _switch(False, verb="sign-up closed", by=by, at=at)


@transaction.atomic
def _switch(is_open: bool, *, verb: str, by: User, at: datetime) -> None:
    switch, _ = SignUp.objects.select_for_update().get_or_create(
        id=SignUp.THE_ONE, defaults={"is_open": True, "changed_at": at}
    )
    if switch.is_open == is_open:
        return
    switch.is_open, switch.changed_at = is_open, at
    switch.save(update_fields=["is_open", "changed_at"])
    audit.record(verb, subject=("sign-up", switch.id), by=by.id, at=at)
