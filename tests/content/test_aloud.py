"""Prose becomes words that a voice can say."""

from __future__ import annotations

import pytest

from heartwood import content
from heartwood.content.aloud import AFTER_HEADING_MS, AFTER_POINT_MS, lines_aloud, say
from heartwood.curriculum.course import Text

SHIPPED = content.shipped_courses() / "heartwood-8w"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("about 1,200 people", "about 1200 people"),
        ("d = 0.45", "d equals 0 point 4 5"),
        ("-0.3 to 0.1", "minus 0 point 3 to 0 point 1"),
        ("60–90 % of it", "60 to 90 percent of it"),
        ("it grew by .75 on a scale", "it grew by 0 point 7 5 on a scale"),
        ("at 18:30, on the stairs", "at 18 30, on the stairs"),
        ("p < 0.05", "p below 0 point 0 5"),
        ("fruit, e.g. pears", "fruit, for example pears"),
        ("Jazaieri et al. asked", "Jazaieri and others asked"),
        ("It helped (Jazaieri et al., 2016).", "It helped."),
        ("salt & pepper", "salt and pepper"),
        ("a well-known 4-year-old", "a well-known 4-year-old"),
    ],
)
def test_figures_signs_and_short_forms_are_said_in_words(written: str, said: str) -> None:
    assert say(written) == said


def test_what_is_for_the_eye_is_left_out() -> None:
    text = Text(
        "Feet", "It *only* looks **so**: [51 adults](cite:jazaieri-2016) were\nasked.\n\n---\n\n<b>x</b>"
    )

    assert [line.words for line in lines_aloud(text)] == [
        "Feet",
        "It only looks so: 51 adults were asked.",
        "x",
    ]


def test_headings_and_points_are_lines_with_their_own_silence() -> None:
    lines = lines_aloud(Text("Feet", "### In the way\n\n- one\n- two\n"))

    assert [(line.words, line.after_ms) for line in lines[1:]] == [
        ("In the way", AFTER_HEADING_MS),
        ("one", AFTER_POINT_MS),
        ("two", AFTER_POINT_MS),
    ]


def test_no_reading_of_the_shipped_course_keeps_a_sign_that_nobody_says() -> None:
    readings = [week.reading for week in content.read_course(SHIPPED).course.weeks if week.reading]
    words = [line.words for reading in readings for line in lines_aloud(reading)]

    assert len(readings) == 8
    assert [line for line in words if set(line) & set("[]*_#%=<>&|`~^{}\\")] == []
