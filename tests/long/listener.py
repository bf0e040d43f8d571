"""An ear of its own: pocketsphinx, with its own models of how US English sounds and which words follow which.

It has never met the course: nothing of our texts is told to it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

FEWEST_WORDS = 5
"""A cue with fewer is heard together with its neighbour: a word alone has no context."""

BEFORE_MS, AFTER_MS = 150, 250
BETWEEN = np.zeros(16 * 300, np.int16)

PATIENCE = {"beam": 1e-60, "wbeam": 1e-40, "pbeam": 1e-60, "maxhmmpf": -1, "maxwpf": -1}
"""How unlikely a reading may be and is still followed: further than as delivered."""

Event = dict[str, Any]


def passages(cues: Sequence[Event]) -> list[list[Event]]:
    """The cues in order, those under five words joined to their neighbour."""
    joined: list[list[Event]] = []
    for cue in cues:
        if joined and len(words_of(joined[-1])) < FEWEST_WORDS:
            joined[-1].append(cue)
        else:
            joined.append([cue])
    if len(joined) > 1 and len(words_of(joined[-1])) < FEWEST_WORDS:
        joined[-2] += joined.pop()
    return joined


def words_of(passage: Sequence[Event]) -> list[str]:
    return spelled(" ".join(cue["text"] for cue in passage))


def spelled(text: str) -> list[str]:
    return re.findall(r"[a-z']+", text.lower().replace("’", "'"))


def hear(heard: NDArray[np.float32], passage: Sequence[Event]) -> list[str]:
    """The words that are heard where the timeline says that this passage is spoken.

    heard  a whole decoded file at 48 kHz
    """
    windows = [_window(heard, cue) for cue in passage]
    sound = np.concatenate([part for window in windows for part in (window, BETWEEN)])
    decoder = _decoder()
    decoder.start_utt()
    decoder.process_raw(sound.tobytes(), full_utt=True)
    decoder.end_utt()
    best = decoder.hyp()
    return spelled(best.hypstr) if best else []


def heard_in_order(said: Sequence[str], heard: Sequence[str]) -> int:
    """How many words of `said` were heard, in order: the longest common subsequence."""
    row = [0] * (len(heard) + 1)
    for word in said:
        before = row
        row = [0]
        for place, other in enumerate(heard):
            row.append(before[place] + 1 if word == other else max(before[place + 1], row[place]))
    return row[-1]


def _window(heard: NDArray[np.float32], cue: Event) -> NDArray[np.int16]:
    start = max(0, round(cue["start"] * 48_000) - BEFORE_MS * 48)
    end = round((cue["start"] + cue["seconds"]) * 48_000) + AFTER_MS * 48
    frame = av.AudioFrame.from_ndarray(heard[start:end].reshape(1, -1), format="flt", layout="mono")
    frame.sample_rate = 48_000
    resampler = av.AudioResampler(format="s16", layout="mono", rate=16_000)
    parts = [*resampler.resample(frame), *resampler.resample(None)]
    return np.concatenate([part.to_ndarray().reshape(-1) for part in parts])


@cache
def _decoder() -> Any:
    from pocketsphinx import Decoder

    return Decoder(samprate=16_000, loglevel="FATAL", **PATIENCE)
