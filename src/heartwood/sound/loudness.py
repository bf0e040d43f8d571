"""How loud speech is heard to be, and how high its true peaks reach.

Source: ITU-R BS.1770-5 (2023), annexes 1 and 2: K-weighting, blocks of 400 ms that
overlap by three quarters, an absolute gate at -70 LUFS and a relative one 10 LU below
the loudness of what passed; true peak by four times oversampling.
The two filters are applied in the frequency domain, by their exact responses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from heartwood.sound.samples import RATE

_BLOCK = RATE * 400 // 1000
_STEP = _BLOCK // 4
_ABSOLUTE_GATE = -70.0
_RELATIVE_GATE = -10.0

# Numerator and denominator of each stage at 48 kHz: BS.1770-5 annex 1, tables 1 and 2.
_SHELF = ((1.53512485958697, -2.69169618940638, 1.19839281085285), (1.0, -1.69065929318241, 0.73248077421585))
_HIGH_PASS = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))

_PART, _TAIL = 3 * 8192, 8192
"""Samples filtered together, and for how long the filters ring on after them: to below 300 dB of it."""

_SPAN, _EDGE, _ROOM = 4096, 512, 8192
"""Samples looked at together for a peak, how many more at either side, and a length that holds them."""


def loudness(pieces: Iterable[NDArray[np.generic]]) -> float:
    """Gated loudness of all the pieces together, in LUFS; minus infinity where nothing is heard.

    pieces  samples between -1 and 1 at 48 kHz, each measured by itself
    """
    return gated(block_powers(piece) for piece in pieces if len(piece))


def gated(powers: Iterable[Sequence[float] | NDArray[np.float64]]) -> float:
    """The same from the powers of blocks that were measured before."""
    heard = np.concatenate([np.zeros(0), *powers])
    heard = heard[_level(heard) > _ABSOLUTE_GATE]
    if not len(heard):
        return -np.inf
    threshold = _level(heard.mean()) + _RELATIVE_GATE
    return float(_level(heard[_level(heard) > threshold].mean()))


def true_peak(piece: NDArray[np.generic]) -> float:
    """The highest the wave reaches between and at its samples, in dB below full scale.

    Looked for where samples come within 6 dB of the highest one: a wave without anything above
    16 kHz, as every voice and bell here is, rises by less between two of its samples.
    """
    highest = max((np.abs(part).max() for part in _oversampled(piece)), default=0.0)
    return float(20 * np.log10(highest)) if highest else -np.inf


def block_powers(piece: NDArray[np.generic]) -> NDArray[np.float64]:
    """The mean square of each block of a piece, K-weighted; of the whole where it is shorter than one."""
    squares = _weighted(piece) ** 2
    if len(squares) < _BLOCK:
        return np.array([squares.mean(dtype=np.float64)])
    whole = len(squares) // _STEP
    quarters = squares[: whole * _STEP].reshape(whole, _STEP).sum(axis=1, dtype=np.float64)
    return np.asarray(np.convolve(quarters, np.ones(_BLOCK // _STEP), "valid") / _BLOCK)


def _weighted(piece: NDArray[np.generic]) -> NDArray[np.float32]:
    """A piece through both filters, part by part, each with the time it rings on."""
    weighted = np.zeros(len(piece) + _PART + _TAIL, np.float32)
    for start in range(0, len(piece), _PART):
        part = piece[start : start + _PART].astype(np.float32)
        whole = np.fft.rfft(part, _PART + _TAIL) * _k_weighting()
        weighted[start : start + _PART + _TAIL] += np.fft.irfft(whole, _PART + _TAIL)
    return weighted[: len(piece)]


@cache
def _k_weighting() -> NDArray[np.complex64]:
    turns = np.exp(-2j * np.pi * np.arange((_PART + _TAIL) // 2 + 1) / (_PART + _TAIL))
    return np.asarray(_response(_SHELF, turns) * _response(_HIGH_PASS, turns), np.complex64)


def _response(
    stage: tuple[tuple[float, float, float], tuple[float, float, float]], turns: NDArray[np.complex128]
) -> NDArray[np.complex128]:
    above, below = (side[0] + turns * (side[1] + turns * side[2]) for side in stage)
    return np.asarray(above / below)


def _level(power: NDArray[np.float64] | float) -> NDArray[np.float64]:
    with np.errstate(divide="ignore"):
        return np.asarray(-0.691 + 10 * np.log10(power))


def _oversampled(piece: NDArray[np.generic], *, times: int = 4) -> Iterator[NDArray[np.floating]]:
    """The loud parts of a piece, four times as finely sampled."""
    if not len(piece):
        return
    highest = np.maximum.reduceat(np.abs(piece), np.arange(0, len(piece), _SPAN))
    for start in map(int, np.flatnonzero(highest >= highest.max() / 2) * _SPAN):
        first = max(0, start - _EDGE)
        part = piece[first : start + _SPAN + _EDGE].astype(np.float32)
        wide = np.fft.irfft(np.fft.rfft(part, _ROOM), _ROOM * times) * np.float32(times)
        yield wide[(start - first) * times : (start - first + _SPAN) * times]
