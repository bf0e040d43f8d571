"""Singing bowls, by sum of decaying partials.

A struck bowl rings in a few modes whose frequencies stand in no whole ratios (about
1 : 2.7 : 4.9 : 7.6 : 10.7), the higher ones dying first; each mode is a pair of nearly
equal tones, since no bowl is quite round, and so it beats slowly. The three bowls are
tuned to each other: the interval bell a fifth above the opening one, the closing bell a
fourth below it. A deep set of bowls stands a fourth below the usual one, a clear set a fourth
above it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from heartwood.practice.choices import Bowl as Choice
from heartwood.practice.script import BELL_SLOT_MS, BellKind
from heartwood.sound.samples import PER_MS, RATE, Wave, amplitude


@dataclass(frozen=True, slots=True)
class Bowl:
    """One bowl, and how it is struck.

    pitch      its lowest partial, in hertz
    rings      seconds until the lowest partial has fallen by 60 dB
    peak       how high the stroke reaches, in dB below full scale
    """

    pitch: float
    rings: float
    peak: float


BOWLS = {
    BellKind.OPENING: Bowl(pitch=264.0, rings=6.8, peak=-12.0),
    BellKind.INTERVAL: Bowl(pitch=396.0, rings=5.2, peak=-15.0),
    BellKind.CLOSING: Bowl(pitch=198.0, rings=9.2, peak=-12.0),
}

_RATIOS = (1.0, 2.71, 4.93, 7.58, 10.71)
_STRENGTHS = (1.0, 0.52, 0.24, 0.09, 0.035)
_RINGS = (1.0, 0.62, 0.4, 0.26, 0.17)
_BEATS = (0.42, 0.9, 1.3, 1.9, 2.6)
_TWIN = 0.35
_ATTACK_MS = 22
_FADE_MS = 1_200


TUNED = {Choice.USUAL: 1.0, Choice.DEEP: 3 / 4, Choice.CLEAR: 4 / 3}
"""The pitch of each set of bowls, against the usual one."""


@cache
def bell(kind: BellKind, choice: Choice = Choice.USUAL) -> Wave:
    """The stroke of this bell, exactly as long as its slot, from zero to zero."""
    usual = BOWLS[kind]
    bowl = replace(usual, pitch=usual.pitch * TUNED[choice])
    count = BELL_SLOT_MS[kind] * PER_MS
    seconds = np.arange(count) / RATE
    ringing = sum(_partial(bowl, seconds, number) for number in range(len(_RATIOS)))
    shaped = ringing * _edges(count)
    return np.asarray(shaped * (amplitude(bowl.peak) / np.abs(shaped).max()), np.float32)


def _partial(bowl: Bowl, seconds: np.ndarray, number: int) -> np.ndarray:
    tone = bowl.pitch * _RATIOS[number]
    fall = np.exp(-np.log(1000) * seconds / (bowl.rings * _RINGS[number]))
    pair = np.sin(2 * np.pi * tone * seconds)
    pair = pair + _TWIN * np.sin(2 * np.pi * (tone + _BEATS[number]) * seconds)
    return np.asarray(_STRENGTHS[number] * fall * pair)


def _edges(count: int) -> np.ndarray:
    """A soft attack, and a last fade so that nothing is cut off."""
    shape = np.ones(count)
    attack, fade = _ATTACK_MS * PER_MS, _FADE_MS * PER_MS
    shape[:attack] = (1 - np.cos(np.pi * np.arange(attack) / attack)) / 2
    shape[-fade:] = (1 + np.cos(np.pi * np.arange(1, fade + 1) / fade)) / 2
    return shape
