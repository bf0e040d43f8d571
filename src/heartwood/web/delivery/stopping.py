"""Links that stop one kind of message for one person, without signing in (RFC 8058)."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse

from heartwood.web.delivery import kinds
from heartwood.web.people.models import User

_SALT = "delivery.stopping"


def link(person: UUID, kind: str) -> str:
    """The address that every letter of this kind carries for this person. It does not run out."""
    token = signing.dumps([str(person), kind], salt=_SALT)
    return f"{settings.PUBLIC_URL}{reverse('delivery:stop', args=[token])}"


def read(token: str) -> tuple[User, str] | None:
    """Whom and what a link means; None for one that we did not make or whose person is gone."""
    try:
        person, kind = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    known = User.objects.filter(id=person).first()
    return (known, kind) if known and kind in kinds.optional() else None


def headers(person: UUID, kind: str) -> dict[str, str]:
    """What a mail program needs to offer stopping by itself."""
    return {
        "List-Unsubscribe": f"<{link(person, kind)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
