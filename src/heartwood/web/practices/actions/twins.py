"""What came a second time under the same id with other content: kept beside the first, sealed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from heartwood.web.people import keys
from heartwood.web.people.models import User
from heartwood.web.practices.models import Twin


def keep_twin(person: User, kind: str, subject: UUID, content: str, *, at: datetime) -> None:
    """Keep this content too. The same content is kept once, however often it comes."""
    Twin.objects.get_or_create(
        person=person,
        subject=subject,
        content_hash=keys.fingerprint(person, content),
        defaults={"kind": kind, "sealed": keys.seal(person, content), "received_at": at},
    )
