"""A person's letters to themselves: those to come, those that are here, those that were opened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from heartwood.web.people import keys
from heartwood.web.people.days import today_of
from heartwood.web.people.models import User
from heartwood.web.practices.models import Letter, Twin
from heartwood.web.practices.queries.waiting import Waiting, waiting

USUALLY_SEALED = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class LetterToSelf:
    """A letter; its words only once it was opened. state: "sealed", "here", "closed" or "opened"."""

    id: UUID
    written_on: date
    opens_on: date
    state: str
    body: str = ""
    versions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LettersPage:
    """usual: the day that is proposed for a new one."""

    letters: tuple[LetterToSelf, ...]
    usual: date
    today: date
    waiting: tuple[Waiting, ...]


def letters_page(person: User, *, at: datetime) -> LettersPage:
    """Every letter, the next one to come first, without what it says."""
    today = today_of(person, at=at)
    stored = Letter.objects.filter(person=person).order_by("opens_on", "id")
    letters = tuple(_letter(person, one, today=today) for one in stored)
    return LettersPage(letters, today + USUALLY_SEALED, today, waiting(person, ("letter",), at=at))


def letter_of(person: User, identity: UUID, *, at: datetime) -> LetterToSelf | None:
    """One letter; with its words where it was opened."""
    stored = Letter.objects.filter(person=person, id=identity).first()
    if stored is None:
        return None
    letter = _letter(person, stored, today=today_of(person, at=at))
    if letter.state != "opened":
        return letter
    twins = Twin.objects.filter(person=person, kind="letter", subject=identity).order_by("id")
    return LetterToSelf(
        letter.id, letter.written_on, letter.opens_on, letter.state,
        keys.unseal(person, stored.sealed), tuple(keys.unseal(person, twin.sealed) for twin in twins),
    )  # fmt: skip


def letter_is_here(person: User, today: date) -> bool:
    """Whether a letter has come that was neither opened nor left closed. Nothing of what it says."""
    come = Letter.objects.filter(person=person, opens_on__lte=today)
    return come.filter(opened_at=None, declined_at=None).exists()


def unopened_letters(person: User, *, today: date) -> tuple[LetterToSelf, ...]:
    """Those that are here or still to come, the next one first. Nothing of what they say."""
    stored = Letter.objects.filter(person=person, opened_at=None, declined_at=None)
    return tuple(_letter(person, one, today=today) for one in stored.order_by("opens_on", "id"))


def _letter(person: User, stored: Letter, *, today: date) -> LetterToSelf:
    written_on = today_of(person, at=stored.written_at)
    return LetterToSelf(stored.id, written_on, stored.opens_on, _state(stored, today=today))


def _state(stored: Letter, *, today: date) -> str:
    if stored.opened_at:
        return "opened"
    if stored.opens_on > today:
        return "sealed"
    return "closed" if stored.declined_at else "here"
