"""Ids that sort by the moment they were made: UUID version 7 (RFC 9562, section 5.7)."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random, SystemRandom
from uuid import UUID

_CHANCE = SystemRandom()


def uuid7(*, at: datetime, rng: Random) -> UUID:
    """An id that holds `at` in whole milliseconds and 74 bits of chance."""
    milliseconds = int(at.timestamp() * 1000)
    chance = rng.getrandbits(74)
    first, last = chance >> 62, chance & ((1 << 62) - 1)
    return UUID(int=milliseconds << 80 | 0x7 << 76 | first << 64 | 0b10 << 62 | last)


def new_id() -> UUID:
    """An id of this moment, for a row that is made here and now."""
    return uuid7(at=datetime.now(UTC), rng=_CHANCE)
