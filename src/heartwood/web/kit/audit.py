"""The audit trail: which kind of thing was changed, by whom, when. Never what it said."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from heartwood.web.kit.models import AuditEntry


def record(verb: str, *, subject: tuple[str, UUID], by: UUID | None, at: datetime) -> None:
    """Write one change down, in the same transaction as the change.

    verb     past tense, such as "erased"
    subject  the kind of thing and its id
    by       the person who did it; None for the operator at the command line
    """
    kind, subject_id = subject
    AuditEntry.objects.create(verb=verb, subject_kind=kind, subject_id=subject_id, by=by, at=at)
