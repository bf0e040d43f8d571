"""Letters to oneself: sealed until a day, opened, put off, left closed, let go of."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from heartwood.web.kit import audit
from heartwood.web.people import keys
from heartwood.web.people.days import today_of
from heartwood.web.people.models import User
from heartwood.web.practices import records
from heartwood.web.practices.actions.letting_go import let_go
from heartwood.web.practices.actions.owning import own_letter
from heartwood.web.practices.actions.twins import keep_twin
from heartwood.web.practices.models import Letter, Twin
from heartwood.web.practices.records import Differs, Gone, NotKnown, Refused


def keep_letter(person: User, identity: UUID, *, body: str, opens_on: date | None, at: datetime) -> Letter:
    """Seal a letter until a day. Raises Refused, NotKnown, Gone, or Differs (then both are kept)."""
    written = records.check_letter(body)
    try:
        return _keep(person, identity, written, opens_on, at=at)
    except IntegrityError:
        return _keep(person, identity, written, opens_on, at=at)


def _keep(person: User, identity: UUID, body: str, opens_on: date | None, *, at: datetime) -> Letter:
    with transaction.atomic():
        stored = own_letter(person, identity)
        if stored is None:
            day = records.check_opening(opens_on, today=today_of(person, at=at))
            return Letter.objects.create(
                id=identity, person=person, sealed=keys.seal(person, body), written_at=at, opens_on=day
            )
        differs = keys.unseal(person, stored.sealed) != body
        if differs:
            keep_twin(person, "letter", identity, body, at=at)
    if differs:
        raise Differs("Another letter is there under the same id. Both are kept, side by side.")
    return stored


@transaction.atomic
def open_letter(person: User, identity: UUID, *, at: datetime) -> None:
    """Open a letter whose day has come. Raises NotKnown, Gone, or Refused while it is sealed."""
    letter = _own(person, identity)
    if letter.opens_on > today_of(person, at=at):
        raise Refused("This letter is still sealed. You can choose an earlier day for it.")
    if letter.opened_at is None:
        letter.opened_at = at
        letter.save(update_fields=["opened_at"])
        audit.record("opened", subject=("letter", identity), by=person.id, at=at)


@transaction.atomic
def put_off_letter(person: User, identity: UUID, *, opens_on: date | None, at: datetime) -> None:
    """Let it come on another day, today or later. Raises NotKnown, Gone or Refused."""
    letter = _own(person, identity)
    letter.opens_on = records.check_opening(opens_on, today=today_of(person, at=at))
    letter.declined_at = None
    letter.save(update_fields=["opens_on", "declined_at"])


@transaction.atomic
def decline_letter(person: User, identity: UUID, *, at: datetime) -> None:
    """Leave it closed: it is not announced any more, and stays. Raises NotKnown or Gone."""
    letter = _own(person, identity)
    letter.declined_at = letter.declined_at or at
    letter.save(update_fields=["declined_at"])


@transaction.atomic
def delete_letter(person: User, identity: UUID, *, at: datetime) -> None:
    """Let go of a letter; for a short while it can be brought back. Raises NotKnown."""
    try:
        letter = _own(person, identity)
    except Gone:
        return
    twins = Twin.objects.filter(person=person, subject=identity)
    let_go(person, identity, kind="letter", rows=[letter, *twins], at=at)
    twins.delete()
    letter.delete()


def _own(person: User, identity: UUID) -> Letter:
    letter = own_letter(person, identity)
    if letter is None:
        raise NotKnown("There is no such letter.")
    return letter
