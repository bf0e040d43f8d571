"""Erasing a person: for good, in every room, and again after a restore.

The order is the promise. First a line goes to the ledger beside the keys and is
flushed; then the rooms let go, sessions end, the person's key is destroyed and
the row deleted, in one transaction; then the database's log is emptied. Whatever
stops it in between, the ledger finishes it at the next start.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

import structlog
from django.conf import settings
from django.db import connection, transaction

from heartwood.web.kit import audit
from heartwood.web.kit.models import TakenPage
from heartwood.web.people import holdings, ledger
from heartwood.web.people.models import ErasedSession, Session, User

TOLD_FOR = timedelta(days=400)


def erase(person: User, *, by: UUID | None, at: datetime) -> None:
    """Erase a person everywhere. When this returns, the database file holds nothing of them."""
    ledger.write(settings.SECRETS.ledger_path, person.id, at=at)
    _let_go(person, by=by, at=at)
    empty_log()


def apply_ledger(*, at: datetime) -> int:
    """Erase whoever the ledger names and a restore brought back. Returns how many."""
    erased = {person for person, _ in ledger.lines(settings.SECRETS.ledger_path)}
    returned = [person for person in User.objects.all() if person.id in erased]
    for person in returned:
        _let_go(person, by=None, at=at)
    if returned:
        empty_log()
    return len(returned)


def was_erased(session_key: str, *, at: datetime) -> bool:
    """Whether this browser was signed in as somebody who was erased since."""
    return ErasedSession.objects.filter(key_hash=_hash(session_key), until__gt=at).exists()


def empty_log() -> None:
    """Move SQLite's write-ahead log into the file and cut it to nothing. PostgreSQL recycles its own."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    if busy:
        structlog.get_logger().error("log_not_emptied", remedy="it is emptied at the next start")


@transaction.atomic
def _let_go(person: User, *, by: UUID | None, at: datetime) -> None:
    for holding in holdings.all_holdings():
        holding.erase(person, at=at)
    _end_sessions(person, at=at)
    TakenPage.objects.filter(by=person.id).delete()
    audit.record("erased", subject=("person", person.id), by=by, at=at)
    User.objects.get(id=person.id).delete()


def _end_sessions(person: User, *, at: datetime) -> None:
    sessions = Session.objects.filter(person=person.id)
    ErasedSession.objects.filter(until__lte=at).delete()
    ErasedSession.objects.bulk_create(
        [ErasedSession(key_hash=_hash(session.session_key), until=at + TOLD_FOR) for session in sessions],
        ignore_conflicts=True,
    )
    sessions.delete()


def _hash(session_key: str) -> str:
    return sha256(session_key.encode()).hexdigest()
