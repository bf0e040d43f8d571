"""The voices a practice can be heard in.

*built-in* is SVOX Pico, which speaks wherever its wheel exists (Linux with glibc).
*bells* says nothing: the lines are read on the screen, and each is given the time that
reading it takes.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from heartwood.errors import SoundError, UnknownName
from heartwood.practice.renderings import BELLS, PIPER, VOICES, VoiceCard
from heartwood.sound.phrasing import Phrase, phrases, word_count
from heartwood.sound.piper import Piper
from heartwood.sound.samples import Samples, at_full_rate, milliseconds_of, silence

VOICE_NAMES = tuple(VOICES)

READING_WORDS_A_MINUTE = 110
LEAST_READING_MS = 1_500


class Voice(Protocol):
    """Somebody, or something, that says lines.

    name      what a person chooses by
    version   changes whenever the same text would sound different or last longer
    language  the language it speaks, as in `en`
    consent   whose voice it is, and what they agreed to
    """

    name: str
    version: str
    language: str
    consent: str

    def speak(self, text: str) -> Samples:
        """The line at 48 kHz, without silence before or after. Empty from a voice without speech."""

    def milliseconds(self, text: str) -> int:
        """How long the line takes, in whole milliseconds, rounded up."""


def voice(name: str, *, piper: Mapping[str, Any] | None = None, takes: Path | None = None) -> Voice:
    """The voice of this name. Raises UnknownName, or SoundError where this machine has no speech.

    piper  what is known of an operator's Piper voice (program, model), for the voice of that name
    takes  a folder for lines that such a program has said
    """
    if name == PIPER and piper:
        return Piper.read(piper, takes=takes)
    if name not in VOICE_NAMES:
        raise UnknownName(f"There is no voice '{name}'. These there are: {', '.join(VOICE_NAMES)}.")
    return BellsOnly() if name == BELLS else Pico(_built_in(), VOICES[name])


def voices_here() -> list[Voice]:
    """Every voice that this machine has, in the order of their names' list."""
    found = []
    for name in VOICE_NAMES:
        with suppress(SoundError):
            found.append(voice(name))
    return found


