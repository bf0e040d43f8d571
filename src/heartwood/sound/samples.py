"""What a sound is here: mono, 48,000 samples a second, times in whole milliseconds."""

from __future__ import annotations

import av
import numpy as np
from numpy.typing import NDArray

RATE = 48_000
PER_MS = RATE // 1000

Samples = NDArray[np.int16]
"""Sixteen-bit samples, as a voice gives them."""

Wave = NDArray[np.float32]
"""Samples between -1 and 1, as the encoder takes them."""


def silence(milliseconds: int) -> Samples:
    """Digital zero for exactly so long."""
    return np.zeros(milliseconds * PER_MS, np.int16)


def milliseconds_of(samples: NDArray[np.generic]) -> int:
    """Whole milliseconds that hold all the samples: rounded up."""
    return -(-len(samples) // PER_MS)


def amplitude(decibels: float) -> float:
    """The factor that stands for so many decibels."""
    return float(10 ** (decibels / 20))


def at_full_rate(spoken: Samples, *, rate: int) -> Samples:
    """The same at 48 kHz; from 16 kHz exactly three samples for one."""
    frame = av.AudioFrame.from_ndarray(spoken.reshape(1, -1), format="s16", layout="mono")
    frame.sample_rate = rate
    resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
    parts = [*resampler.resample(frame), *resampler.resample(None)]
    return np.concatenate([part.to_ndarray().reshape(-1) for part in parts])
