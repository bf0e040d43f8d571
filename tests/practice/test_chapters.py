"""Where a practice can be gone back to."""

from heartwood.practice import Event, EventKind, Timeline
from heartwood.practice.chapters import Chapter, chapters, chapters_as_vtt
from heartwood.practice.choices import Bowl, Choices, as_chosen
from heartwood.practice.unguided import lay_out_unguided, sit

ROWS = [
    (EventKind.BELL, 9_000, "", "opening"),
    (EventKind.CUE, 3_000, "Sit down.", "sit"),
    (EventKind.PAUSE, 12_000, "", "sit"),
    (EventKind.SILENCE, 8_000, "", "stay"),
    (EventKind.CUE, 4_000, "Still here, & <well>.", "here"),
    (EventKind.PAUSE, 19_999, "", "here"),
    (EventKind.CUE, 4_000, "And again.", "again"),
    (EventKind.BELL, 12_000, "", "closing"),
]


def small():
    events, now = [], 0
    for kind, length, text, name in ROWS:
        events.append(Event(kind, now, length, text, name))
        now += length
    return Timeline("small", now, tuple(events))


def test_bells_and_the_line_after_a_long_quiet_begin_a_chapter():
    assert chapters(small()) == (
        Chapter(0, 32_000, "A bell"),
        Chapter(32_000, 59_999, "Still here, & <well>."),
        Chapter(59_999, 71_999, "A bell"),
    )


def test_as_a_track_they_are_webvtt_with_its_signs_escaped():
    blocks = chapters_as_vtt(small()).split("\n\n")

    assert (blocks[0], blocks[2]) == (
        "WEBVTT",
        "00:00:32.000 --> 00:00:59.999\nStill here, &amp; &lt;well&gt;.",
    )


def test_settling_in_and_a_quiet_without_any_bell_have_a_name():
    silent = Choices(opening_bell=Bowl.NONE, closing_bell=Bowl.NONE, settling_seconds=15)

    assert [c.title for c in chapters(as_chosen(lay_out_unguided(sit(60_000)), silent))] == ["Settling in"]
