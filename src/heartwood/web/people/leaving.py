"""Fourteen days to think: an erasure with a date, which its person can take back until then.

The date stands in the person's own row and in a list beside the keys. The list
was flushed before anything was answered, so after a restore it decides: nobody
who chose to stay is erased by an old backup, and nobody's wish to go is lost.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction

from heartwood.web.kit import audit
from heartwood.web.people import addresses, erasure, ledger, letters
from heartwood.web.people.models import User

DAYS_TO_THINK = 14
AT_ONCE = 20


def last_day(person: User, *, at: datetime) -> date:
    """The last day on which an account that is asked to go now is still here, in its person's zone."""
    return at.astimezone(person.zone).date() + timedelta(days=DAYS_TO_THINK)


@transaction.atomic
def ask(person: User, *, at: datetime) -> datetime:
    """Erase this person when the fourteenth day from now is over. Asked again, the first date stands."""
    stored = User.objects.select_for_update().get(id=person.id)
    if stored.erase_at:
        return stored.erase_at
    last = last_day(person, at=at)
    stored.erase_at = datetime.combine(last + timedelta(days=1), time(), tzinfo=person.zone)
    stored.save(update_fields=["erase_at"])
    audit.record("asked to be erased", subject=("person", person.id), by=person.id, at=at)
    if stored.email and letters.mail_works() and addresses.is_confirmed(stored):
        letters.leaving(stored, to=stored.email, last_day=last, at=at).send()
    ledger.write(_list(), person.id, at=at, erase_at=stored.erase_at.isoformat())
    return stored.erase_at


@transaction.atomic
def take_back(person: User, *, at: datetime) -> bool:
    """Stay. False when there was nothing to take back, or its time has come."""
    if not User.objects.filter(id=person.id, erase_at__gt=at).update(erase_at=None):
        return False
    audit.record("chose to stay", subject=("person", person.id), by=person.id, at=at)
    ledger.write(_list(), person.id, at=at, erase_at=None)
    return True


def erase_due(*, at: datetime) -> bool:
    """Erase those whose time has come. Returns whether there were any."""
    due = User.objects.filter(erase_at__lte=at).order_by("erase_at").values_list("id", flat=True)
    erased = [_erase_if_due(identity, at=at) for identity in due[:AT_ONCE]]
    if any(erased):
        erasure.empty_log()
    return any(erased)


def apply_list(*, at: datetime) -> int:
    """Make the database say what the list says, as after a restore. Returns how many dates changed."""
    latest = {
        person: told.get("erase_at")
        for person, told in sorted(ledger.lines(_list()), key=lambda line: str(line[1].get("at")))
    }
    changed = 0
    for person in User.objects.filter(id__in=latest):
        date_told = latest[person.id]
        erase_at = datetime.fromisoformat(date_told) if date_told else None
        changed += User.objects.filter(id=person.id).exclude(erase_at=erase_at).update(erase_at=erase_at)
    return changed


@transaction.atomic
def _erase_if_due(identity: UUID, *, at: datetime) -> bool:
    """Under the row's lock, so that whoever takes it back in the same moment either stays or is told."""
    person = User.objects.select_for_update().filter(id=identity, erase_at__lte=at).first()
    if person is None:
        return False
    erasure.erase(person, by=person.id, at=at)
    return True


def _list() -> Path:
    path: Path = settings.SECRETS.leaving_path
    return path
