"""The sign as pixels (PNG), for home screens and lock screens that take no SVG.

Drawn to the edge of its square, with everything that matters inside the middle four fifths, since
each device cuts its own shape out of it. Pure: the same size gives the same pixels.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from math import atan2, hypot
from struct import pack

from heartwood.web.kit.signs import BAR, BARS, BARS_BEGIN, bend

Colour = tuple[int, int, int]

PAPER: Colour = (0xF9, 0xF5, 0xEC)
LEAF: Colour = (0x2C, 0x5A, 0x3C)
CLAY: Colour = (0xA4, 0x55, 0x2C)
SHEET: Colour = (0xE8, 0xE6, 0xE1)
INK: Colour = (0x5B, 0x60, 0x66)
MOST_BEND = 0.04
HEART = 18 / 512
RINGS = tuple(((44 + 44 * ring) / 512, (20 - 2 * ring) / 512, 1 - 0.12 * ring) for ring in range(4))
"""Radius, width and strength of each ring, as parts of the square."""


def icon(size: int) -> bytes:
    """The sign as a PNG file of `size` by `size` pixels."""
    return _png(size, rows(size))


def plain_icon(size: int) -> bytes:
    """A sheet with three lines, which says nothing of what it opens."""
    return _png(size, plain_rows(size))


def _png(size: int, drawn: Iterable[bytes]) -> bytes:
    lines = b"".join(b"\0" + line for line in drawn)
    header = pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)
    parts = _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(lines, 9)) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def rows(size: int) -> Iterator[bytes]:
    """Red, green and blue of each pixel, line by line."""
    middle = (size - 1) / 2
    for y in range(size):
        yield bytes(part for x in range(size) for part in _pixel(x - middle, y - middle, size))


def plain_rows(size: int) -> Iterator[bytes]:
    """Red, green and blue of each pixel, line by line: the bars of signs.plain_icon."""
    for y in range(size):
        bars = [right for top, right in BARS if top <= y / size * 512 < top + BAR]
        first, past = round(BARS_BEGIN / 512 * size), round((bars[0] if bars else BARS_BEGIN) / 512 * size)
        yield bytes(SHEET) * first + bytes(INK) * (past - first) + bytes(SHEET) * (size - past)


def _pixel(x: float, y: float, size: int) -> Colour:
    far = hypot(x, y)
    colour = _over(PAPER, CLAY, HEART * size + 0.5 - far)
    for ring, (radius, width, strength) in enumerate(RINGS):
        if abs(far - radius * size) > (MOST_BEND * radius + width / 2) * size + 1:
            continue
        off = abs(far - radius * size * bend(ring, atan2(y, x)))
        inked = min(1.0, width * size / 2 + 0.5 - off)
        if inked > 0:
            colour = _over(colour, LEAF, inked * strength)
    return colour


def _over(ground: Colour, ink: Colour, strength: float) -> Colour:
    much = min(1.0, max(0.0, strength))
    red, green, blue = (
        round(below + (above - below) * much) for below, above in zip(ground, ink, strict=True)
    )
    return red, green, blue


def _chunk(name: bytes, content: bytes) -> bytes:
    return pack(">I", len(content)) + name + content + pack(">I", zlib.crc32(name + content))
