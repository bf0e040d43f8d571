"""Voice notes, brought from another server."""

from __future__ import annotations

from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Mapping
from hashlib import sha256
from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import Field

from heartwood.web.people import keys
from heartwood.web.people.bringing import AT_ONCE, Bringing, Came, Day, Kind, Moment, Shape, read
from heartwood.web.people.luggage import Refused
from heartwood.web.practices import records
from heartwood.web.practices.actions.accepting.taking import checked
from heartwood.web.practices.actions.voice import check_room
from heartwood.web.practices.models import Deleted, VoiceNote

NAME = gettext_lazy("Voice notes")
LONGEST_SECONDS = (records.LONGEST_VOICE_MS + records.VOICE_MAY_BE_LATE_MS) / 1000


class _Note(Shape):
    id: UUID
    recorded_at: Moment
    day: Day
    length_seconds: Annotated[float, Field(gt=0, le=LONGEST_SECONDS)]
    media_type: Annotated[str, Field(max_length=20)]
    sound_base64: str


def take_notes(bringing: Bringing, held: Mapping[str, Any]) -> Came:
    """Each recording once, however it is called."""
    told = {note.id: note for note in read(_Note, held["voice_notes"], name=NAME)}
    here = bringing.settle(told, among=[(VoiceNote, "person_id"), (Deleted, "person_id")])
    known = set(VoiceNote.objects.filter(person=bringing.person).values_list("content_hash", flat=True))
    notes = [_note(bringing, note) for note in told.values() if bringing.ids[note.id] not in here]
    new = list({note.content_hash: note for note in notes if note.content_hash not in known}.values())
    checked(check_room, bringing.person, sum(note.bytes for note in new))
    VoiceNote.objects.bulk_create(new, batch_size=AT_ONCE)
    return Came(len(new), len(told) - len(new))


def _note(bringing: Bringing, told: _Note) -> VoiceNote:
    length_ms = round(told.length_seconds * 1000)
    try:
        sound = b64decode(told.sound_base64, validate=True)
        records.check_recording(sound, media_type=told.media_type, length_ms=length_ms)
    except (NotBase64, records.Refused) as error:
        raise Refused(_("A voice note in this file is no recording. Nothing was stored.")) from error
    return VoiceNote(
        id=bringing.ids[told.id],
        person=bringing.person,
        sealed=keys.seal(bringing.person, sound),
        media_type=told.media_type,
        length_ms=length_ms,
        bytes=len(sound),
        content_hash=keys.fingerprint(bringing.person, sha256(sound).hexdigest()),
        recorded_at=told.recorded_at,
        day=told.day,
    )


ACCEPTS = (Kind(NAME, ("voice_notes",), take_notes),)
