"""Lines as captions."""

from heartwood.practice import Event, EventKind, Timeline
from heartwood.practice.captions import captions


def test_lines_and_bells_are_shown_while_they_sound_and_quiet_is_not():
    timeline = Timeline(
        "small",
        3_621_000,
        (
            Event(EventKind.BELL, 0, 9_000, "", "opening"),
            Event(EventKind.CUE, 9_000, 2_050, "Here you are.", "come-in"),
            Event(EventKind.PAUSE, 11_050, 3_588_950, "", "come-in"),
            Event(EventKind.CUE, 3_600_000, 3_001, "You & me,\n\nnow --> here.", "out"),
            Event(EventKind.SILENCE, 3_603_001, 17_999, "", "stay"),
        ),
    )

    assert captions(timeline) == (
        "WEBVTT\n\n"
        "00:00:00.000 --> 00:00:09.000\n(A bell)\n\n"
        "00:00:09.000 --> 00:00:11.050\nHere you are.\n\n"
        "01:00:00.000 --> 01:00:03.001\nYou &amp; me, now --&gt; here.\n"
    )
