"""What may be stored as a sitting, and how each refusal is said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from heartwood.errors import HeartwoodError
from heartwood.practice.counting import Kind, Observation

LONGEST_LINE = 10_000
LONGEST_ACT = 280
LONGEST_REFLECTION = 100_000
LONGEST_LETTER = 20_000
YEARS_AHEAD = 10
LONGEST_VOICE_MS = 5 * 60 * 1000
VOICE_MAY_BE_LATE_MS = 2_000
MOST_VOICE_BYTES = 2_000_000
MOST_VOICE_BYTES_TOGETHER = 200_000_000
VOICE_TYPES = {"audio/webm": (0, b"\x1a\x45\xdf\xa3"), "audio/ogg": (0, b"OggS"), "audio/mp4": (4, b"ftyp")}
"""What browsers record, and by which bytes, from which place on, it is told."""
LONGEST_TAG = 40
MOST_TAGS = 12
LONGEST_PROMPT = 500
DIRECTIONS = ("others", "self", "from-others")
LONGEST_SITTING_MS = 24 * 60 * 60 * 1000
MOST_EVENTS_AT_ONCE = 500
MOST_SEQUENCE = 1_000_000
EARLIEST = datetime(2020, 1, 1, tzinfo=UTC)
CLOCK_MAY_BE_AHEAD = timedelta(days=2)
"""So that a server whose clock was set back a day still takes what devices with the right time send."""
END_MAY_BE_LATE_MS = 2_000


class Refused(HeartwoodError):
    """What was sent cannot be a sitting or a line; nothing of it was stored."""


class RefusedDay(Refused):
    """It is the day of a letter that cannot be."""


class RefusedTags(Refused):
    """It is the tags of a page that cannot be."""


class NotKnown(HeartwoodError):
    """An id that belongs to somebody else is answered as one that nobody has."""


class Gone(HeartwoodError):
    """Its person deleted it; a late copy does not bring it back."""


class Differs(HeartwoodError):
    """The id is there with other content. Both are kept and shown."""


def check_observations(observations: Sequence[Observation], *, length_ms: int) -> None:
    """Raise Refused, in a sentence, for observations that no sitting can have made.

    A wrong clock is no reason: whoever practised by it did practise.
    """
    if len(observations) > MOST_EVENTS_AT_ONCE:
        raise Refused(
            f"At most {MOST_EVENTS_AT_ONCE} observations are taken at once. Send the rest after them."
        )
    for seen in observations:
        _check_one(seen, length_ms=length_ms)


def _check_one(seen: Observation, *, length_ms: int) -> None:
    if not 0 <= seen.position_ms <= length_ms + END_MAY_BE_LATE_MS:
        raise Refused(
            f"Observation {seen.sequence} stands at {seen.position_ms} ms, in a practice of {length_ms} ms."
        )
    if not 0 <= seen.sequence <= MOST_SEQUENCE:
        raise Refused(
            f"An observation's sequence is a number from 0 to {MOST_SEQUENCE}, not {seen.sequence}."
        )


def check_order(observations: Sequence[Observation]) -> None:
    """Raise Refused for a sitting, as a whole, that ends before it begins or lasts longer than a day."""
    begun = [seen.wall_ms for seen in observations if seen.kind is Kind.STARTED]
    ended = [seen.wall_ms for seen in observations if seen.kind is Kind.FINISHED]
    if begun and ended and max(ended) < min(begun):
        raise Refused("This sitting ends before it begins. Check the clock of the device.")
    walls = [seen.wall_ms for seen in observations]
    if walls and max(walls) - min(walls) > LONGEST_SITTING_MS:
        raise Refused("This sitting is longer than a day. Add what you practised by hand instead.")


def moment(wall_ms: int) -> datetime:
    """Milliseconds since 1970, as a clock that is believed says them."""
    return datetime.fromtimestamp(wall_ms / 1000, tz=UTC)


def check_moment(began_at: datetime, *, at: datetime) -> None:
    """Raise Refused for a moment before Heartwood, or one that is still to come."""
    if began_at < EARLIEST:
        raise Refused(f"A sitting on {began_at:%d %B %Y} is too long ago. Check the date.")
    if began_at > at + CLOCK_MAY_BE_AHEAD:
        raise Refused(f"A sitting on {began_at:%d %B %Y} is still to come. Check the date.")


def check_line(body: str) -> str:
    """The line as it will be sealed. Raises Refused when it is empty or too long.

    A sign that a device cut in half is replaced, so that it costs nobody their line.
    """
    return _fitting(
        whole_text(body), LONGEST_LINE, "fit. Nothing was stored; keep a part of it, or several parts."
    )


def check_act(body: str) -> str:
    """A caring act in one line, line breaks taken for spaces. Raises Refused when it is empty or too long."""
    line = " ".join(whole_text(body).split())
    return _fitting(line, LONGEST_ACT, "fit in one line. Nothing was stored; keep the heart of it.")


def check_reflection(body: str) -> str:
    """A page of the journal as it will be sealed. Raises Refused when it is empty or too long."""
    return _fitting(
        whole_text(body),
        LONGEST_REFLECTION,
        "fit on one page. Nothing was stored; divide it into several pages.",
    )


def check_letter(body: str) -> str:
    """A letter to oneself as it will be sealed. Raises Refused when it is empty or too long."""
    return _fitting(
        whole_text(body), LONGEST_LETTER, "fit in a letter. Nothing was stored; write two letters."
    )


def _fitting(text: str, most: int, remedy: str) -> str:
    if not text:
        raise Refused("There is nothing written yet.")
    if len(text) > most:
        raise Refused(f"This is {len(text):,} characters long, and {most:,} {remedy}")
    return text


def check_opening(opens_on: date | None, *, today: date) -> date:
    """The day on which a letter says that it is here. Raises Refused for none, and for one out of reach."""
    if opens_on is None:
        raise RefusedDay("Choose a day for it.")
    if opens_on < today:
        raise RefusedDay("That day has gone. Choose today or a later one.")
    if opens_on.year > today.year + YEARS_AHEAD:
        raise RefusedDay(f"That is more than {YEARS_AHEAD} years ahead. Choose an earlier day.")
    return opens_on


def check_recording(sound: bytes, *, media_type: str, length_ms: int) -> None:
    """Raise Refused, in a sentence, for what is no recording of a browser or too long a one."""
    if media_type not in VOICE_TYPES:
        raise Refused("This browser records in a form that is not known here. Nothing was stored.")
    at, mark = VOICE_TYPES[media_type]
    if sound[at : at + len(mark)] != mark:
        raise Refused("This is no recording. Nothing was stored.")
    if len(sound) > MOST_VOICE_BYTES or not 0 < length_ms <= LONGEST_VOICE_MS + VOICE_MAY_BE_LATE_MS:
        raise Refused("A voice note lasts up to five minutes. Nothing was stored; say it in two parts.")


def check_tags(told: Sequence[str]) -> tuple[str, ...]:
    """Tags as they will be sealed, each once. Raises Refused for too many or too long ones."""
    tags = {tag.casefold(): tag for one in told if (tag := " ".join(whole_text(one).strip("# ").split()))}
    if len(tags) > MOST_TAGS:
        raise RefusedTags(f"At most {MOST_TAGS} tags fit. Nothing was stored; leave some out.")
    for tag in tags.values():
        if len(tag) > LONGEST_TAG:
            raise RefusedTags(
                f"A tag has at most {LONGEST_TAG} characters. Nothing was stored; make it shorter."
            )
    return tuple(tags.values())


def check_direction(direction: str) -> str:
    if direction not in DIRECTIONS:
        raise Refused("Choose for whom it was.")
    return direction


def whole_text(body: str) -> str:
    """What can be stored and shown of a text: no halves of signs, no nothing characters, no edges."""
    whole = body.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return whole.replace("\r\n", "\n").replace("\0", "").strip()
