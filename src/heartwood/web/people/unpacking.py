"""A brought file between the looking and the deciding: sealed under its person's key, for an hour at most."""

from __future__ import annotations

import zlib
from datetime import datetime, timedelta

from django.db import transaction

from heartwood.web.people import bringing, erasure, holdings, keys, luggage
from heartwood.web.people.bringing import Line
from heartwood.web.people.luggage import Luggage
from heartwood.web.people.models import Brought, User

WAITS = timedelta(hours=1)


def keep(person: User, raw: bytes, *, at: datetime) -> None:
    """Keep a file until its person has looked. Raises Refused for one that could not be brought in."""
    told = luggage.unpack(raw)
    look(person, told, at=at)
    sealed = keys.seal(person, zlib.compress(raw))
    Brought.objects.update_or_create(person=person, defaults={"sealed": sealed, "at": at})


def waiting(person: User, *, at: datetime) -> Luggage | None:
    """The file that waits for its person to decide."""
    kept = Brought.objects.filter(person=person, at__gt=at - WAITS).first()
    return _unpacked(person, kept) if kept else None


def look(person: User, told: Luggage, *, at: datetime) -> list[Line]:
    """What would come of it. Nothing is stored."""
    return bringing.look(person, told, holdings=holdings.from_below(), with_settings=True, at=at)


@transaction.atomic
def bring(person: User, *, with_settings: bool, at: datetime) -> list[Line] | None:
    """Take in the file that waits, all of it. None when there is none (any more)."""
    kept = Brought.objects.select_for_update().filter(person=person, at__gt=at - WAITS).first()
    if kept is None:
        return None
    told = _unpacked(person, kept)
    kept.delete()
    rooms = holdings.from_below()
    return bringing.bring(person, told, holdings=rooms, with_settings=with_settings, at=at)


def leave(person: User) -> None:
    """Let go of the file that waits."""
    Brought.objects.filter(person=person).delete()
    erasure.empty_log()


def forget(*, at: datetime) -> bool:
    """Let go of every file that nobody decided about in time. Returns whether there were any."""
    gone, _by_model = Brought.objects.filter(at__lte=at - WAITS).delete()
    if gone:
        erasure.empty_log()
    return bool(gone)


def _unpacked(person: User, kept: Brought) -> Luggage:
    return luggage.unpack(zlib.decompress(keys.unseal_bytes(person, kept.sealed)))
