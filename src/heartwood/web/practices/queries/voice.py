"""A person's voice notes: the list of them, and one to be heard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from heartwood.web.people import keys
from heartwood.web.people.models import User
from heartwood.web.practices.models import VoiceNote
from heartwood.web.practices.queries.waiting import Waiting, waiting

NOTES_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Note:
    id: UUID
    recorded_at: datetime
    lasts: str


@dataclass(frozen=True, slots=True)
class DayOfNotes:
    day: date
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class VoicePage:
    days: tuple[DayOfNotes, ...]
    older: str
    waiting: tuple[Waiting, ...]


def voice_page(person: User, *, before: datetime | None, at: datetime) -> VoicePage:
    """The newest, without the sound of any."""
    notes = VoiceNote.objects.filter(person=person).defer("sealed").order_by("-recorded_at", "-id")
    if before:
        notes = notes.filter(recorded_at__lt=before)
    shown = list(notes[: NOTES_SHOWN + 1])
    older = shown[NOTES_SHOWN - 1].recorded_at.isoformat() if len(shown) > NOTES_SHOWN else ""
    return VoicePage(tuple(_days(person, shown[:NOTES_SHOWN])), older, waiting(person, ("voice",), at=at))


def recording(person: User, identity: UUID) -> tuple[str, bytes] | None:
    """The media type and the sound of one's own."""
    note = VoiceNote.objects.filter(person=person, id=identity).first()
    return (note.media_type, keys.unseal_bytes(person, note.sealed)) if note else None


def _days(person: User, notes: list[VoiceNote]) -> Iterator[DayOfNotes]:
    zone = person.zone
    for day, same in groupby(notes, key=lambda note: note.day):
        told = (Note(one.id, one.recorded_at.astimezone(zone), _lasts(one.length_ms)) for one in same)
        yield DayOfNotes(day, tuple(told))


def _lasts(length_ms: int) -> str:
    minutes, seconds = divmod(round(length_ms / 1000), 60)
    return f"{minutes}:{seconds:02}"
