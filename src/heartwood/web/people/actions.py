"""What people do with their accounts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from heartwood.errors import HeartwoodError
from heartwood.web.kit import audit
from heartwood.web.people import addresses, consent, invitations, keys
from heartwood.web.people.days import clock_of, latest_day_of
from heartwood.web.people.invitations import Door, State
from heartwood.web.people.models import Consent, FormerClock, Invitation, User

SAME_PAGE_AGAIN = timedelta(minutes=10)


class AddressTaken(HeartwoodError):
    """Another account has this e-mail address."""


@dataclass(frozen=True, slots=True)
class Account:
    """What a person says of themselves when they open an account."""

    name: str
    email: str | None
    time_zone: str
    language: str = "en"


@transaction.atomic
def open_account(token: str, account: Account, *, page: UUID, at: datetime) -> User | Door:
    """Open the account behind a link, with its key and consent; or say why the link does not open.

    The same page sent again within minutes finds the account that it made.
    Raises AddressTaken, and then nothing is stored and the link stays open.
    """
    door = invitations.take(token, at=at)
    if again := _same_page(door, page=page, at=at):
        return again
    if door.state is not State.OPEN or not door.invitation or door.invitation.kind == Invitation.Kind.RETURN:
        return door
    person = create_person(account, is_operator=door.invitation.kind == Invitation.Kind.OWNER, at=at)
    invitations.mark_used(door.invitation, by=person, page=page, at=at)
    return person


@transaction.atomic
def come_back(token: str, *, page: UUID | None, at: datetime) -> User | Door:
    """The person a return link was made for, once; or why the link does not open."""
    door = invitations.take(token, at=at)
    if again := _same_page(door, page=page, at=at):
        return again
    if door.state is not State.OPEN or not door.invitation or not door.invitation.returning:
        return door
    person = door.invitation.returning
    invitations.mark_used(door.invitation, by=person, page=page, at=at)
    return person


@transaction.atomic
def create_person(account: Account, *, at: datetime, is_operator: bool = False) -> User:
    """A person with a key of their own and the consent they gave."""
    try:
        with transaction.atomic():
            person = User.objects.create(
                name=account.name,
                email=account.email,
                time_zone=account.time_zone,
                language=account.language,
                is_operator=is_operator,
                password=make_password(None),
                created_at=at,
            )
    except IntegrityError as error:
        raise AddressTaken from error
    keys.give_key(person, at=at)
    Consent.objects.create(person=person, version=consent.VERSION, at=at)
    audit.record("joined", subject=("person", person.id), by=person.id, at=at)
    return person


@transaction.atomic
def describe(person: User, *, at: datetime, **changes: object) -> None:
    """Store what a person changed about themselves: name, email, time_zone and so on. Raises AddressTaken."""
    try:
        with transaction.atomic():
            _put(person, changes, made_at=at, at=at)
    except IntegrityError as error:
        raise AddressTaken from error
    addresses.forget_others(person)
    audit.record("described", subject=("person", person.id), by=person.id, at=at)


@transaction.atomic
def describe_late(person: User, *, made_at: datetime, at: datetime, **changes: object) -> None:
    """Store what a person changed while their device had no connection, once.

    What was changed after that, on any device, stands; so does this when it comes again.
    """
    stored = User.objects.select_for_update().get(id=person.id)
    if stored.described_at and stored.described_at >= made_at:
        return
    _put(stored, changes, made_at=made_at, at=at)
    audit.record("described", subject=("person", person.id), by=person.id, at=at)


def _put(person: User, changes: Mapping[str, object], *, made_at: datetime, at: datetime) -> None:
    person.latest_day = latest_day_of(person, at=at)
    before = clock_of(person)
    for field, value in {**changes, "described_at": made_at}.items():
        setattr(person, field, value)
    person.save(update_fields=[*changes, "described_at", "latest_day"])
    if clock_of(person) != before:
        FormerClock.objects.create(person=person, until=made_at, **asdict(before))


@transaction.atomic
def set_password(person: User, password: str, *, email: str | None, at: datetime) -> None:
    """Give a person a password, and the address that goes with it. Raises AddressTaken."""
    person.set_password(password)
    person.email = email
    try:
        with transaction.atomic():
            person.save(update_fields=["password", "email"])
    except IntegrityError as error:
        raise AddressTaken from error
    addresses.forget_others(person)
    audit.record("password set", subject=("person", person.id), by=person.id, at=at)


def _same_page(door: Door, *, page: UUID | None, at: datetime) -> User | None:
    used = door.invitation
    if (
        not used
        or not used.used_at
        or page is None
        or used.used_page != page
        or at - used.used_at > SAME_PAGE_AGAIN
    ):
        return None
    return used.used_by