class BellsOnly:
    """No speech: bells sound, and the lines are on the screen for as long as reading takes."""

    name = BELLS
    version = VOICES[BELLS].version
    language = ""
    consent = ""

    def speak(self, text: str) -> Samples:
        return silence(0)

    def milliseconds(self, text: str) -> int:
        reading = -(-word_count(text) * 60_000 // READING_WORDS_A_MINUTE)
        return max(reading, LEAST_READING_MS)


class Pico:
    """SVOX Pico through py-nanotts, a line at a time, its hushes between phrases lengthened to our silences.

    A phrase spoken by itself is harder to understand than the same phrase within its line.
    """

    speed = 0.85
    pitch = 0.9
    volume = 0.5
    native_rate = 16_000

    def __init__(self, say: Callable[..., bytes], card: VoiceCard) -> None:
        self._say = say
        self.name, self.version, self.language = card.name, card.version, card.language
        self.accent, self.consent = card.accent, card.consent

    def speak(self, text: str) -> Samples:
        said = phrases(text)
        line = self._line(said) if said else np.zeros(0, np.int16)
        if not line.any():
            raise SoundError(f"The built-in voice has nothing to say for the line '{text}'.")
        return at_full_rate(line, rate=self.native_rate)

    def milliseconds(self, text: str) -> int:
        return milliseconds_of(self.speak(text))

    def _line(self, said: Sequence[Phrase]) -> Samples:
        """The phrases as one line, their hushes lengthened; one by one where it has too few hushes."""
        whole = _trimmed(self._said(" ".join(phrase.words for phrase in said)))
        hushes = _longest_hushes(whole, count=len(said) - 1)
        if hushes is None:
            parts, lasted = [_trimmed(self._said(phrase.words)) for phrase in said], [0] * len(said)
        else:
            parts, lasted = np.split(whole, hushes.sum(axis=1) // 2), [*np.diff(hushes)[:, 0], 0]
        return np.concatenate(
            [
                sound
                for part, phrase, hush in zip(parts, said, lasted, strict=True)
                for sound in (part, _silence_but(phrase.after_ms, hush))
            ]
        )

    def _said(self, words: str) -> Samples:
        raw = self._say(words, voice=self.accent, speed=self.speed, pitch=self.pitch, volume=self.volume)
        return _without_crackle(np.frombuffer(raw, np.int16))


@cache
def _built_in() -> Callable[..., bytes]:
    if not sys.platform.startswith("linux"):
        raise SoundError(_NO_SPEECH)
    try:
        heap = ctypes.CDLL(None).mallopt
        from py_nanotts import NanoTTS
    except (ImportError, AttributeError, OSError) as missing:
        raise SoundError(_NO_SPEECH) from missing
    return _on_cleared_memory(NanoTTS().speak, heap)


def _on_cleared_memory(say: Callable[..., bytes], heap: Callable[[int, int], int]) -> Callable[..., bytes]:
    """The same speech for the same words, always.

    Pico reads memory that it never cleared, so what it says depends on what lay there before.
    While it speaks, glibc hands out its blocks filled with zeros: fresh from the system above
    a megabyte, and below it by M_PERTURB, which fills with the complement of its byte.
    """
    heap(_MMAP_THRESHOLD, 1 << 20)

    def say_the_same(*words: str, **manner: object) -> bytes:
        heap(_PERTURB, 255)
        try:
            return say(*words, **manner)
        finally:
            heap(_PERTURB, 0)

    return say_the_same


_MMAP_THRESHOLD = -3
_PERTURB = -6
_NO_SPEECH = (
    "The built-in voice does not exist for this system (it needs Linux with glibc). "
    "Bells only works here: choose the voice 'bells', and the lines stand on the screen."
)

_HUSH = 60
_LOUD = 200
_FRAME = 160
_LEAD = 160
_TAIL = 320
_FADE = 96
_LEAST_HUSH = 1_600
_LONG_HUSH = 4_800
_LEAST_WORD = 1_600


def _longest_hushes(spoken: Samples, *, count: int) -> NDArray[np.int64] | None:
    """The rows of so many longest hushes within a line, in order; None where there are fewer."""
    hushes = _hushes(spoken, least=_LEAST_HUSH)
    inner = hushes[(hushes[:, 0] > 0) & (hushes[:, 1] < len(spoken))]
    longest = inner[np.argsort(-np.diff(inner)[:, 0], kind="stable")][:count]
    return longest[np.argsort(longest[:, 0])] if len(longest) == count else None


def _without_crackle(spoken: Samples) -> Samples:
    """Without the short noise that Pico makes half a second after its last word.

    What follows a long hush and is shorter than any word is such a noise.
    """
    sounds = np.flatnonzero(np.abs(spoken.astype(np.int32)) > _HUSH)
    last = sounds[-1] if len(sounds) else 0
    for start, end in _hushes(spoken, least=_LONG_HUSH):
        if end <= last < end + _LEAST_WORD:
            return spoken[: start + _TAIL]
    return spoken


def _hushes(spoken: Samples, *, least: int) -> NDArray[np.int64]:
    """Where it stays quiet for so many samples: rows of first and one past the last."""
    is_hushed = np.concatenate([[False], np.abs(spoken.astype(np.int32)) <= _HUSH, [False]])
    edges = np.flatnonzero(np.diff(is_hushed)).reshape(-1, 2)
    return edges[np.diff(edges)[:, 0] >= least]


def _trimmed(spoken: Samples) -> Samples:
    """Speech without the silence around it, faded over six milliseconds at either end."""
    level = np.abs(spoken.astype(np.int32))
    loud = np.flatnonzero(level > _LOUD)
    if not len(loud):
        return np.zeros(0, np.int16)
    first = np.flatnonzero(level > _HUSH)[0]
    kept = spoken[max(0, first - _LEAD) : _first_hush(level, loud[-1]) + _TAIL].astype(np.float64)
    ramp = (1 - np.cos(np.pi * np.arange(_FADE) / _FADE)) / 2
    kept[:_FADE] *= ramp
    kept[-_FADE:] *= ramp[::-1]
    return np.rint(kept).astype(np.int16)


def _first_hush(level: NDArray[np.int32], after: int) -> int:
    """Where the first ten milliseconds begin that stay under the hush."""
    for start in range(after, len(level), _FRAME):
        if level[start : start + _FRAME].max() <= _HUSH:
            return start
    return len(level)


def _silence_but(milliseconds: int, hush: int) -> Samples:
    """What a hush of so many samples lacks to last so long."""
    return np.zeros(max(0, milliseconds * Pico.native_rate // 1000 - hush), np.int16)
