"""A second step at sign-in: a code from an app, and codes on paper for when the app is gone.

It is asked after a password or a code by mail, of whoever has set it up. A
passkey is a way in of its own and asks for nothing more; neither does a link
back in, which an operator gives by hand to somebody they know.
"""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.db import transaction
from django.db.models import QuerySet

from heartwood.web.kit import audit
from heartwood.web.people.models import User


def app(person: User) -> Authenticator | None:
    """What is known of the app, where somebody has set one up."""
    return Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).first()


def codes_left(person: User) -> int:
    """How many of the codes on paper were not used yet."""
    kept = _codes(person).first()
    return len(kept.wrap().get_unused_codes()) if kept else 0


@transaction.atomic
def note_app(person: User, *, at: datetime) -> None:
    """An app was set up: codes on paper go with it."""
    RecoveryCodes.activate(person)
    audit.record("second step added", subject=("person", person.id), by=person.id, at=at)


def note_new_codes(person: User, *, at: datetime) -> None:
    """New codes on paper were made; the old ones open nothing any more."""
    audit.record("codes on paper renewed", subject=("person", person.id), by=person.id, at=at)


@transaction.atomic
def let_go_of_app(person: User, *, at: datetime) -> None:
    """The app was taken away, and the codes on paper open nothing any more."""
    _codes(person).delete()
    audit.record("second step removed", subject=("person", person.id), by=person.id, at=at)


def _codes(person: User) -> QuerySet[Authenticator]:
    codes: QuerySet[Authenticator] = Authenticator.objects.filter(
        user=person, type=Authenticator.Type.RECOVERY_CODES
    )
    return codes
