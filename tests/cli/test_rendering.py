"""`heartwood practice render` and `voices`, as somebody types them."""

import json

import pytest

from heartwood.cli import main
from tests.cli.test_practice import small  # noqa: F401  (the small course as a folder)
from tests.sound.ears import PER_MS, declared_samples


def render(small, *words):  # noqa: F811
    return main(["practice", "render", *words, "--voice", "bells", "--course", str(small)])


def test_a_practice_becomes_a_file_of_exactly_the_length_asked(small, tmp_path, capsys):  # noqa: F811
    path = tmp_path / "in a new folder" / "arrive.m4a"

    status = render(small, "arrive", "--minutes", "2.1", "-o", str(path))

    assert (status, declared_samples(path)) == (0, 126_000 * PER_MS)
    assert capsys.readouterr().out == f"{path}: 2.1 minutes, 0.1 MB, voice 'bells'\n"


def test_captions_are_written_beside_it(small, tmp_path):  # noqa: F811
    render(small, "arrive", "--minutes", "2", "-o", str(tmp_path / "a.m4a"), "--vtt", str(tmp_path / "a.vtt"))

    blocks = (tmp_path / "a.vtt").read_text(encoding="utf-8").split("\n\n")
    assert blocks[:2] == ["WEBVTT", "00:00:00.000 --> 00:00:09.000\n(A bell)"]
    assert blocks[2].endswith("\nSit down, wherever something holds you up.")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["arrive", "--minutes", "40"], "'arrive' can last from 2 to 5 minutes, not 40."),
        (["arrive", "--minutes", "ten"], "'ten' is not a number of minutes"),
        (["levitate", "--minutes", "3"], "There is no practice 'levitate'."),
        (["arrive", "--minutes", "3", "--voice", "soprano"], "There is no voice 'soprano'."),
        (["arrive"], "--minutes"),
    ],
)
def test_what_cannot_be_rendered_is_answered_and_leaves_no_file(small, tmp_path, capsys, words, sentence):  # noqa: F811
    try:
        status = main(
            ["practice", "render", *words, "--course", str(small), "-o", str(tmp_path / "out" / "x.m4a")]
        )
    except SystemExit as ended:
        status = ended.code

    said = capsys.readouterr()
    assert (status, said.out, (tmp_path / "out").exists()) == (2, "", False)
    assert sentence in said.err


def test_the_voices_of_this_machine_are_listed(capsys):
    assert main(["practice", "voices", "--json"]) == 0

    rows = json.loads(capsys.readouterr().out)
    assert [(row["name"], row["language"]) for row in rows] == [
        ("built-in", "en"),
        ("built-in-en-GB", "en"),
        ("built-in-es-ES", "es"),
        ("built-in-fr-FR", "fr"),
        ("built-in-de-DE", "de"),
        ("built-in-it-IT", "it"),
        ("bells", ""),
    ]
    assert {key for row in rows for key in row} == {"name", "version", "language"}


def test_sitting_without_words_is_a_file_of_its_length(tmp_path, capsys):
    words = ["practice", "unguided", "--minutes", "2", "--walk", "1", "--settle", "15", "--bell", "deep"]

    status = main([*words, "-o", str(tmp_path / "sit.m4a")])

    assert (status, declared_samples(tmp_path / "sit.m4a")) == (0, (5 * 60 + 15) * 1_000 * PER_MS)
    assert ": 5 minutes, " in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--minutes", "0.2"], "lasts from 1 to 240 minutes"),
        (["--minutes", "9", "--bell", "gong"], "There is no opening bell 'gong'."),
        (["--minutes", "9", "--settle", "7"], "Settling in for '7' seconds is not offered."),
        (["--minutes", "9", "--interval", "0.1"], "A bell rings once a minute at most."),
    ],
)
def test_what_is_no_sitting_is_answered_and_leaves_no_file(tmp_path, capsys, words, sentence):
    status = main(["practice", "unguided", *words, "-o", str(tmp_path / "sit.m4a")])

    assert (status, list(tmp_path.iterdir())) == (2, [])
    assert sentence in capsys.readouterr().err
