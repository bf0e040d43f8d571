"""One small practice, laid out by hand and rendered once for all tests of sound."""

import pytest

from heartwood.practice import Event, EventKind, Timeline
from heartwood.sound import render, voice
from tests.sound.ears import decoded

LINES = (
    "Sit, stand or lie down, wherever something holds you up.",
    "May you be safe.",
    "Find where you are touching something: a chair, a floor, a bed.",
)


def laid_out(speaker, *, lines=LINES, closing_ms=12_000):
    """Opening bell, each line with a pause of its own length, a silence, closing bell."""
    rows = [(EventKind.BELL, 9_000, "", "opening")]
    for number, line in enumerate(lines):
        rows.append((EventKind.CUE, speaker.milliseconds(line), line, f"line-{number}"))
        rows.append((EventKind.PAUSE, 1_013 + 200 * number, "", f"line-{number}"))
    rows += [(EventKind.SILENCE, 2_001, "", "stay"), (EventKind.BELL, closing_ms, "", "closing")]
    events, now = [], 0
    for kind, length, text, name in rows:
        events.append(Event(kind, now, length, text, name))
        now += length
    return Timeline("small", now, tuple(events))


@pytest.fixture(scope="session")
def speaker():
    return voice("built-in")


@pytest.fixture(scope="session")
def timeline(speaker):
    return laid_out(speaker)


@pytest.fixture(scope="session")
def sound_file(timeline, speaker, tmp_path_factory):
    path = tmp_path_factory.mktemp("sound") / "small.m4a"
    render(timeline, speaker, path)
    return path


@pytest.fixture(scope="session")
def heard(sound_file):
    """The small practice as a player would decode it."""
    return decoded(sound_file)
