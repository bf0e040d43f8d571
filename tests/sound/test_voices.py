"""The built-in voice, and the voice that says nothing."""

import re
import sys
from importlib.metadata import version
from pathlib import Path
from random import Random

import numpy as np
import pytest

from heartwood.errors import SoundError, UnknownName
from heartwood.practice.renderings import VOICE_VERSIONS, voices_for
from heartwood.sound import VOICE_NAMES, voice, voices_here
from heartwood.sound.samples import PER_MS
from tests.sound.ears import decibels

LINE = "May you be well, and may you be free from this pain."


def test_an_unknown_voice_is_told_which_there_are():
    with pytest.raises(UnknownName) as refused:
        voice("soprano")

    assert str(refused.value) == (
        "There is no voice 'soprano'. These there are: built-in, built-in-en-GB, built-in-es-ES, "
        "built-in-fr-FR, built-in-de-DE, built-in-it-IT, bells."
    )


def test_every_voice_of_this_machine_bears_the_version_that_keys_are_built_from():
    assert {one.name: one.version for one in voices_here()} == dict(VOICE_VERSIONS)
    assert (VOICE_NAMES[0], VOICE_NAMES[-1]) == ("built-in", "bells")


def test_a_course_is_offered_the_voices_of_its_own_language_and_bells_only_last():
    assert [card.name for card in voices_for("en")] == ["built-in", "built-in-en-GB", "bells"]
    assert [card.name for card in voices_for("de")] == ["built-in-de-DE", "bells"]
    assert [card.name for card in voices_for("tlh")] == ["bells"]


def test_every_accent_speaks_and_none_like_another():
    said = [one.speak("Gratia, Maria.") for one in voices_here() if one.name != "bells"]

    assert len({line.tobytes() for line in said}) == len(said) == 6


def test_the_version_names_the_speech_engine_that_is_installed():
    assert f"pico-{version('py-nanotts')}-" in VOICE_VERSIONS["built-in"]


def test_the_same_line_sounds_the_same_whatever_lay_in_memory(speaker):
    rng = Random(7)
    first = speaker.speak(LINE)

    for _ in range(2):
        litter = [np.full(rng.randrange(1_000, 50_000), rng.randrange(1, 99), np.int32) for _ in range(30)]
        del litter[::2]
        assert np.array_equal(speaker.speak(LINE), first)


def test_a_line_has_no_silence_around_it_and_ends_in_zero(speaker):
    said = speaker.speak(LINE)
    loud = np.flatnonzero(np.abs(said.astype(int)) > 200)

    assert (loud[0] < 50 * PER_MS, len(said) - loud[-1] < 120 * PER_MS) == (True, True)
    assert abs(int(said[0])) < 20 and abs(int(said[-1])) < 20


def test_the_length_of_a_line_is_that_of_its_sound_rounded_up(speaker):
    assert speaker.milliseconds(LINE) == -(-len(speaker.speak(LINE)) // PER_MS)


def test_nothing_that_is_said_clips(speaker):
    assert decibels(speaker.speak(LINE) / np.float32(32_768)) < -3


def test_between_two_sentences_there_is_silence_of_ours(speaker):
    quiet = np.abs(speaker.speak("Here. There.").astype(int)) < 8
    edges = np.flatnonzero(np.diff(np.concatenate(([0], quiet.view(np.int8), [0]))))

    assert max(edges[1::2] - edges[::2]) > 800 * PER_MS


def test_a_guide_speaks_at_a_hundred_to_a_hundred_and_twenty_words_a_minute(speaker):
    lines = re.findall(
        r"^[A-Z].*$", Path("content/courses/heartwood-8w/practices/arrive/script.en.md").read_text(), re.M
    )[-6:]
    words = sum(len(line.split()) for line in lines)

    assert 95 < words * 60_000 / sum(map(speaker.milliseconds, lines)) < 120


@pytest.mark.parametrize(
    "line",
    ["You & <me>", "One \0 two", "In — out", "Wait…", "\N{GREEN HEART} Here", "First\nSecond"],
)
def test_odd_signs_are_spoken_around(speaker, line):
    assert 200 < speaker.milliseconds(line) < 60_000


@pytest.mark.parametrize("line", ["", "\N{GREEN HEART}", "\0", "…"])
def test_a_line_with_nothing_to_say_is_named(speaker, line):
    with pytest.raises(SoundError, match="The built-in voice has nothing to say for the line"):
        speaker.speak(line)


def test_bells_only_gives_every_line_the_time_to_read_it():
    bells = voice("bells")

    assert len(bells.speak(LINE)) == 0
    assert bells.milliseconds(" ".join(["word"] * 11)) == 6_000
    assert bells.milliseconds("Here.") == 1_500


def test_where_there_is_no_speech_it_says_so_and_names_what_works(monkeypatch):
    from heartwood.sound import voices

    monkeypatch.setattr(sys, "platform", "darwin")
    voices._built_in.cache_clear()
    try:
        with pytest.raises(SoundError, match="Bells only works here"):
            voice("built-in")
        assert [one.name for one in voices_here()] == ["bells"]
    finally:
        voices._built_in.cache_clear()
