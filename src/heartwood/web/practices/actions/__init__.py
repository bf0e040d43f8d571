"""Keeping sittings and private lines: each takes effect once, however often it is sent."""

from datetime import datetime

from heartwood.web.people.models import User
from heartwood.web.practices.actions.acts import correct_act, delete_act, keep_act
from heartwood.web.practices.actions.letters import (
    decline_letter,
    delete_letter,
    keep_letter,
    open_letter,
    put_off_letter,
)
from heartwood.web.practices.actions.letting_go import bring_back, erase_path, forget
from heartwood.web.practices.actions.lines import delete_line, keep_line
from heartwood.web.practices.actions.observations import Kept, keep_observations
from heartwood.web.practices.actions.reflections import (
    Saving,
    Written,
    delete_reflection,
    keep_reflection,
    part_version,
)
from heartwood.web.practices.actions.sittings import add_by_hand, correct, delete_sitting
from heartwood.web.practices.actions.voice import delete_voice_note, keep_voice_note
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

__all__ = [
    "Kept",
    "Saving",
    "Written",
    "add_by_hand",
    "bring_back",
    "correct",
    "correct_act",
    "decline_letter",
    "delete_act",
    "delete_letter",
    "delete_line",
    "delete_reflection",
    "delete_sitting",
    "delete_voice_note",
    "erase",
    "erase_path",
    "forget",
    "keep_act",
    "keep_letter",
    "keep_line",
    "keep_observations",
    "keep_reflection",
    "keep_voice_note",
    "open_letter",
    "part_version",
    "put_off_letter",
]


def erase(person: User, *, at: datetime) -> None:
    """Let go of everything held of a person's practice."""
    SittingEvent.objects.filter(sitting__person=person).delete()
    for kept in (CaringAct, Letter, VoiceNote, Reflection, Sitting, Twin, Deleted, LetGo):
        kept.objects.filter(person=person).delete()
