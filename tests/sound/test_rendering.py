"""A rendered file, decoded again: everything where the timeline says, and nothing that hurts."""

from itertools import pairwise

import numpy as np
import pytest

from heartwood.errors import SoundError
from heartwood.practice import Event, EventKind, Timeline
from heartwood.sound import Speaker, render, voice
from heartwood.sound.rendering import waves
from tests.sound.conftest import LINES, laid_out
from tests.sound.ears import PER_MS, decibels, declared_samples, decoded, measured, stretch


@pytest.fixture(scope="session")
def handed(timeline, speaker):
    """The samples as the encoder is given them."""
    return np.concatenate(list(waves(timeline, speaker)))


def of_kind(timeline, *kinds):
    return [event for event in timeline.events if event.kind in kinds]


def test_the_encoder_is_handed_exactly_as_many_samples_as_the_timeline_lasts(handed, timeline):
    assert len(handed) == timeline.milliseconds * PER_MS


@pytest.mark.parametrize("milliseconds", [1, 63, 64, 65, 1_001, 10_000, 10_001, 23_456])
def test_a_file_is_as_long_as_its_timeline_and_decoded_ends_within_one_frame_of_the_codec(
    tmp_path, milliseconds
):
    silence = Event(EventKind.SILENCE, 0, milliseconds, "", "stay")

    render(Timeline("quiet", milliseconds, (silence,)), voice("bells"), tmp_path / "quiet.m4a")

    assert declared_samples(tmp_path / "quiet.m4a") == milliseconds * PER_MS
    assert 0 <= len(decoded(tmp_path / "quiet.m4a")) - milliseconds * PER_MS < 1_024


def test_encoding_moves_nothing_by_as_much_as_a_sample(handed, heard):
    stroke = slice(0, 9_000 * PER_MS)
    line = slice(9_000 * PER_MS, 12_000 * PER_MS)

    for part in (stroke, line):
        spectrum = np.fft.rfft(handed[part]) * np.conj(np.fft.rfft(heard[part]))
        assert np.argmax(np.fft.irfft(spectrum)) == 0


def test_every_line_begins_and_ends_with_its_event(handed, timeline):
    for event in of_kind(timeline, EventKind.CUE):
        line = np.flatnonzero(np.abs(stretch(handed, event.start_ms, event.end_ms)) > 1e-3)
        assert line[0] < 30 * PER_MS
        assert line[-1] > (event.length_ms - 60) * PER_MS


def test_pauses_and_silences_are_digital_zero(handed, timeline):
    quiet = of_kind(timeline, EventKind.PAUSE, EventKind.SILENCE)

    assert [decibels(stretch(handed, event.start_ms, event.end_ms)) for event in quiet] == [-np.inf] * 4


def test_after_decoding_a_pause_is_silent_from_a_tenth_of_a_second_after_speech(heard, timeline):
    quiet = of_kind(timeline, EventKind.PAUSE, EventKind.SILENCE)

    assert max(decibels(stretch(heard, e.start_ms + 100, e.end_ms - 100)) for e in quiet) < -80


def test_no_event_begins_or_ends_with_a_click(handed, timeline):
    joints = [before.end_ms * PER_MS for before, _ in pairwise(timeline.events)]

    steps = [abs(float(handed[place]) - float(handed[place - 1])) for place in joints]
    assert max(steps) < 1e-4


def test_a_bell_sounds_at_once_and_has_rung_out_when_its_slot_ends(heard, timeline):
    for event in of_kind(timeline, EventKind.BELL):
        assert decibels(stretch(heard, event.start_ms, event.start_ms + 300)) > -20
        assert decibels(stretch(heard, event.end_ms - 120, event.end_ms - 20)) < -60


def test_speech_is_as_loud_as_agreed_by_another_meter(heard, timeline):
    speech = [stretch(heard, e.start_ms, e.end_ms) for e in of_kind(timeline, EventKind.CUE)]

    level, _ = measured(np.concatenate(speech))
    assert level == pytest.approx(-20, abs=1)


