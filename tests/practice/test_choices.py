"""What somebody may choose of a sound, and what it does to the timeline."""

import pytest

from heartwood.errors import UnknownName
from heartwood.practice.choices import Balance, Bowl, Choices, Codec, as_chosen
from heartwood.practice.counting import Kind, Observation, after_settling, practised_ms
from heartwood.practice.script import BellKind
from heartwood.practice.unguided import lay_out_unguided, sit


def test_nothing_told_is_as_usual():
    assert Choices.read({}) == Choices.read({"voice": "", "codec": None}) == Choices()


def test_what_is_told_is_read_and_told_again():
    told = {"voice": "bells", "opening_bell": "deep", "closing_bell": "none", "settling_seconds": "30",
            "balance": "voice", "codec": "opus"}  # fmt: skip

    read = Choices.read(told)

    assert read == Choices("bells", Bowl.DEEP, Bowl.NONE, 30, Balance.VOICE, Codec.OPUS)
    assert Choices.read(read.words) == read


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ({"opening_bell": "gong"}, "no opening bell 'gong'. There are: usual, deep, clear, none."),
        ({"settling_seconds": "20"}, "for '20' seconds is not offered. There are: 0, 15, 30, 60."),
        ({"settling_seconds": "-15"}, "is not offered"),
        ({"codec": "mp3"}, "There are: aac, opus."),
        ({"balance": "x" * 900}, "There are: even, voice, bells."),
    ],
)
def test_a_word_that_is_not_offered_is_answered_with_those_that_are(word, sentence):
    with pytest.raises(UnknownName) as refused:
        Choices.read(word)

    assert sentence in str(refused.value)
    assert len(str(refused.value)) < 200


def test_settling_in_stands_before_everything_and_moves_it():
    usual = lay_out_unguided(sit(120_000))

    settled = as_chosen(usual, Choices(settling_seconds=30))

    first, *rest = settled.events
    assert (settled.milliseconds, first.start_ms, first.length_ms, first.id) == (
        150_000,
        0,
        30_000,
        "settling-in",
    )
    assert [event.start_ms - 30_000 for event in rest] == [event.start_ms for event in usual.events]


def test_a_bell_that_is_not_wanted_leaves_its_place_silent():
    chosen = as_chosen(lay_out_unguided(sit(120_000)), Choices(closing_bell=Bowl.NONE))

    assert [event.kind for event in chosen.events] == ["bell", "silence", "silence"]
    assert chosen.events[-1].end_ms == 120_000


def test_without_an_opening_bowl_the_closing_one_strikes_the_intervals():
    assert Choices(opening_bell=Bowl.NONE, closing_bell=Bowl.CLEAR).bowl(BellKind.INTERVAL) is Bowl.CLEAR


def test_settling_in_does_not_count():
    seen = [Observation("a", 1, Kind.STARTED, 0, 0), Observation("b", 2, Kind.ADVANCED, 20_000, 20_000),
            Observation("c", 3, Kind.PAUSED, 50_000, 50_000)]  # fmt: skip

    assert practised_ms(after_settling(seen, settling_ms=30_000)) == 20_000
    assert practised_ms(after_settling(seen[:2], settling_ms=30_000)) == 0
