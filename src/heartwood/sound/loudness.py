"""How loud speech is heard to be, and how high its true peaks reach.

Source: ITU-R BS.1770-5 (2023), annexes 1 and 2: K-weighting, blocks of 400 ms that
overlap by three quarters, an absolute gate at -70 LUFS and a relative one 10 LU below
the loudness of what passed; true peak by four times oversampling.
The two filters are applied in the frequency domain, by their exact responses.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

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

_TAIL = RATE // 2


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
    """The highest the wave reaches between and at its samples, in dB below full scale."""
    highest = max((np.abs(part).max() for part in _oversampled(piece)), default=0.0)
    return float(20 * np.log10(highest)) if highest else -np.inf


def block_powers(piece: NDArray[np.generic]) -> NDArray[np.float64]:
    """The mean square of each block of a piece, K-weighted; of the whole where it is shorter than one."""
    squares = _weighted(piece.astype(np.float32)) ** 2
    if len(squares) < _BLOCK:
        return np.array([squares.mean(dtype=np.float64)])
    sums = np.concatenate(([0.0], np.cumsum(squares, dtype=np.float64)))
    starts = np.arange(0, len(squares) - _BLOCK + 1, _STEP)
    return np.asarray((sums[starts + _BLOCK] - sums[starts]) / _BLOCK)


def _weighted(piece: NDArray[np.float32]) -> NDArray[np.floating]:
    room = _whole_seconds(len(piece) + _TAIL)
    return np.fft.irfft(np.fft.rfft(piece, room) * _k_weighting(room), room)[: len(piece)]


@lru_cache(maxsize=32)
def _k_weighting(room: int) -> NDArray[np.complex64]:
    turns = np.exp(-2j * np.pi * np.arange(room // 2 + 1) / room)
    return np.asarray(_response(_SHELF, turns) * _response(_HIGH_PASS, turns), np.complex64)


def _response(
    stage: tuple[tuple[float, ...], tuple[float, ...]], turns: NDArray[np.complex128]
) -> NDArray[np.complex128]:
    above, below = (sum(factor * turns**power for power, factor in enumerate(side)) for side in stage)
    return np.asarray(above / below)


def _whole_seconds(samples: int) -> int:
    """The next length that a Fourier transform takes in its stride."""
    return -(-samples // RATE) * RATE


def _level(power: NDArray[np.float64] | float) -> NDArray[np.float64]:
    with np.errstate(divide="ignore"):
        return np.asarray(-0.691 + 10 * np.log10(power))


def _oversampled(piece: NDArray[np.generic], *, times: int = 4) -> Iterable[NDArray[np.floating]]:
    span, edge = RATE * 4, 512
    for start in range(0, len(piece), span):
        first = max(0, start - edge)
        part = piece[first : start + span + edge].astype(np.float32)
        room = _whole_seconds(len(part) + edge)
        wide = np.fft.irfft(np.fft.rfft(part, room), room * times) * np.float32(times)
        yield wide[(start - first) * times : (start - first + span) * times]
