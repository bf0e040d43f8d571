"""An operator's Piper voice: a program of theirs, called line by line, that is trusted with nothing.

It gets the words on its standard input and a place for a WAV file. It may hang, crash, write noise
or ask for something: each becomes one sentence, and the practice stays in the other voices.
What it says differs from time to time, so a line that was said once is kept and not said again.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import signal
import subprocess
import sys
import tempfile
import unicodedata
import wave
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray

from heartwood.errors import SoundError
from heartwood.practice.renderings import PIPER
from heartwood.sound.phrasing import word_count
from heartwood.sound.samples import Samples, at_full_rate, milliseconds_of

SECONDS_A_LINE = 60.0
LONGEST_SECONDS_A_WORD = 3.0
NOISE = 0.3
"""Spectral flatness from which a sound is noise; speech stays far below, white noise is near 0.56."""

_FRAME = 1024
_LOUD = 200
_REMEDY = "The other voices work as before; mend the program, or leave it out of the settings."


@dataclass
class Piper:
    """A voice whose lines come from a program.

    program, model  as the operator configured them
    takes           a folder that keeps every line once said; None keeps them for this process alone
    seconds         the longest that one line may take to be made
    consent         whose voice it is, and that they agreed
    """

    program: Path
    model: Path
    version: str
    language: str = "en"
    consent: str = ""
    takes: Path | None = None
    seconds: float = SECONDS_A_LINE
    name: str = PIPER
    _said: dict[str, Samples] = field(default_factory=dict, repr=False)

    @classmethod
    def read(cls, told: Mapping[str, Any], *, takes: Path | None = None) -> Piper:
        """From a job or from flags: program, model, and what else is known."""
        known = {name: told[name] for name in ("language", "consent", "seconds") if told.get(name)}
        program, model = Path(str(told["program"])), Path(str(told["model"]))
        return cls(program, model, told.get("version") or version_of(model), takes=takes, **known)

    def speak(self, text: str) -> Samples:
        if text not in self._said:
            self._said[text] = self._kept(text)
        return self._said[text]

    def milliseconds(self, text: str) -> int:
        return milliseconds_of(self.speak(text))

    def _kept(self, text: str) -> Samples:
        if self.takes is None:
            return self._made(text)
        digest = hashlib.sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()
        place = self.takes / f"{self.name}-{self.version}" / f"{digest}.npy"
        try:
            return np.asarray(np.load(place, allow_pickle=False), np.int16)
        except (OSError, ValueError, EOFError):
            said = self._made(text)
            _keep(place, said)
            return said

    def _made(self, text: str) -> Samples:
        with tempfile.TemporaryDirectory(prefix="heartwood-piper-") as folder:
            path = Path(folder) / "line.wav"
            self._run(text, path)
            samples, rate = _read(path)
        _check(samples, rate, text)
        return at_full_rate(_trimmed(samples), rate=rate)

    def _run(self, text: str, path: Path) -> None:
        """In a session of its own: no terminal to ask on, and all it started ends with it.

        It is told nothing of the server's settings, and does not outlive whoever called it.
        """
        words = [str(self.program), "--model", str(self.model), "--output_file", str(path)]
        try:
            child = subprocess.Popen(
                words, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                start_new_session=True, cwd=path.parent, env=_little_of(os.environ), preexec_fn=_dies_with_us,
            )  # fmt: skip
        except OSError as failure:
            raise SoundError(
                f"The Piper program {self.program} cannot be started ({failure.strerror}). {_REMEDY}"
            ) from failure
        try:
            child.communicate(" ".join(text.split()).encode() + b"\n", timeout=self.seconds)
        except subprocess.TimeoutExpired:
            raise SoundError(
                f"The Piper program said nothing within {self.seconds:g} seconds. {_REMEDY}"
            ) from None
        finally:
            _end(child)
        if child.returncode:
            raise SoundError(f"The Piper program ended with {child.returncode}. {_REMEDY}")


def version_of(model: Path) -> str:
    """Named for the model's own bytes. Raises SoundError where it cannot be read."""
    try:
        with model.open("rb") as file:
            return f"piper-{hashlib.file_digest(file, 'sha256').hexdigest()[:16]}"
    except OSError as failure:
        raise SoundError(
            f"The Piper model {model} cannot be read ({failure.strerror}). {_REMEDY}"
        ) from failure


_TOLD = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "LD_LIBRARY_PATH")
_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


def _little_of(environment: Mapping[str, str]) -> dict[str, str]:
    """What a program needs to run, and no secret that a server was started with."""
    return {name: environment[name] for name in _TOLD if name in environment}


def _dies_with_us() -> None:
    """In the child, before the program: the kernel ends it when the process that called it ends."""
    if _LIBC:
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _end(child: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def _read(path: Path) -> tuple[Samples, int]:
    try:
        with wave.open(str(path), "rb") as sound:
            shape = (sound.getnchannels(), sound.getsampwidth())
            rate = sound.getframerate()
            if shape != (1, 2) or not 8_000 <= rate <= 48_000:
                raise wave.Error
            return np.frombuffer(sound.readframes(rate * 600), "<i2").astype(np.int16), rate
    except (OSError, EOFError, ValueError, wave.Error):
        raise SoundError(f"What the Piper program wrote is no sound of speech. {_REMEDY}") from None


def _check(samples: Samples, rate: int, text: str) -> None:
    """Raise SoundError for what cannot be this line: silence, noise, or far too long."""
    if not (np.abs(samples.astype(np.int32)) > _LOUD).any():
        raise SoundError(f"The Piper program said nothing for the line '{text}'. {_REMEDY}")
    longest = 3 + LONGEST_SECONDS_A_WORD * word_count(text)
    if len(samples) > longest * rate or flatness(samples) > NOISE:
        raise SoundError(f"The Piper program made noise of the line '{text}'. {_REMEDY}")


def flatness(samples: NDArray[np.generic]) -> float:
    """How much a sound is like noise, from 0 to 1: the median of its loud frames' spectral flatness."""
    whole = len(samples) // _FRAME * _FRAME
    frames = np.asarray(samples[:whole], np.float64).reshape(-1, _FRAME) * np.hanning(_FRAME)
    frames = frames[np.abs(frames).max(axis=1) > _LOUD] if len(frames) else frames
    if not len(frames):
        return 0.0
    power = np.abs(np.fft.rfft(frames, axis=1)[:, 1:]) ** 2 + 1e-9
    return float(np.median(np.exp(np.log(power).mean(axis=1)) / power.mean(axis=1)))


def _trimmed(samples: Samples) -> Samples:
    """Without the silence around it, faded over a few milliseconds at either end."""
    loud = np.flatnonzero(np.abs(samples.astype(np.int32)) > _LOUD)
    kept = samples[max(0, loud[0] - 400) : loud[-1] + 800].astype(np.float64)
    fade = min(200, len(kept) // 2)
    ramp = (1 - np.cos(np.pi * np.arange(fade) / max(1, fade))) / 2
    kept[:fade] *= ramp
    kept[len(kept) - fade :] *= ramp[::-1]
    return np.asarray(np.rint(kept), np.int16)


def _keep(place: Path, said: Samples) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = place.with_name(f"{uuid4().hex}.draft")
    with draft.open("wb") as file:
        np.save(file, said)
    os.replace(draft, place)
