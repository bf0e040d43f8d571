"""Encoded in stretches, a sound is what it is when it is encoded in one go."""

import numpy as np
import pytest

from heartwood.sound import stretches
from heartwood.sound.encoding import encoder
from heartwood.sound.stretches import EDGE, FRAME
from tests.sound.ears import RATE, declared_samples, decoded

FAR = 3 * EDGE * FRAME
TWO = 2 * EDGE * FRAME


def tone(samples, *, hertz=440):
    """A tone that swells and fades, so that nothing begins or ends with a click."""
    swell = np.minimum(1, np.minimum(np.arange(samples), np.arange(samples)[::-1]) / 960)
    return (0.3 * swell * np.sin(2 * np.pi * hertz * np.arange(samples) / RATE)).astype(np.float32)


def quiet(samples):
    return np.zeros(samples, np.float32)


SOUNDS = {
    "tones far apart": [quiet(FAR), tone(20_000), quiet(FAR + 77), tone(9_000), quiet(FAR)],
    "sound from the first sample to the last": [tone(20_001), quiet(FAR), tone(9_999)],
    "tones close together": [
        quiet(300),
        tone(9_000),
        quiet(TWO),
        tone(9_000),
        quiet(TWO + FRAME),
        tone(9_000),
    ],
    "one tone, and silence for a long time": [tone(9_000), quiet(40 * RATE)],
    "less than a frame": [tone(700)],
    "nothing but silence": [quiet(RATE + 1)],
}


def written(path, sound, *, piece):
    with encoder(path) as out:
        for start in range(0, len(sound), piece):
            out.write(sound[start : start + piece])
    return path


@pytest.mark.parametrize("parts", SOUNDS.values(), ids=SOUNDS)
def test_every_sound_stays_in_its_place_and_silence_stays_silent(tmp_path, parts):
    sound = np.concatenate(parts)

    path = written(tmp_path / "sound.m4a", sound, piece=RATE)

    heard = decoded(path)[: len(sound)]
    assert declared_samples(path) == len(sound)
    assert len(heard) == len(sound)
    assert np.sqrt(np.mean((heard - sound) ** 2)) <= 0.1 * np.sqrt(np.mean(sound**2))
    sounding = np.cumsum(np.pad(np.abs(sound) > 0, (4_801, 4_800)))
    far = sounding[9_601:] == sounding[:-9_601]
    assert not far.any() or np.abs(heard[far]).max() < 1e-4


def test_how_it_is_handed_over_and_how_many_cores_there_are_changes_no_byte(tmp_path, monkeypatch):
    sound = np.concatenate([part for parts in SOUNDS.values() for part in parts])
    files = [written(tmp_path / f"{piece}.m4a", sound, piece=piece) for piece in (500, RATE, len(sound))]
    monkeypatch.setattr(stretches.os, "cpu_count", lambda: 1)
    files.append(written(tmp_path / "one core.m4a", sound, piece=RATE))

    assert len({path.read_bytes() for path in files}) == 1
