"""Whole practices, rendered, decoded and heard: is everything where the timeline says?

Thirty of script, length and voice (a sample: three, one in each voice), drawn by HEARTWOOD_SEED: ten
scripts, each at its shortest, its longest and a length between. The listener knows American English, so
only the voice that speaks it is listened to. What was heard of a file is kept in HEARTWOOD_STATE by
the file's hash, so that a run cut off goes on where it stood.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import deque
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from math import comb
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest

from tests.long.listener import hear, heard_in_order, passages, spelled, words_of
from tests.sound.ears import decibels, declared_samples, decoded, measured, stretch

pytest.importorskip("pocketsphinx", reason="no independent listener here (the wheel pocketsphinx)")

ROOT = Path(__file__).parents[2]


def heartwood(*words: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    asked = [sys.executable, "-m", "heartwood", *words]
    return subprocess.run(asked, env=environment, capture_output=True, text=True, check=True).stdout


SPOKEN = ("built-in", "built-in-en-GB")
VOICES = (*SPOKEN, "bells")
UNDERSTOOD = "built-in"


def drawn() -> list[tuple[str, float, str]]:
    """Practices, minutes and voices."""
    rng = Random(f"listening {os.environ.get('HEARTWOOD_SEED', '0')}")
    listed = json.loads(heartwood("practice", "list", "--json"))
    chosen = [
        (row["id"], minutes, VOICES[(number + place) % len(VOICES)])
        for number, row in enumerate(rng.sample(listed, min(10, len(listed))))
        for place, minutes in enumerate(_three_lengths(row, rng))
    ]
    if os.environ.get("HEARTWOOD_SAMPLE"):
        return [rng.choice([one for one in chosen if one[2] == voice]) for voice in VOICES]
    return chosen


def _three_lengths(row: dict[str, Any], rng: Random) -> list[float]:
    """Shortest, longest, and a tenth of a minute between."""
    shortest, longest = round(row["shortest"] * 10), round(row["longest"] * 10)
    return [shortest / 10, rng.randint(shortest + 1, longest - 1) / 10, longest / 10]


@dataclass(frozen=True)
class Rendered:
    """One rendering, beside the timeline that the command line tells."""

    path: Path
    timeline: dict[str, Any]
    voice: str

    @cached_property
    def heard(self) -> np.ndarray:
        return decoded(self.path)

    def of(self, *kinds: str) -> list[dict[str, Any]]:
        return [event for event in self.timeline["events"] if event["kind"] in kinds]

    def at(self, start: float, seconds: float) -> np.ndarray:
        return stretch(self.heard, round(1000 * start), round(1000 * (start + seconds)))


def _end(event: dict[str, Any]) -> float:
    return round(event["start"] + event["seconds"], 3)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "rendered" in metafunc.fixturenames:
        items = drawn()
        names = [f"{script}, {minutes} minutes, {voice}" for script, minutes, voice in items]
        metafunc.parametrize("rendered", items, indirect=True, scope="module", ids=names)


@pytest.fixture(scope="module")
def rendering(tmp_path_factory):
    """Makes a rendering of a practice, minutes and voice; each once."""

    @cache
    def rendering(script: str, minutes: float, voice: str) -> Rendered:
        asked = (script, "--minutes", str(minutes), "--voice", voice)
        path = tmp_path_factory.mktemp("listening") / f"{script}.m4a"
        told = heartwood("practice", "timeline", *asked, "--json")
        heartwood("practice", "render", *asked, "-o", str(path))
        return Rendered(path, json.loads(told), voice)

    return rendering


@pytest.fixture(scope="module")
def rendered(request, rendering):
    return rendering(*request.param)


@pytest.fixture
def spoken(rendered):
    """One in which somebody speaks."""
    if rendered.voice not in SPOKEN:
        pytest.skip("bells only say nothing")
    return rendered


@pytest.fixture
def understood(rendered):
    """One that the listener can understand."""
    if rendered.voice != UNDERSTOOD:
        pytest.skip("the listener knows American English")
    return rendered


def test_the_file_lasts_as_long_as_was_asked(rendered):
    asked = rendered.timeline["seconds"]

    assert declared_samples(rendered.path) == round(asked * 48_000)
    assert abs(len(rendered.heard) / 48_000 - asked) < 0.05


def test_every_bell_is_struck_in_its_place_and_has_rung_out(rendered):
    bells = rendered.of("bell")
    levels = [
        (decibels(rendered.at(bell["start"], 0.3)), decibels(rendered.at(_end(bell) - 0.12, 0.1)))
        for bell in bells
    ]

    assert bells[0]["start"] == 0
    assert _end(bells[-1]) == rendered.timeline["seconds"]
    assert min(struck for struck, _ in levels) > -20
    assert max(rung_out for _, rung_out in levels) < -60


def test_where_the_timeline_is_quiet_there_is_nothing_to_hear(rendered):
    quiet = [event for event in rendered.of("pause", "silence") if event["seconds"] > 0.3]

    assert max(decibels(rendered.at(e["start"] + 0.1, e["seconds"] - 0.2)) for e in quiet) < -80


def test_every_line_is_spoken_where_the_timeline_says(spoken):
    assert min(decibels(spoken.at(cue["start"], cue["seconds"])) for cue in spoken.of("cue")) > -20


def test_speech_is_as_loud_in_every_practice_by_another_meter(spoken):
    said = np.concatenate([spoken.at(cue["start"], cue["seconds"]) for cue in spoken.of("cue")])

    assert abs(measured(said)[0] + 20) <= 0.5


def test_no_true_peak_comes_near_full_scale(rendered):
    assert measured(rendered.heard)[1] < -1


@pytest.mark.skipif("HEARTWOOD_SAMPLE" in os.environ, reason="one file of a sample has too few lines")
def test_a_listener_hears_half_the_words_of_nine_cues_in_ten(rendering):
    among = [rendering(*one) for one in drawn() if one[2] == UNDERSTOOD]

    told, missed = (
        sum(len(passages(one.of("cue"))) for one in among),
        [m for one in among for m in unheard(one)],
    )

    print(f"half the words heard of {told - len(missed)} in {told} passages of {len(among)} files")
    assert len(missed) <= told / 10, missed


def test_no_file_is_worse_heard_than_chance_allows(understood):
    """With nine lines heard in ten, fewer than one file in a thousand would miss more than this."""
    count = len(passages(understood.of("cue")))
    missed = unheard(understood)

    assert len(missed) <= misses_by_chance(count), missed


def test_a_listener_hears_no_line_where_another_is_spoken(understood):
    said = [words_of(passage) for passage in passages(understood.of("cue"))]
    elsewhere = deque(what_was_heard(understood))
    elsewhere.rotate(len(said) // 2)

    wrong = [
        " ".join(words)
        for words, other in zip(said, elsewhere, strict=True)
        if 2 * heard_in_order(words, other) >= len(words)
    ]
    assert len(wrong) <= len(said) / 10, wrong


def unheard(rendered: Rendered) -> list[tuple[str, str]]:
    """The passages of which not half the words were heard, each beside what was heard instead."""
    said = [words_of(passage) for passage in passages(rendered.of("cue"))]
    return [
        (" ".join(words), " ".join(other))
        for words, other in zip(said, what_was_heard(rendered), strict=True)
        if 2 * heard_in_order(words, other) < len(words)
    ]


def misses_by_chance(count: int) -> int:
    """The fewest misses that are exceeded less than once in a thousand, when one in ten is missed."""
    likely, misses = 0.9**count, 0
    while 1 - likely >= 0.001:
        misses += 1
        likely += comb(count, misses) * 0.1**misses * 0.9 ** (count - misses)
    return misses


def what_was_heard(rendered: Rendered) -> list[list[str]]:
    """The listener's words for each passage; from memory when these very bytes were heard before."""
    among = passages(rendered.of("cue"))
    memory = Path(os.environ["HEARTWOOD_STATE"]) / "listening" if "HEARTWOOD_STATE" in os.environ else None
    kept = memory / f"{sha256(rendered.path.read_bytes()).hexdigest()}.json" if memory else None
    if kept and kept.exists():
        return json.loads(kept.read_text())
    heard = [hear(rendered.heard, passage) for passage in among]
    if kept:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(heard))
    return heard


def test_the_measure_counts_words_in_their_order():
    said = spelled("Sit down, wherever something holds you up.")

    assert heard_in_order(said, said) == 7
    assert heard_in_order(said, spelled("sit wherever some things hold up")) == 3
    assert heard_in_order(said, said[::-1]) == 1
    assert heard_in_order(said, []) == 0


def test_short_cues_are_joined_to_their_neighbour():
    cues = [{"text": text} for text in ("One.", "Two of them now.", "And these are five words.", "The end.")]

    assert [len(passage) for passage in passages(cues)] == [2, 2]


def test_chance_allows_more_misses_where_there_are_more_lines():
    assert [misses_by_chance(count) for count in (10, 20, 40)] == [5, 7, 11]
