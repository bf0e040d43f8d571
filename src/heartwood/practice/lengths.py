"""Minutes as people write them, and whole milliseconds as Heartwood counts."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from heartwood.errors import LengthError

LONGEST_MINUTES = 24 * 60
TENTH_MS = 6_000


def read_minutes(text: str) -> int:
    """Whole milliseconds of a length written in minutes, such as "12" or "7.5".

    Raises LengthError for what is no length: words, nothing, less than nothing, endless,
    more than a day, or finer than a millisecond.
    """
    shown = text if len(text) <= 40 else f"{text[:40]}…"
    try:
        minutes = Decimal(text.strip())
    except InvalidOperation:
        raise LengthError(f"'{shown}' is not a number of minutes. Write one such as 12 or 7.5.") from None
    if not minutes.is_finite() or not 0 < minutes <= LONGEST_MINUTES:
        raise LengthError(f"{shown} minutes is no length for a practice. Write a number such as 12 or 7.5.")
    milliseconds = minutes * 60_000
    if milliseconds != int(milliseconds):
        raise LengthError(f"{shown} minutes is finer than a millisecond. Write a number such as 12 or 7.5.")
    return int(milliseconds)


def as_minutes(milliseconds: int) -> str:
    """Minutes for a sentence, to the tenth: "12", "7.5"."""
    return f"{milliseconds / 60_000:.1f}".removesuffix(".0")


def minutes_up(milliseconds: int) -> str:
    """Minutes for "at least": the next tenth that is long enough."""
    return as_minutes(-(-milliseconds // TENTH_MS) * TENTH_MS)


def minutes_down(milliseconds: int) -> str:
    """Minutes for "at most": the last tenth that is not too long."""
    return as_minutes(milliseconds // TENTH_MS * TENTH_MS)


def tenths_inward(shortest_ms: int, longest_ms: int) -> tuple[float, float]:
    """Both ends of a range in tenths of a minute, rounded so that neither leaves the range."""
    return -(-shortest_ms // TENTH_MS) / 10, longest_ms // TENTH_MS / 10
