"""Everything this room holds about a person, as JSON can say it; private lines in the clear, for them."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from typing import Any

from heartwood.web.people import keys
from heartwood.web.people.models import User
from heartwood.web.practices.models import (
    CaringAct,
    Deleted,
    LetGo,
    Letter,
    Reflection,
    Sitting,
    SittingEvent,
    Twin,
    VoiceNote,
)
from heartwood.web.practices.titles import Opener, title_of, title_of_row


def collect(person: User) -> dict[str, Any]:
    sittings = Sitting.objects.filter(person=person).order_by("began_at", "id").prefetch_related("events")
    written = list(Reflection.objects.filter(person=person).order_by("written_at", "id"))
    acts = CaringAct.objects.filter(person=person).order_by("written_at", "id")
    letters = Letter.objects.filter(person=person).order_by("written_at", "id")
    notes = VoiceNote.objects.filter(person=person).order_by("recorded_at", "id")
    twins = Twin.objects.filter(person=person).order_by("id")
    deleted = Deleted.objects.filter(person=person).order_by("id")
    waiting = LetGo.objects.filter(person=person).order_by("id")
    opened = keys.opener(person)
    return {
        "sittings": [_sitting(one, opened) for one in sittings],
        "lines": [_line(person, one) for one in written if one.kind == Reflection.Kind.LINE],
        "reflections": [_page(person, one) for one in written if one.kind != Reflection.Kind.LINE],
        "caring_acts": [_act(person, one) for one in acts],
        "letters_to_oneself": [_letter(person, one) for one in letters],
        "voice_notes": [_note(person, one) for one in notes],
        "came_twice": [_twin(person, one) for one in twins],
        "deleted": [{"id": str(one.id), "at": one.at.isoformat()} for one in deleted],
        "can_be_brought_back": [_waiting(person, one) for one in waiting],
    }


def _waiting(person: User, kept: LetGo) -> dict[str, Any]:
    """What was deleted a short while ago, as it is held; a private line in the clear, for its writer."""
    rows = [row["fields"] for row in json.loads(keys.unseal(person, kept.sealed))["rows"]]
    for row in rows:
        if kept.kind == "voice":
            row["sound_base64"] = _base64(person, b64decode(row.pop("sealed")))
        elif "sealed" in row:
            row["body"] = keys.unseal(person, b64decode(row.pop("sealed")))
        if "sealed_title" in row:
            row["title"] = title_of_row(person, row)
            del row["sealed_title"]
        if row.get("sealed_about"):
            row["about"] = json.loads(keys.unseal(person, b64decode(row.pop("sealed_about"))))
    return {"id": str(kept.id), "kind": kept.kind, "until": kept.until.isoformat(), "rows": rows}


def _sitting(sitting: Sitting, opened: Opener) -> dict[str, Any]:
    events = sorted(sitting.events.all(), key=lambda event: (event.sequence, event.id))
    return {
        "id": str(sitting.id),
        "path": str(sitting.enrolment_id) if sitting.enrolment_id else None,
        "practice": sitting.practice,
        "title": title_of(sitting, opened),
        "began_at": sitting.began_at.isoformat(),
        "zone": sitting.zone,
        "day_boundary_minutes": sitting.day_boundary_minutes,
        "day": sitting.day.isoformat(),
        "length_seconds": sitting.length_ms / 1000 if sitting.length_ms else None,
        "practised_seconds": sitting.practised_ms / 1000,
        "corrected_seconds": sitting.corrected_ms / 1000 if sitting.corrected_ms is not None else None,
        "by_hand": sitting.by_hand,
        "finished": sitting.finished,
        "clock_was_wrong": sitting.clock_was_wrong,
        "received_at": sitting.received_at.isoformat(),
        "observations": [_event(event) for event in events],
    }


def _event(event: SittingEvent) -> dict[str, Any]:
    return {
        "id": str(event.id),
        "sequence": event.sequence,
        "kind": event.kind,
        "position_ms": event.position_ms,
        "wall_ms": event.wall_ms,
        "clock_amiss_ms": event.amiss_ms,
        "received_at": event.received_at.isoformat(),
    }


def _line(person: User, line: Reflection) -> dict[str, Any]:
    return {
        "id": str(line.id),
        "sitting": str(line.sitting_id) if line.sitting_id else None,
        "written_at": line.written_at.isoformat(),
        "day": line.day.isoformat(),
        "body": keys.unseal(person, line.sealed),
    }


def _page(person: User, page: Reflection) -> dict[str, Any]:
    about = json.loads(keys.unseal(person, page.sealed_about)) if page.sealed_about else {}
    return {
        "id": str(page.id),
        "kind": page.kind,
        "written_at": page.written_at.isoformat(),
        "changed_at": page.changed_at.isoformat() if page.changed_at else None,
        "day": page.day.isoformat(),
        "revision": page.revision,
        "question": about.get("prompt", ""),
        "tags": about.get("tags", []),
        "body": keys.unseal(person, page.sealed),
    }


def _letter(person: User, letter: Letter) -> dict[str, Any]:
    return {
        "id": str(letter.id),
        "written_at": letter.written_at.isoformat(),
        "opens_on": letter.opens_on.isoformat(),
        "opened_at": letter.opened_at.isoformat() if letter.opened_at else None,
        "declined_at": letter.declined_at.isoformat() if letter.declined_at else None,
        "body": keys.unseal(person, letter.sealed),
    }


def _note(person: User, note: VoiceNote) -> dict[str, Any]:
    return {
        "id": str(note.id),
        "recorded_at": note.recorded_at.isoformat(),
        "day": note.day.isoformat(),
        "length_seconds": note.length_ms / 1000,
        "media_type": note.media_type,
        "sound_base64": _base64(person, note.sealed),
    }


def _base64(person: User, sealed: bytes | memoryview) -> str:
    return b64encode(keys.unseal_bytes(person, sealed)).decode()


def _act(person: User, act: CaringAct) -> dict[str, Any]:
    return {
        "id": str(act.id),
        "direction": act.direction,
        "written_at": act.written_at.isoformat(),
        "day": act.day.isoformat(),
        "body": keys.unseal(person, act.sealed),
    }


def _twin(person: User, twin: Twin) -> dict[str, Any]:
    return {
        "kind": twin.kind,
        "id": str(twin.subject),
        "content": keys.unseal(person, twin.sealed),
        "received_at": twin.received_at.isoformat(),
    }
