"""Making a sound that is wanted: taken, told of, finished or failed, and made anew when it got lost."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from heartwood.practice.renderings import PIPER
from heartwood.web.library import queries
from heartwood.web.library.models import Rendering

MOST_ATTEMPTS = 3
AT_ONCE = 0

TRIED_AGAIN_AFTER = timedelta(hours=1)
"""So long after it failed it is tried again although nobody asks."""


def claim(identity: UUID, *, at: datetime) -> Rendering | None:
    """Take a due rendering to make it; None when somebody else was first."""
    taken = Rendering.objects.filter(id=identity, state=Rendering.State.DUE).update(
        state=Rendering.State.MAKING, attempts=F("attempts") + 1, progress=0, touched_at=at
    )
    return Rendering.objects.select_related("course_version").get(id=identity) if taken else None


def note_progress(rendering: Rendering, percent: int, *, at: datetime) -> None:
    _claimed(rendering).update(progress=min(99, max(0, percent)), touched_at=at)


def finish(rendering: Rendering, made: Mapping[str, Any], *, at: datetime) -> None:
    """The file is whole and on disk: from now on it is served with the timeline it was made from."""
    length = made["milliseconds"] if rendering.reading is not None else rendering.milliseconds
    _claimed(rendering).update(
        milliseconds=length,
        state=Rendering.State.READY,
        progress=100,
        timeline=made["timeline"],
        bytes=made["bytes"],
        sha256=made["sha256"],
        trouble="",
        wanted_by=None,
        not_before=None,
        heard_at=at,
        touched_at=at,
    )


def fail(rendering: Rendering, trouble: str, *, at: datetime) -> None:
    """Try again while there are attempts left; after that it has failed, in words.

    An operator's program has one attempt: what it said is kept, and nobody waits for it longer.
    """
    again = rendering.attempts < MOST_ATTEMPTS and rendering.voice != PIPER
    state = Rendering.State.DUE if again else Rendering.State.FAILED
    _claimed(rendering).update(state=state, trouble=trouble, touched_at=at)


def give_back(rendering: Rendering, *, at: datetime) -> None:
    """Leave it to the next start. A server that stops uses up no attempt."""
    _claimed(rendering).update(state=Rendering.State.DUE, attempts=F("attempts") - 1, touched_at=at)


def _claimed(rendering: Rendering) -> QuerySet[Rendering]:
    """The row, while this claim is the latest; a maker that was given up on changes nothing any more."""
    return Rendering.objects.filter(
        id=rendering.id, state=Rendering.State.MAKING, attempts=rendering.attempts
    )


def make_again(rendering: Rendering, *, at: datetime, **turn: object) -> None:
    """The finished file is gone or broken: make it anew rather than serve half of it.

    turn  turn, wanted_by and wanted_at, where somebody asked for it
    """
    gone = (Rendering.State.READY, Rendering.State.AWAY)
    Rendering.objects.filter(id=rendering.id, state__in=gone).update(
        state=Rendering.State.DUE, attempts=0, priority=AT_ONCE, touched_at=at, **turn
    )


def mend(*, at: datetime) -> None:
    """Make due what nobody may ask for again: files that are gone, and what failed some time ago."""
    for made in Rendering.objects.filter(state=Rendering.State.READY).iterator():
        if queries.sound_file(made) is None:
            make_again(made, at=at)
    failed = Rendering.objects.filter(state=Rendering.State.FAILED, touched_at__lt=at - TRIED_AGAIN_AFTER)
    failed.update(state=Rendering.State.DUE, attempts=0, touched_at=at)