def test_no_true_peak_comes_near_full_scale_after_decoding(heard):
    _, peak = measured(heard)

    assert peak < -1


def test_the_same_timeline_gives_the_same_bytes(timeline, speaker, sound_file, tmp_path):
    render(timeline, speaker, tmp_path / "again.m4a")

    assert (tmp_path / "again.m4a").read_bytes() == sound_file.read_bytes()


def test_with_bells_only_the_lines_are_silent_and_have_time_to_be_read(tmp_path):
    bells = voice("bells")
    timeline = laid_out(bells)

    render(timeline, bells, tmp_path / "bells.m4a")

    heard = decoded(tmp_path / "bells.m4a")
    between = stretch(heard, 9_100, timeline.events[-1].start_ms - 100)
    assert decibels(between) < -80
    assert decibels(stretch(heard, 0, 9_000)) > -20


def test_a_line_that_outgrew_its_place_is_refused(speaker, tmp_path):
    short = Event(EventKind.CUE, 0, 300, LINES[0], "come-in")

    with pytest.raises(SoundError, match="The line 'come-in' takes longer than the 300 ms"):
        render(Timeline("small", 300, (short,)), speaker, tmp_path / "small.m4a")

    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_to_is_named(tmp_path):
    (tmp_path / "a file").write_text("not a folder")

    with pytest.raises(SoundError, match="could not be written"):
        render(laid_out(voice("bells")), voice("bells"), tmp_path / "a file" / "small.m4a")


def test_a_maker_that_stops_half_way_leaves_what_was_there(tmp_path):
    path = tmp_path / "small.m4a"
    path.write_bytes(b"the file of before")

    def stop(share):
        if share > 0.6:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        render(laid_out(voice("bells")), voice("bells"), path, progress=stop)

    assert [found.read_bytes() for found in tmp_path.iterdir()] == [b"the file of before"]


def test_what_a_killed_maker_left_half_written_is_swept(tmp_path):
    (tmp_path / ".small.m4a.0123.draft").write_bytes(b"half")
    (tmp_path / ".other.m4a.0123.draft").write_bytes(b"somebody else's")

    render(laid_out(voice("bells")), voice("bells"), tmp_path / "small.m4a")

    assert sorted(found.name for found in tmp_path.iterdir()) == [".other.m4a.0123.draft", "small.m4a"]


def test_progress_rises_to_one(tmp_path):
    told = []

    render(laid_out(voice("bells")), voice("bells"), tmp_path / "small.m4a", progress=told.append)

    assert told == sorted(told)
    assert (told[0] > 0, told[-1]) == (True, 1.0)


def test_what_was_measured_before_gives_the_same_bytes(timeline, speaker, sound_file, tmp_path):
    for number in range(2):
        render(timeline, Speaker(speaker, cache=tmp_path / "cache"), tmp_path / f"{number}.m4a")

    made = {path.read_bytes() for path in (sound_file, tmp_path / "0.m4a", tmp_path / "1.m4a")}
    assert len(made) == 1


@pytest.mark.parametrize("name", ["built-in", "built-in-en-GB"])
def test_two_practices_of_other_words_are_equally_loud(tmp_path, name):
    speaker = Speaker(voice(name))
    levels = []
    for number, lines in enumerate([("Yes.", "Stop here, stop."), LINES[:1], LINES[1:], ("Hush, hush.",)]):
        timeline = laid_out(speaker, lines=lines)
        render(timeline, speaker, tmp_path / f"{number}.m4a")
        heard = decoded(tmp_path / f"{number}.m4a")
        said = [stretch(heard, e.start_ms, e.end_ms) for e in of_kind(timeline, EventKind.CUE)]
        levels.append(measured(np.concatenate(said * 4))[0])

    assert max(levels) - min(levels) <= 1
    assert max(abs(level + 20) for level in levels) <= 1
