"""A moment: how long each line stays, and when it comes."""

from heartwood.curriculum.moment import Line, Moment
from heartwood.curriculum.ways import STRANDS


def moment(*lines: Line) -> Moment:
    return Moment("here", "Here", "", "whom", ("self",), lines, {"water": "Drink some water."})


def test_a_line_stays_as_long_as_saying_it_takes_and_its_pause():
    eleven_words = "one two three four five six seven eight nine ten eleven"

    assert Line("stop", eleven_words, "notice", 7_000).lasts_ms == 6_000 + 7_000


def test_a_line_begins_when_the_one_before_has_had_its_pause():
    lines = [Line(strand, "Feel the floor now please", strand, 5_000) for strand in STRANDS]

    shown = moment(*lines)

    assert lines[0].lasts_ms == 7_727
    assert shown.begins == (0, 7_727, 15_454, 23_181)
    assert shown.lasts_ms == 30_908


def test_the_strands_are_told_as_they_follow_each_other():
    back = moment(
        *(Line(f"l{n}", "Here", strand, 1_000) for n, strand in enumerate(("wish", "wish", "notice")))
    )

    assert back.strands == ("wish", "notice")
