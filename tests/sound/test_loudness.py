"""Our meter beside ffmpeg's."""

import numpy as np
import pytest

from heartwood.sound.loudness import loudness, true_peak
from tests.sound.ears import RATE, measured


def tone(*, hertz, level, seconds=2.0):
    return (level * np.sin(2 * np.pi * hertz * np.arange(int(seconds * RATE)) / RATE)).astype(np.float32)


@pytest.mark.parametrize("hertz", [60, 220, 997, 4_000, 9_000])
def test_loudness_of_a_tone_agrees_with_another_meter(hertz):
    sound = tone(hertz=hertz, level=0.2)

    assert loudness([sound]) == pytest.approx(measured(sound)[0], abs=0.1)


def test_a_full_tone_at_997_hertz_is_three_decibels_below_full_scale():
    assert loudness([tone(hertz=997, level=1.0)]) == pytest.approx(-3.01, abs=0.02)


def test_what_is_far_quieter_than_the_rest_does_not_lower_the_loudness():
    loud, faint = tone(hertz=997, level=0.2), tone(hertz=997, level=0.002)

    assert loudness([loud, faint]) == pytest.approx(loudness([loud]), abs=0.01)


def test_silence_has_no_loudness_and_no_peak():
    assert loudness([np.zeros(RATE, np.float32)]) == -np.inf
    assert loudness([]) == -np.inf
    assert true_peak(np.zeros(RATE, np.float32)) == -np.inf


def test_a_peak_between_two_samples_is_seen():
    turns = np.pi / 4 + np.pi / 2 * np.arange(RATE)
    between = (0.5 * np.sin(turns)).astype(np.float32)

    assert np.abs(between).max() == pytest.approx(0.3536, abs=1e-4)
    assert true_peak(between[200:-200]) == pytest.approx(20 * np.log10(0.5), abs=0.6)


def test_the_peak_of_a_long_wave_agrees_with_another_meter_wherever_it_lies():
    rough = np.random.default_rng(7).standard_normal(5 * RATE)
    below_eight_kilohertz = np.fft.rfft(rough)
    below_eight_kilohertz[40_000:] = 0
    wave = np.fft.irfft(below_eight_kilohertz) / 10

    for seconds in (0.01, 2.3, 4.99):
        swell = np.exp(-(((np.arange(len(wave)) / RATE - seconds) / 0.05) ** 2)) * 0.9 + 0.1
        sound = (wave * swell).astype(np.float32)
        assert true_peak(sound) == pytest.approx(measured(sound)[1], abs=0.1)
