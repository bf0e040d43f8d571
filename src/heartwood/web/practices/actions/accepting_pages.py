"""What somebody wrote or said to themselves, brought from another server, sealed anew under their key."""

from __future__ import annotations

import json
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
from heartwood.web.practices.actions.twins import keep_twin
from heartwood.web.practices.models import Deleted, Letter, Reflection, VoiceNote

PAGES = gettext_lazy("Pages of your journal")
LETTERS = gettext_lazy("Letters to yourself")
NOTES = gettext_lazy("Voice notes")


class _Page(Shape):
    id: UUID
    kind: Reflection.Kind
    written_at: Moment
    changed_at: Moment | None
    day: Day
    revision: Annotated[int, Field(ge=1, le=2**31 - 1)]
    question: Annotated[str, Field(max_length=records.LONGEST_PROMPT)]
    tags: list[str]
    body: str


class _Letter(Shape):
    id: UUID
    written_at: Moment
    opens_on: Day
    opened_at: Moment | None
    declined_at: Moment | None
    body: str


class _Note(Shape):
    id: UUID
    recorded_at: Moment
    day: Day
    length_seconds: Annotated[float, Field(gt=0, le=records.LONGEST_VOICE_MS / 1000 + 2)]
    media_type: Annotated[str, Field(max_length=20)]
    sound_base64: str


def take_pages(bringing: Bringing, held: Mapping[str, Any]) -> Came:
    """Each page of the journal. Where another stands under its id, both do."""
    told = {page.id: page for page in read(_Page, held["reflections"], name=PAGES)}
    here = bringing.settle(told, among=[(Reflection, "person_id"), (Deleted, "person_id")])
    new = [page for page in told.values() if bringing.ids[page.id] not in here]
    Reflection.objects.bulk_create([_page(bringing, page) for page in new], batch_size=AT_ONCE)
    stored = Reflection.objects.in_bulk([one for one, table in here.items() if table is Reflection])
    for page in told.values():
        known, body = stored.get(bringing.ids[page.id]), _words(records.check_reflection, page.body)
        if known and keys.unseal(bringing.person, known.sealed) != body:
            about = {"kind": page.kind, "body": body, "tags": page.tags, "prompt": page.question}
            content = json.dumps({**about, "saving": 0}, ensure_ascii=False)
            keep_twin(bringing.person, "reflection", known.id, content, at=bringing.at)
    return Came(len(new), len(told) - len(new))


def take_letters(bringing: Bringing, held: Mapping[str, Any]) -> Came:
    """Each letter, as sealed or opened as it was."""
    told = {letter.id: letter for letter in read(_Letter, held["letters_to_oneself"], name=LETTERS)}
    here = bringing.settle(told, among=[(Letter, "person_id"), (Deleted, "person_id")])
    new = [letter for letter in told.values() if bringing.ids[letter.id] not in here]
    Letter.objects.bulk_create([_letter(bringing, letter) for letter in new], batch_size=AT_ONCE)
    stored = Letter.objects.in_bulk([one for one, table in here.items() if table is Letter])
    for letter in told.values():
        known, body = stored.get(bringing.ids[letter.id]), _words(records.check_letter, letter.body)
        if known and keys.unseal(bringing.person, known.sealed) != body:
            keep_twin(bringing.person, "letter", known.id, body, at=bringing.at)
    return Came(len(new), len(told) - len(new))


def take_notes(bringing: Bringing, held: Mapping[str, Any]) -> Came:
    """Each recording once, however it is called."""
    told = {note.id: note for note in read(_Note, held["voice_notes"], name=NOTES)}
    here = bringing.settle(told, among=[(VoiceNote, "person_id"), (Deleted, "person_id")])
    known = set(VoiceNote.objects.filter(person=bringing.person).values_list("content_hash", flat=True))
    notes = [_note(bringing, note) for note in told.values() if bringing.ids[note.id] not in here]
    new = list({note.content_hash: note for note in notes if note.content_hash not in known}.values())
    VoiceNote.objects.bulk_create(new, batch_size=AT_ONCE)
    return Came(len(new), len(told) - len(new))


def _page(bringing: Bringing, told: _Page) -> Reflection:
    try:
        tags = records.check_tags(told.tags)
    except records.Refused as error:
        raise Refused(str(error)) from error
    about = json.dumps({"tags": tags, "prompt": told.question}, ensure_ascii=False)
    return Reflection(
        id=bringing.ids[told.id],
        person=bringing.person,
        kind=told.kind,
        sealed=keys.seal(bringing.person, _words(records.check_reflection, told.body)),
        sealed_about=keys.seal(bringing.person, about),
        written_at=told.written_at,
        changed_at=told.changed_at,
        day=told.day,
        revision=told.revision,
    )


def _letter(bringing: Bringing, told: _Letter) -> Letter:
    return Letter(
        id=bringing.ids[told.id],
        person=bringing.person,
        sealed=keys.seal(bringing.person, _words(records.check_letter, told.body)),
        written_at=told.written_at,
        opens_on=told.opens_on,
        opened_at=told.opened_at,
        declined_at=told.declined_at,
    )


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
        content_hash=records.content_hash(bringing.person.id, sha256(sound).hexdigest()),
        recorded_at=told.recorded_at,
        day=told.day,
    )


def _words(check: Any, body: str) -> str:
    try:
        return str(check(body))
    except records.Refused as error:
        raise Refused(str(error)) from error


ACCEPTS = (
    Kind(PAGES, ("reflections",), take_pages),
    Kind(LETTERS, ("letters_to_oneself",), take_letters),
    Kind(NOTES, ("voice_notes",), take_notes),
)
