"""Links that open a door once: for the owner, for a participant, for somebody locked out."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from heartwood.errors import LengthError, SetupError, UnknownName
from heartwood.web.kit import audit
from heartwood.web.people.models import Invitation, KeyCheck, User
from heartwood.web.people.names import fold_email

OWNER_DAYS = 7
DAYS = 14
RETURN_DAYS = 2
LONGEST_DAYS = 365


class State(Enum):
    """What can be said of a link."""

    OPEN = "open"
    UNKNOWN = "unknown"
    USED = "used"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Door:
    """A link that somebody opened, and what is behind it."""

    state: State
    invitation: Invitation | None


def has_owner() -> bool:
    return User.objects.filter(is_operator=True).exists()


def first_owner_link(*, at: datetime) -> str | None:
    """A new link for the owner's account, or None once somebody owns this server."""
    return None if has_owner() else owner_link(at=at)


def owner_link(*, at: datetime) -> str:
    """A new link for the owner's account. Raises SetupError once there is an owner."""
    if has_owner():
        raise SetupError(
            "This Heartwood has an owner already. For another person: ./run invite. "
            "For an owner who is locked out: ./run invite --return NAME_OR_EMAIL."
        )
    return _make(Invitation.Kind.OWNER, days=OWNER_DAYS, by=None, at=at)


def participant_link(*, by: User | None, at: datetime, days: int = DAYS) -> str:
    """A link that opens one participant's account."""
    return _make(Invitation.Kind.PARTICIPANT, days=days, by=by, at=at)


def return_link(who: str, *, by: User | None, at: datetime) -> str:
    """A link that signs a person in once. Raises UnknownName unless exactly one is meant."""
    return _make(Invitation.Kind.RETURN, days=RETURN_DAYS, by=by, at=at, returning=_person(who))


def look_up(token: str, *, at: datetime) -> Door:
    """What this token opens now. Reading it uses nothing up."""
    return _door(Invitation.objects.filter(token_hash=_hash(token)).first(), at=at)


def take(token: str, *, at: datetime) -> Door:
    """As `look_up`, holding the link until the transaction ends, so that two cannot use it at once."""
    KeyCheck.objects.select_for_update().first()  # one at a time, so that there is one first owner
    return _door(Invitation.objects.select_for_update().filter(token_hash=_hash(token)).first(), at=at)


def mark_used(invitation: Invitation, *, by: User, page: UUID | None, at: datetime) -> None:
    """Close the door behind the one who came through."""
    invitation.used_at, invitation.used_by, invitation.used_page = at, by, page
    invitation.save(update_fields=["used_at", "used_by", "used_page"])
    audit.record("used", subject=("invitation", invitation.id), by=by.id, at=at)


def _door(invitation: Invitation | None, *, at: datetime) -> Door:
    if invitation is None:
        return Door(State.UNKNOWN, None)
    if invitation.used_at or (invitation.kind == Invitation.Kind.OWNER and has_owner()):
        return Door(State.USED, invitation)
    if invitation.expires_at <= at:
        return Door(State.EXPIRED, invitation)
    return Door(State.OPEN, invitation)


@transaction.atomic
def _make(
    kind: Invitation.Kind, *, days: int, by: User | None, at: datetime, returning: User | None = None
) -> str:
    if not 1 <= days <= LONGEST_DAYS:
        raise LengthError(f"A link lasts between 1 and {LONGEST_DAYS} days, not {days}.")
    token = secrets.token_urlsafe(24)
    invitation = Invitation.objects.create(
        kind=kind,
        token_hash=_hash(token),
        made_at=at,
        expires_at=at + timedelta(days=days),
        by=by,
        returning=returning,
    )
    audit.record("invited", subject=("invitation", invitation.id), by=by.id if by else None, at=at)
    return f"{settings.PUBLIC_URL}/join/{token}/"


def _person(who: str) -> User:
    found = list(User.objects.filter(Q(email=fold_email(who)) if "@" in who else Q(name=who.strip()))[:2])
    if not found:
        raise UnknownName(
            f"Nobody here is called '{who}'. Give the name or the e-mail address of the account."
        )
    if len(found) > 1:
        raise UnknownName(
            f"More than one person here is called '{who}'. Give the e-mail address of the account."
        )
    return found[0]


def _hash(token: str) -> str:
    return sha256(token.encode("utf-8", "surrogateescape")).hexdigest()
