"""How long lines take, remembered line by line."""

import pytest

from heartwood import content
from heartwood.practice.promise import cues
from heartwood.sound import Speaker, spoken_lengths, voice
from tests.content.small_course import small_course


def script(**changed):
    files = small_course()
    for old, new in changed.items():
        path = "practices/arrive/script.en.md"
        assert old in files[path]
        files[path] = files[path].replace(old, new)
    return content.parse_course(files).scripts["arrive"]


def test_every_cue_has_its_length_a_repeated_one_once():
    assert spoken_lengths(script(), voice("bells")) == {
        "sit-down": 3_819,
        "and-if-standing": 2_182,
        "one-breath": 1_500,
    }


def test_what_is_remembered_is_what_was_measured(tmp_path, speaker):
    fresh = spoken_lengths(script(), speaker)

    assert [spoken_lengths(script(), speaker, cache=tmp_path / "spoken") for _ in range(2)] == [fresh, fresh]


def test_one_changed_line_costs_one_line(tmp_path):
    bells = voice("bells")
    spoken_lengths(script(), bells, cache=tmp_path)
    kept = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.ms")}

    lengths = spoken_lengths(script(One="Two"), bells, cache=tmp_path)

    assert len(kept) == 3
    assert len(set(tmp_path.rglob("*.ms")) - set(kept)) == 1
    assert {path: path.stat().st_mtime_ns for path in kept} == kept
    assert lengths["one-breath"] == 1_500


@pytest.mark.parametrize("spoiled", ["", "many", "-5"])
def test_a_spoiled_memory_is_measured_again(tmp_path, spoiled):
    bells = voice("bells")
    fresh = spoken_lengths(script(), bells, cache=tmp_path)
    for path in tmp_path.rglob("*.ms"):
        path.write_text(spoiled)

    assert spoken_lengths(script(), bells, cache=tmp_path) == fresh


def test_two_voices_remember_apart(tmp_path, speaker):
    spoken_lengths(script(), speaker, cache=tmp_path)

    assert spoken_lengths(script(), voice("bells"), cache=tmp_path)["one-breath"] == 1_500


class Counting:
    """The built-in voice, which counts how often it is asked."""

    def __init__(self, inside):
        self.name, self.version, self.language, self.consent = inside.name, inside.version, "en", ""
        self.asked, self._inside = [], inside

    def speak(self, text):
        self.asked.append(text)
        return self._inside.speak(text)

    def milliseconds(self, text):
        return self._inside.milliseconds(text)


def test_a_line_is_said_once_however_often_it_is_measured(speaker):
    counting = Counting(speaker)
    once = Speaker(counting)

    spoken_lengths(script(), once)
    for cue in cues(script()):
        once.speak(cue.text)
        once.loudness(cue.text)
        once.milliseconds(cue.text)

    assert len(counting.asked) == len(set(counting.asked)) == 3


def test_loudness_is_measured_once_and_the_next_rendering_finds_it(tmp_path, speaker):
    first = Speaker(speaker, cache=tmp_path)
    measured = first.loudness("May you be well.")
    counting = Counting(speaker)

    assert Speaker(counting, cache=tmp_path).loudness("May you be well.") == measured
    assert counting.asked == []


@pytest.mark.parametrize("spoiled", ["", "{}", '{"powers": 3, "peak": -4}', "[1]"])
def test_a_spoiled_loudness_is_measured_again(tmp_path, speaker, spoiled):
    measured = Speaker(speaker, cache=tmp_path).loudness("May you be well.")
    for path in tmp_path.rglob("*.loudness"):
        path.write_text(spoiled)

    assert Speaker(speaker, cache=tmp_path).loudness("May you be well.") == measured
