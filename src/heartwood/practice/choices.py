"""How somebody wants a practice to sound: everything of it that cannot be changed inside a finished file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any, TypeVar

from heartwood.errors import UnknownName
from heartwood.practice.script import BellKind
from heartwood.practice.timeline import Event, EventKind, Timeline

SETTLING = "settling-in"
SETTLING_SECONDS = (0, 15, 30, 60)


class Bowl(StrEnum):
    """Which bowl is struck. NONE leaves its place silent, for those who strike a real one."""

    USUAL = "usual"
    DEEP = "deep"
    CLEAR = "clear"
    NONE = "none"


class Balance(StrEnum):
    """Whether bell or voice stands in front. The voice keeps its loudness; the bells move."""

    EVEN = "even"
    VOICE = "voice"
    BELLS = "bells"


BELL_DECIBELS = {Balance.EVEN: 0.0, Balance.VOICE: -6.0, Balance.BELLS: 3.0}
"""By how much each balance raises or lowers the bells."""


class Codec(StrEnum):
    AAC = "aac"
    OPUS = "opus"


Word = TypeVar("Word", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person may choose of a sound, besides the practice and its length.

    voice             a voice's name; empty for the usual one of the house
    opening_bell      the bowl that opens, and strikes the intervals
    settling_seconds  silence before the practice, not counted in it: 0, 15, 30 or 60
    """

    voice: str = ""
    opening_bell: Bowl = Bowl.USUAL
    closing_bell: Bowl = Bowl.USUAL
    settling_seconds: int = 0
    balance: Balance = Balance.EVEN
    codec: Codec = Codec.AAC

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Choices:
        """From words as they stand in an address, a setting or a job; what is absent is as usual.

        Raises UnknownName naming the word and those there are.
        """
        return cls(
            voice=str(told.get("voice") or ""),
            opening_bell=_word(Bowl, "opening bell", told.get("opening_bell")),
            closing_bell=_word(Bowl, "closing bell", told.get("closing_bell")),
            settling_seconds=_settling(told.get("settling_seconds")),
            balance=_word(Balance, "balance", told.get("balance")),
            codec=_word(Codec, "kind of sound file", told.get("codec")),
        )

    @property
    def words(self) -> dict[str, Any]:
        """As `read` takes them."""
        return asdict(self)

    @property
    def settling_ms(self) -> int:
        return self.settling_seconds * 1000

    def bowl(self, kind: BellKind) -> Bowl:
        """The bowl for a bell. Where the opening is silent, the closing bowl strikes the intervals."""
        if kind is BellKind.CLOSING:
            return self.closing_bell
        if kind is BellKind.INTERVAL and self.opening_bell is Bowl.NONE:
            return self.closing_bell
        return self.opening_bell


AS_USUAL = Choices()


def as_chosen(timeline: Timeline, choices: Choices) -> Timeline:
    """The timeline with its settling-in before it, and silence where no bell is wanted."""
    before = choices.settling_ms
    events = [replace(_unless_silent(event, choices), start_ms=event.start_ms + before)
              for event in timeline.events]  # fmt: skip
    if before:
        events.insert(0, Event(EventKind.SILENCE, 0, before, "", SETTLING))
    return Timeline(timeline.script_id, timeline.milliseconds + before, tuple(events))


def bell_kind(event: Event) -> BellKind:
    return BellKind(event.id.partition(".")[0])


def _unless_silent(event: Event, choices: Choices) -> Event:
    if event.kind is EventKind.BELL and choices.bowl(bell_kind(event)) is Bowl.NONE:
        return replace(event, kind=EventKind.SILENCE)
    return event


def _word(kind: type[Word], name: str, word: object) -> Word:
    if word in (None, ""):
        return next(iter(kind))
    try:
        return kind(str(word))
    except ValueError:
        raise UnknownName(f"There is no {name} '{_shown(word)}'. There are: {_listed(kind)}.") from None


def _settling(told: object) -> int:
    if told in (None, ""):
        return 0
    if str(told) not in map(str, SETTLING_SECONDS):
        raise UnknownName(
            f"Settling in for '{_shown(told)}' seconds is not offered. "
            f"There are: {_listed(SETTLING_SECONDS)}."
        )
    return int(str(told))


def _listed(words: Iterable[object]) -> str:
    return ", ".join(map(str, words))


def _shown(word: object) -> str:
    return str(word)[:40]
