"""E-mail addresses that were shown to belong to their person: only these open an account by code.

An address is confirmed by a signed link sent to it, or by a code that was read there.
allauth's own table keeps which are.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse

from heartwood.web.kit import audit
from heartwood.web.people import letters
from heartwood.web.people.models import User

LINK_LASTS = timedelta(days=7)
_SALT = "people.addresses"


def is_confirmed(person: User) -> bool:
    return bool(EmailAddress.objects.filter(user=person, email=person.email, verified=True).exists())


def person_with(email: str | None) -> User | None:
    """The person whose confirmed address this is."""
    confirmed = EmailAddress.objects.filter(email=email, verified=True, user__email=email)
    found = confirmed.select_related("user").first()
    return found.user if found else None


def ask_to_confirm(person: User, *, at: datetime) -> None:
    """Send the link that confirms this person's address. Asked often, it goes once an hour."""
    if person.email and letters.mail_works() and not is_confirmed(person):
        token = signing.dumps([str(person.id), _fingerprint(person.email)], salt=_SALT)
        link = f"{settings.PUBLIC_URL}{reverse('people:confirm-address', args=[token])}"
        letters.confirm_address(person, to=person.email, link=link, at=at).send()


def meant_by(token: str) -> User | None:
    """Whose address a link confirms; None when it ran out or the address has changed since."""
    try:
        identity, email = signing.loads(token, salt=_SALT, max_age=LINK_LASTS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    person = User.objects.filter(id=identity).first()
    return person if person and person.email and _fingerprint(person.email) == email else None


@transaction.atomic
def confirm(person: User, *, at: datetime) -> None:
    """The person's address is theirs. Saying it twice changes nothing."""
    forget_others(person)
    EmailAddress.objects.update_or_create(
        user=person, email=person.email, defaults={"verified": True, "primary": True}
    )
    audit.record("confirmed address", subject=("person", person.id), by=person.id, at=at)


def forget_others(person: User) -> None:
    """A changed address is a new one: what was confirmed before counts no more."""
    EmailAddress.objects.filter(user=person).exclude(email=person.email or "").delete()


def _fingerprint(email: str) -> str:
    """What stands for the address in a link, so that no browser's history names it."""
    hashed: str = settings.SECRETS.fingerprint("address to confirm", email)
    return hashed[:32]
