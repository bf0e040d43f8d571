"""Room on the disk: what is let go of, what waits for room, and what was heard last."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import F, Q, Sum

from heartwood.web.library import queries
from heartwood.web.library.models import Rendering

TRIED_WITH_ROOM_AFTER = timedelta(minutes=10)
HEARD_IS_NOTED_EVERY = timedelta(hours=1)


def keep_within(limit_bytes: int, *, at: datetime) -> int:
    """Let go of sounds until all together fit; what was heard longest ago goes first. Returns how many.

    The open practice and the usual sounds of weeks that are open stay, even past the limit: they would
    only be made again at once. What is let go of is made again for whoever wants it.
    """
    ready = Rendering.objects.filter(state=Rendering.State.READY)
    excess = (ready.aggregate(all=Sum("bytes"))["all"] or 0) - limit_bytes
    gone = 0
    for rendering in _longest_unheard(at=at) if excess > 0 else ():
        if excess <= 0:
            break
        excess -= rendering.bytes or 0
        gone += _let_go(rendering, at=at)
    return gone


def _longest_unheard(*, at: datetime) -> Iterator[Rendering]:
    ready = Rendering.objects.filter(state=Rendering.State.READY, is_open=False)
    loose = ready.filter(Q(in_store_until=None) | Q(in_store_until__lte=at))
    return loose.order_by(F("heard_at").asc(nulls_first=True), "id").defer("timeline").iterator()


def _let_go(rendering: Rendering, *, at: datetime) -> int:
    """The row first: a file without its row is served to nobody."""
    changed = Rendering.objects.filter(id=rendering.id, state=Rendering.State.READY).update(
        state=Rendering.State.AWAY, touched_at=at
    )
    if changed:
        queries.sound_path(rendering).unlink(missing_ok=True)
    return changed


def wait_for_room(rendering: Rendering, trouble: str, *, at: datetime) -> None:
    """The disk was full: it stays due, says so, uses up no attempt and is tried again later."""
    Rendering.objects.filter(
        id=rendering.id, state=Rendering.State.MAKING, attempts=rendering.attempts
    ).update(
        state=Rendering.State.DUE,
        attempts=F("attempts") - 1,
        progress=0,
        trouble=trouble,
        not_before=at + TRIED_WITH_ROOM_AFTER,
        touched_at=at,
    )


def note_heard(rendering: Rendering, *, at: datetime) -> None:
    """Somebody listens. Written once an hour, not with every slice."""
    if rendering.heard_at is None or rendering.heard_at < at - HEARD_IS_NOTED_EVERY:
        Rendering.objects.filter(id=rendering.id).update(heard_at=at)
