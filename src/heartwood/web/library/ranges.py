"""Byte ranges of a file (RFC 9110, section 14), without which a browser cannot seek in a sound.

One range is answered with 206, the whole file asked for as `bytes=0-` included. A range that begins past the
end gives 416. What is no valid range, or several at once, is answered with the whole file, as the standard
allows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_ONE_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})\s*", re.IGNORECASE)
CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Slice:
    """Bytes first to last, both included."""

    first: int
    last: int

    @property
    def length(self) -> int:
        return self.last - self.first + 1


class PastTheEnd(Exception):
    """No byte of the file lies in the range that was asked for."""


def asked_slice(header: str, size: int) -> Slice | None:
    """The slice that a Range header asks for; None for the whole file. Raises PastTheEnd."""
    found = _ONE_RANGE.fullmatch(header.strip())
    if not found or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if not first:
        return _last_bytes(int(last), size)
    if last and int(last) < int(first):
        return None
    if int(first) >= size:
        raise PastTheEnd
    return Slice(int(first), min(int(last) if last else size - 1, size - 1))


def _last_bytes(count: int, size: int) -> Slice:
    if not count or not size:
        raise PastTheEnd
    return Slice(max(0, size - count), size - 1)


def chunks(path: Path, wanted: Slice) -> Iterator[bytes]:
    """The bytes of a slice, a piece at a time."""
    with path.open("rb") as file:
        file.seek(wanted.first)
        left = wanted.length
        while left and (piece := file.read(min(CHUNK, left))):
            left -= len(piece)
            yield piece
