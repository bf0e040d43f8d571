"""How a due row changes, and every change it can make.

    due ─▶ sending ─▶ sent | refused | unknown
     ▲        │
     └────────┘  only for what was surely not sent
    due ─▶ unwanted | expired

Each change names the state that it leaves, so of two workers one finds nothing to
change. Whatever leaves *due* and *sending* loses its message in the same write.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Greatest

from heartwood.web.delivery.models import Device, Due, Stopped
from heartwood.web.kit.ids import new_id
from heartwood.web.people.models import User

EXPIRES_AFTER = timedelta(days=3)
LONGEST_SENDING = timedelta(minutes=15)
"""No exchange that still runs is older; see `smtp.SECONDS_TO_ANSWER`."""
LINE_RESTS = timedelta(seconds=30)
KEPT_FOR = timedelta(days=90)
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 120))
LONGEST_WAIT = timedelta(hours=4)


@dataclass(frozen=True, slots=True)
class Wish:
    """What shall go out, before it is a row. `person` is the id of whom it concerns, if anybody."""

    channel: str
    kind: str
    key: str
    receiver: str
    message: bytes
    person: UUID | None = None
    not_before: datetime | None = None
    expires_at: datetime | None = None


def queue(wish: Wish, *, at: datetime) -> bool:
    """Make a due row, once for each key. Returns whether it is new."""
    try:
        with transaction.atomic():
            Due.objects.create(
                channel=wish.channel,
                kind=wish.kind,
                key=wish.key,
                person_id=wish.person,
                sealed=seal(wish.receiver, wish.message),
                queued_at=at,
                not_before=wish.not_before or at,
                expires_at=wish.expires_at or (wish.not_before or at) + EXPIRES_AFTER,
            )
    except IntegrityError:
        if Due.objects.filter(key=wish.key).exists():
            return False
        raise
    return True


def seal(receiver: str, message: bytes) -> bytes:
    sealed: bytes = settings.SECRETS.master().encrypt(receiver.encode() + b"\0" + message)
    return sealed


def unseal(row: Due) -> tuple[str, bytes]:
    """Receiver and message of a row that still holds them."""
    receiver, message = settings.SECRETS.master().decrypt(bytes(row.sealed or b"")).split(b"\0", 1)
    return receiver.decode(), message


def claim(identity: UUID, *, by: str, at: datetime) -> Due | None:
    """Take a due row to send it, for one worker alone; None when another has it."""
    mine = new_id()
    due = Due.objects.filter(id=identity, state=Due.State.DUE)
    if not due.update(
        state=Due.State.SENDING, claim=mine, claimed_by=by, claimed_at=at, tries=F("tries") + 1
    ):
        return None
    return Due.objects.select_related("person").filter(id=identity, claim=mine).first()


def end(row: Due, state: str, *, answer: str = "", at: datetime) -> None:
    """Out of our hands. A worker that learns late what became of an *unknown* row still says so."""
    mine = Due.objects.filter(id=row.id, claim=row.claim, state__in=[Due.State.SENDING, Due.State.UNKNOWN])
    mine.update(state=state, sealed=None, ended_at=at, answer=answer[:300])


def wait(row: Due, *, answer: str, at: datetime) -> None:
    """Surely not sent: due again, later each time."""
    pause = WAITS[row.tries - 1] if row.tries <= len(WAITS) else LONGEST_WAIT
    _give_back(row, answer=answer, tries=row.tries, until=at + pause)


def rest(row: Due, *, answer: str, at: datetime) -> None:
    """There is no line at all: it costs the row no try, and everything of its channel waits a little."""
    until = at + LINE_RESTS
    _give_back(row, answer=answer, tries=row.tries - 1, until=until)
    waiting = Due.objects.filter(channel=row.channel, state=Due.State.DUE, not_before__lt=until)
    waiting.update(not_before=Greatest(F("not_before"), until))


def give_back(row: Due, *, at: datetime) -> None:
    """Not begun, since the server stops: due as before."""
    _give_back(row, answer=row.answer, tries=row.tries - 1, until=row.not_before)


def expire(*, at: datetime) -> int:
    """Whatever nobody needs any more. Returns how many."""
    late = Due.objects.filter(state=Due.State.DUE, expires_at__lte=at)
    return late.update(state=Due.State.EXPIRED, sealed=None, ended_at=at)


def free_own(*, by: str, at: datetime) -> int:
    """At the start: what this worker was sending when it ended is unknown, for good. Returns how many."""
    return _lose_sight(Due.objects.filter(state=Due.State.SENDING, claimed_by=by), at=at)


def free_old(*, at: datetime) -> int:
    """What any worker has been sending for too long is unknown. Returns how many."""
    return _lose_sight(
        Due.objects.filter(state=Due.State.SENDING, claimed_at__lte=at - LONGEST_SENDING), at=at
    )


def forget(*, at: datetime) -> int:
    """Drop rows that ended long ago. Returns how many."""
    return Due.objects.filter(ended_at__lte=at - KEPT_FOR).delete()[0]


def stop(person: User, kind: str, *, at: datetime) -> None:
    """This person wants no more of this kind. Saying it twice changes nothing."""
    Stopped.objects.get_or_create(person=person, kind=kind, defaults={"at": at})


def resume(person: User, kind: str) -> None:
    Stopped.objects.filter(person=person, kind=kind).delete()


def erase(person: User, *, at: datetime) -> None:
    Due.objects.filter(person=person).delete()
    Stopped.objects.filter(person=person).delete()
    Device.objects.filter(person=person).delete()


def _give_back(row: Due, *, answer: str, tries: int, until: datetime) -> None:
    mine = Due.objects.filter(id=row.id, claim=row.claim, state=Due.State.SENDING)
    mine.update(state=Due.State.DUE, claim=None, tries=tries, not_before=until, answer=answer[:300])


def _lose_sight(rows: QuerySet[Due], *, at: datetime) -> int:
    return rows.update(state=Due.State.UNKNOWN, sealed=None, ended_at=at)
