"""Voice notes: kept once, sealed as text is, let go of."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Sum

from heartwood.web.kit.ids import new_id
from heartwood.web.people import keys
from heartwood.web.people.days import today_of
from heartwood.web.people.models import User
from heartwood.web.practices import records
from heartwood.web.practices.actions.letting_go import let_go
from heartwood.web.practices.actions.owning import own_voice_note
from heartwood.web.practices.models import VoiceNote
from heartwood.web.practices.records import Differs, Gone, NotKnown, Refused


def keep_voice_note(
    person: User, identity: UUID, sound: bytes, *, media_type: str, length_ms: int, at: datetime
) -> VoiceNote:
    """Seal a recording and keep it. Raises Refused, NotKnown, Gone, or Differs (then both are kept)."""
    records.check_recording(sound, media_type=media_type, length_ms=length_ms)
    note = VoiceNote(
        id=identity,
        person=person,
        media_type=media_type,
        length_ms=length_ms,
        bytes=len(sound),
        content_hash=keys.fingerprint(person, sha256(sound).hexdigest()),
        recorded_at=at,
        day=today_of(person, at=at),
    )
    try:
        return _keep(note, identity, sound)
    except IntegrityError:
        return _keep(note, identity, sound)


def _keep(note: VoiceNote, identity: UUID, sound: bytes) -> VoiceNote:
    """Another recording under the same id is kept under one of its own."""
    with transaction.atomic():
        stored = own_voice_note(note.person, identity)
        same = VoiceNote.objects.filter(person=note.person, content_hash=note.content_hash).first()
        if same is None:
            check_room(note.person, note.bytes)
            note.id = identity if stored is None else new_id()
            note.sealed = keys.seal(note.person, sound)
            note.save(force_insert=True)
    if stored and stored.content_hash != note.content_hash:
        raise Differs("Another recording is there under the same id. Both are kept.")
    return same or note


def check_room(person: User, more: int) -> None:
    """Raise Refused where so many bytes more do not fit."""
    held = VoiceNote.objects.filter(person=person).aggregate(all=Sum("bytes"))["all"] or 0
    if more and held + more > records.MOST_VOICE_BYTES_TOGETHER:
        raise Refused(
            "There is no more room for voice notes. Delete one that you do not need; then this fits."
        )


@transaction.atomic
def delete_voice_note(person: User, identity: UUID, *, at: datetime) -> None:
    """Let go of a recording; for a short while it can be brought back. Raises NotKnown."""
    try:
        note = own_voice_note(person, identity)
    except Gone:
        return
    if note is None:
        raise NotKnown("There is no such voice note.")
    let_go(person, identity, kind="voice", rows=[note], at=at)
    note.delete()
