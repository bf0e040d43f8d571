"""How often sign-in may be tried: counted in the database, never by account alone.

An account alone has no limit on purpose: whoever knows an e-mail address could
otherwise lock its owner out. Each try is written and committed before it is
counted, so of many at once no more than the limit pass, on any database.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q

from heartwood.web.people.models import SignInAttempt

WINDOW = timedelta(minutes=15)
TRIES_FOR_AN_ACCOUNT = 10
TRIES_FROM_AN_ADDRESS = 60


@dataclass(frozen=True, slots=True)
class Try:
    """One try that was let through; it counts as failed until it is forgotten."""

    attempt: SignInAttempt


def begin(*, address: str, account: str, at: datetime) -> Try | None:
    """Count one try. None when there were too many; the refused one itself does not count.

    Tries from a time still to come were made before the clock was set back; they count for nothing.
    """
    SignInAttempt.objects.filter(Q(at__lte=at - WINDOW) | Q(at__gt=at + WINDOW)).delete()
    attempt = SignInAttempt.objects.create(
        address=_hash("address", address), account=_hash("account", account), at=at
    )
    recent = SignInAttempt.objects.filter(address=attempt.address)
    too_many = (
        recent.filter(account=attempt.account).count() > TRIES_FOR_AN_ACCOUNT
        or recent.count() > TRIES_FROM_AN_ADDRESS
    )
    if too_many:
        attempt.delete()
        return None
    return Try(attempt)


def succeeded(tried: Try) -> None:
    """Forget the failures of this address with this account, so that a typing error costs nothing later."""
    SignInAttempt.objects.filter(address=tried.attempt.address, account=tried.attempt.account).delete()


def _hash(kind: str, value: str) -> str:
    hashed: str = settings.SECRETS.fingerprint(kind, value)
    return hashed
