"""The three bowls by themselves."""

import numpy as np
import pytest

from heartwood.practice.script import BELL_SLOT_MS, BellKind
from heartwood.sound.bells import BOWLS, bell
from heartwood.sound.samples import PER_MS, RATE
from tests.sound.ears import decibels

every_bell = pytest.mark.parametrize("kind", BellKind)


@every_bell
def test_a_bell_fills_its_slot_from_zero_to_zero(kind):
    stroke = bell(kind)

    assert len(stroke) == BELL_SLOT_MS[kind] * PER_MS
    assert abs(stroke[0]) < 1e-6 and abs(stroke[-1]) < 1e-6


@every_bell
def test_a_bell_has_rung_out_before_its_slot_ends(kind):
    assert decibels(bell(kind)[-200 * PER_MS :]) < -60


@every_bell
def test_a_stroke_is_soft_and_never_jumps(kind):
    stroke = bell(kind)

    assert decibels(stroke[: 2 * PER_MS]) < decibels(stroke) - 20
    assert np.argmax(np.abs(stroke)) < 250 * PER_MS


@every_bell
def test_a_bell_dies_away(kind):
    quarters = np.array_split(bell(kind), 4)
    levels = [float(np.sqrt(np.mean(quarter**2))) for quarter in quarters]

    assert levels == sorted(levels, reverse=True)


@every_bell
def test_the_partial_that_stays_longest_is_the_one_the_bowl_is_tuned_to(kind):
    ringing = bell(kind)[2 * RATE : 6 * RATE]
    spectrum = np.abs(np.fft.rfft(ringing * np.hanning(len(ringing))))

    assert np.argmax(spectrum) * RATE / len(ringing) == pytest.approx(BOWLS[kind].pitch, abs=0.5)


def test_the_bowls_are_in_tune_with_each_other():
    opening, interval, closing = (BOWLS[kind].pitch for kind in BellKind)

    assert (interval / opening, opening / closing) == (3 / 2, 4 / 3)
