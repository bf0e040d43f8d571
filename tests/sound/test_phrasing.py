"""Lines cut into phrases, before any voice is asked."""

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heartwood.sound.phrasing import (
    BREATH_MS,
    CLAUSE_MS,
    LONGEST_PHRASE,
    SENTENCE_MS,
    Phrase,
    phrases,
    word_count,
)


def words(text):
    return [phrase.words for phrase in phrases(text)]


def test_sentences_breathe_longer_than_clauses():
    assert phrases("Here you are. Sit down, if you like.") == [
        Phrase("Here you are.", SENTENCE_MS),
        Phrase("Sit down,", CLAUSE_MS),
        Phrase("if you like.", 0),
    ]


def test_a_long_clause_takes_breath_before_a_joining_word():
    assert phrases("Bring to mind somebody who is dear to you now.") == [
        Phrase("Bring to mind somebody,", BREATH_MS),
        Phrase("who is dear to you now.", 0),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("In — and out.", ["In,", "and out."]),
        ("In – and out.", ["In,", "and out."]),
        ("In - and out.", ["In,", "and out."]),
        ("A well-known place.", ["A well-known place."]),
        ("Wait… then go.", ["Wait.", "then go."]),
        ("Wait... then go.", ["Wait.", "then go."]),
        ("One line\nand the next", ["One line.", "and the next."]),
        ("Is it? It is!", ["Is it?", "It is!"]),
        ("You & me <b>here</b>.", ["You and me b here /b."]),
        ("A\0way.", ["A way."]),
        ("A wish \N{HEAVY BLACK HEART} for you.", ["A wish \N{HEAVY BLACK HEART} for you."]),
        ("‘It’s “here”.’", ["It's here."]),
        ("Reversed \N{RIGHT-TO-LEFT OVERRIDE}text.", ["Reversed text."]),
    ],
)
def test_signs_that_a_voice_would_run_over_or_choke_on_become_signs_it_keeps(text, said):
    assert words(text) == said


@pytest.mark.parametrize("text", ["", " ", "…", "—", "\N{HEAVY BLACK HEART}", "\0", "?!"])
def test_a_line_without_a_word_gives_no_phrase(text):
    assert phrases(text) == []


@given(st.lists(st.text(string.ascii_lowercase, min_size=1, max_size=9), min_size=1, max_size=30))
def test_no_word_is_lost_added_or_moved(said):
    assert re.findall("[a-z]+", " ".join(words(" ".join(said)))) == said


@given(st.text(max_size=60))
def test_whatever_the_line_no_phrase_holds_what_a_voice_takes_for_a_command(text):
    for phrase in phrases(text):
        assert not re.search(r"[<>&\x00-\x1f—–…\n]", phrase.words)
        assert any(sign.isalnum() for sign in phrase.words)
        assert phrase.words[-1] in ",.?!"


@given(st.lists(st.sampled_from(["and", "kindly", "breath", "of", "you"]), min_size=1, max_size=30))
def test_a_clause_is_cut_where_it_can_be_and_no_piece_is_a_single_word_left_over(said):
    pieces = words(" ".join(said))

    assert all(len(piece.split()) >= min(3, len(said)) for piece in pieces)
    assert len(pieces) == 1 or len(said) > LONGEST_PHRASE


def test_words_are_counted_as_they_are_said():
    assert [word_count(text) for text in ("It's here.", "A well-known — place", "", "1 2 3")] == [2, 3, 0, 3]
