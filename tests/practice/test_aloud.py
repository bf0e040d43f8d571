"""A text read aloud is laid out line after line."""

from __future__ import annotations

from heartwood.practice.aloud import WHOLE_MS, Line, lay_out_aloud

LINES = (Line("A title", 1_800), Line("First words.", 1_400), Line("Last words.", 1_400))


def _slowly(words: str) -> int:
    return 101 * len(words)


def test_every_line_is_said_once_in_order_and_has_its_time() -> None:
    cues = [event for event in lay_out_aloud(LINES, _slowly).events if event.kind == "cue"]

    assert [cue.text for cue in cues] == [line.words for line in LINES]
    assert [cue.length_ms for cue in cues] == [_slowly(line.words) for line in LINES]


def test_it_has_no_gap_and_no_bell_and_ends_with_its_last_silence() -> None:
    timeline = lay_out_aloud(LINES, _slowly)
    ends = [0, *(event.end_ms for event in timeline.events)]

    assert [event.start_ms for event in timeline.events] == ends[:-1]
    assert timeline.milliseconds == ends[-1]
    assert not any(event.kind == "bell" for event in timeline.events)


def test_each_silence_is_as_long_as_wanted_and_the_whole_is_exact() -> None:
    timeline = lay_out_aloud(LINES, _slowly)
    pauses = [event.length_ms for event in timeline.events if event.kind == "pause"]

    assert all(0 <= pause - line.after_ms < WHOLE_MS for pause, line in zip(pauses, LINES, strict=True))
    assert timeline.milliseconds % WHOLE_MS == 0
