"""Vouching for help lines."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from heartwood.web.care.models import Confirmation
from heartwood.web.care.queries import HelpLine
from heartwood.web.kit import audit
from heartwood.web.people.models import User


@transaction.atomic
def confirm(line: HelpLine, *, by: User, at: datetime) -> Confirmation:
    """Show this line to people from now on. Confirming again changes neither name nor time."""
    confirmation, is_new = Confirmation.objects.get_or_create(
        fingerprint=line.fingerprint, defaults={"by": by, "at": at}
    )
    if is_new:
        audit.record("confirmed", subject=("help line", confirmation.id), by=by.id, at=at)
    return confirmation


@transaction.atomic
def withdraw(line: HelpLine, *, by: User, at: datetime) -> None:
    """Show this line to nobody any more."""
    for confirmation in Confirmation.objects.select_for_update().filter(fingerprint=line.fingerprint):
        audit.record("withdrawn", subject=("help line", confirmation.id), by=by.id, at=at)
        confirmation.delete()
