"""How tests hear a file: decoded afresh, and measured by ffmpeg's own meter instead of ours."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

RATE = 48_000
PER_MS = RATE // 1000


def decoded(path: Path) -> NDArray[np.float32]:
    """All samples of a file at 48 kHz."""
    with av.open(str(path)) as container:
        return np.concatenate([frame.to_ndarray().reshape(-1) for frame in container.decode(audio=0)])


def declared_samples(path: Path) -> int:
    """How long the file says it is, in samples."""
    with av.open(str(path)) as container:
        stream = container.streams.audio[0]
        return round(stream.duration * stream.time_base * RATE)


def stretch(heard: NDArray[np.float32], start_ms: int, end_ms: int) -> NDArray[np.float32]:
    return heard[start_ms * PER_MS : end_ms * PER_MS]


def decibels(heard: NDArray[np.float32]) -> float:
    """The highest sample, in dB below full scale; minus infinity for digital zero."""
    highest = float(np.abs(heard).max())
    return 20 * np.log10(highest) if highest else -np.inf


def measured(heard: NDArray[np.float32]) -> tuple[float, float]:
    """Integrated loudness in LUFS and true peak in dB, by ffmpeg's filter ebur128."""
    graph = av.filter.Graph()
    into = graph.add_abuffer(sample_rate=RATE, format="flt", layout="mono", time_base=Fraction(1, RATE))
    meter = graph.add("ebur128", "metadata=1:peak=true:framelog=quiet")
    out = graph.add("abuffersink")
    into.link_to(meter)
    meter.link_to(out)
    graph.configure()
    frame = av.AudioFrame.from_ndarray(
        np.ascontiguousarray(heard).reshape(1, -1), format="flt", layout="mono"
    )
    frame.sample_rate, frame.pts = RATE, 0
    graph.push(frame)
    graph.push(None)
    told: dict[str, str] = {}
    for frame in _pulled(graph):
        told.update(frame.metadata)
    return float(told["lavfi.r128.I"]), float(20 * np.log10(float(told["lavfi.r128.true_peak"])))


def _pulled(graph: av.filter.Graph) -> Iterator[av.AudioFrame]:
    while True:
        try:
            yield graph.pull()
        except (av.error.BlockingIOError, av.error.EOFError):
            return
