"""Whose an id is: the person's own, nobody's yet, or somebody else's, which is answered as unknown."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from heartwood.web.people.models import User
from heartwood.web.practices.models import CaringAct, Deleted, Letter, Reflection, Sitting, VoiceNote
from heartwood.web.practices.records import Gone, NotKnown

Kept = TypeVar("Kept", Sitting, Reflection, CaringAct, Letter, VoiceNote)


def own_sitting(person: User, identity: UUID) -> Sitting | None:
    """The sitting, locked until the end of the transaction; None when the id is free.

    Raises NotKnown for somebody else's, and Gone for one that its person deleted.
    """
    return _own(Sitting, person, identity, "sitting")


def own_line(person: User, identity: UUID) -> Reflection | None:
    """The private line, by the same rules."""
    return _of_kinds(_own(Reflection, person, identity, "line"), is_line=True)


def own_reflection(person: User, identity: UUID) -> Reflection | None:
    """The page of the journal, by the same rules."""
    return _of_kinds(_own(Reflection, person, identity, "page"), is_line=False)


def own_letter(person: User, identity: UUID) -> Letter | None:
    """The letter to oneself, by the same rules."""
    return _own(Letter, person, identity, "letter")


def own_voice_note(person: User, identity: UUID) -> VoiceNote | None:
    """The recording, by the same rules."""
    return _own(VoiceNote, person, identity, "voice note")


def _of_kinds(stored: Reflection | None, *, is_line: bool) -> Reflection | None:
    """A line and a page share their ids, and neither is answered for the other."""
    if stored and (stored.kind == Reflection.Kind.LINE) is not is_line:
        raise NotKnown("There is no such line." if is_line else "There is no such page.")
    return stored


def own_act(person: User, identity: UUID) -> CaringAct | None:
    """The caring act, by the same rules."""
    return _own(CaringAct, person, identity, "caring act")


def _own(kind: type[Kept], person: User, identity: UUID, noun: str) -> Kept | None:
    stored: Kept | None = kind._default_manager.select_for_update().filter(id=identity).first()
    if stored is None:
        _check_free(person, identity, noun)
    elif stored.person_id != person.id:
        raise NotKnown(f"There is no such {noun}.")
    return stored


def _check_free(person: User, identity: UUID, noun: str) -> None:
    gone = Deleted.objects.filter(id=identity).first()
    if gone is None:
        return
    if gone.person_id != person.id:
        raise NotKnown(f"There is no such {noun}.")
    raise Gone(f"You deleted this {noun}.")
