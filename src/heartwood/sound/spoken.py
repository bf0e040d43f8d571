"""What is known of each line of a script in a voice, measured once and remembered line by line.

How long it is and how loud. What is remembered is bound to the voice, its version and the
words: one changed comma costs one line, not a voice. Nothing is said twice in one rendering.
"""

from __future__ import annotations

import hashlib
import json
import os
import unicodedata
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

import numpy as np

from heartwood.practice.promise import cues
from heartwood.practice.script import Script
from heartwood.sound.loudness import block_powers, true_peak
from heartwood.sound.samples import Samples, milliseconds_of
from heartwood.sound.voices import Voice

Kind = TypeVar("Kind")


@dataclass(frozen=True, slots=True)
class Loudness:
    """How loud one line is, so told that several can be judged together.

    powers  of each block, as sound.loudness.block_powers gives them
    peak    the true peak, in dB below full scale; None where nothing is heard
    """

    powers: tuple[float, ...] = ()
    peak: float | None = None


class Speaker:
    """A voice that says each line once, and remembers what was measured of it.

    cache  a folder that keeps what was measured, small files for each line; made when missing.
           None keeps it for as long as the speaker lives
    """

    def __init__(self, voice: Voice, *, cache: Path | None = None) -> None:
        self.name, self.version = voice.name, voice.version
        self.language, self.consent = voice.language, voice.consent
        self._voice = voice
        self._cache = cache / f"{voice.name}-{voice.version}" if cache else None
        self._said: dict[str, Samples] = {}
        self._lengths: dict[str, int] = {}
        self._levels: dict[str, Loudness] = {}

    def speak(self, text: str) -> Samples:
        if text not in self._said:
            self._said[text] = self._voice.speak(text)
        return self._said[text]

    def milliseconds(self, text: str) -> int:
        if text not in self._lengths:
            self._lengths[text] = self._remembered(text, "ms", _length, self._length)
        return self._lengths[text]

    def loudness(self, text: str) -> Loudness:
        if text not in self._levels:
            self._levels[text] = self._remembered(text, "loudness", _loudness, self._loudness)
        return self._levels[text]

    def _length(self, text: str) -> tuple[int, str]:
        spoken = self.speak(text)
        length = milliseconds_of(spoken) if len(spoken) else self._voice.milliseconds(text)
        return length, str(length)

    def _loudness(self, text: str) -> tuple[Loudness, str]:
        spoken = self.speak(text)
        if not len(spoken):
            return Loudness(), json.dumps(asdict(Loudness()))
        wave = spoken / np.float32(32_768)
        peak = true_peak(wave)
        found = Loudness(tuple(map(float, block_powers(wave))), peak if np.isfinite(peak) else None)
        return found, json.dumps(asdict(found))

    def _remembered(
        self, text: str, what: str, read: Callable[[str], Kind], measure: Callable[[str], tuple[Kind, str]]
    ) -> Kind:
        """What the file of this line says, or else what is measured now and then written to it."""
        if self._cache is None:
            return measure(text)[0]
        place = self._cache / f"{text_hash(text)}.{what}"
        try:
            return read(place.read_text())
        except (FileNotFoundError, ValueError, TypeError, KeyError):
            found, words = measure(text)
            _keep(place, words)
            return found


def spoken_lengths(script: Script, voice: Voice, *, cache: Path | None = None) -> dict[str, int]:
    """Milliseconds of every cue by its id, rounded up; a repeated cue is spoken once for all rounds."""
    speaker = as_speaker(voice, cache=cache)
    return {cue.id: speaker.milliseconds(cue.text) for cue in cues(script)}


def as_speaker(voice: Voice, *, cache: Path | None = None) -> Speaker:
    """The voice itself where it remembers already."""
    return voice if isinstance(voice, Speaker) else Speaker(voice, cache=cache)


def text_hash(text: str) -> str:
    """What a remembered line is bound to: SHA-256 of its words, composed (NFC)."""
    return hashlib.sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()


def _length(words: str) -> int:
    length = int(words)
    if length <= 0:
        raise ValueError
    return length


def _loudness(words: str) -> Loudness:
    told = json.loads(words)
    peak = told["peak"]
    return Loudness(tuple(map(float, told["powers"])), None if peak is None else float(peak))


def _keep(place: Path, words: str) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = place.with_name(f"{uuid4().hex}.draft")
    draft.write_text(words)
    os.replace(draft, place)
