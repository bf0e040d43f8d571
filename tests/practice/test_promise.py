"""A script is held to its promise before anybody is invited to it."""

from dataclasses import replace

from heartwood.practice import Bell, BellKind, Cue, Repeat, Script, Silence, check_script, cues, lay_out
from heartwood.practice.promise import estimated_lengths
from tests.practice.scripts import quiet, three_minutes


def test_a_script_that_keeps_its_promise_has_no_findings():
    assert check_script(three_minutes()) == []


def test_every_promised_tenth_can_be_laid_out_by_the_slowest_and_the_quickest_voice():
    script = three_minutes()

    for pace in (95, 170):
        spoken = estimated_lengths(script, words_a_minute=pace)
        for tenth in range(20, 51):
            assert lay_out(script, tenth * 6_000, spoken=spoken).milliseconds == tenth * 6_000


def test_a_promise_shorter_than_the_words_is_found():
    [finding] = check_script(three_minutes(shortest_ms=54_000))

    assert finding == (
        "The shortest promised is 0.9 minutes, but what is always there needs 1 at 95 words a minute. "
        "Raise the shortest, or make more of it optional."
    )


def test_a_promise_longer_than_the_pauses_is_found_for_the_quickest_voice():
    script = three_minutes(longest_ms=330_000)

    [finding] = check_script(script)

    assert "everything together reaches only 5 at 170 words a minute" in finding


def test_a_hole_inside_the_promise_is_found():
    script = Script(
        "hole",
        "Hole",
        (
            Bell(BellKind.OPENING),
            Silence("short", quiet(20, 30, 40)),
            Bell(BellKind.INTERVAL),
            Silence("long", quiet(80, 85, 90), rank=1),
            Bell(BellKind.CLOSING),
        ),
        60_000,
        60_000,
        150_000,
    )

    [finding] = check_script(script)

    assert finding.startswith("Nothing fills 1.13 to 2.13 minutes at 95 words a minute.")
    assert check_script(replace(script, longest_ms=66_000)) == []


def test_lines_inside_a_repeat_are_counted_once():
    assert [cue.id for cue in cues(three_minutes())] == ["sit-down", "and-if-standing", "one-breath"]


def test_quiet_that_must_pass_ninety_seconds_is_found():
    line = Cue("a", "words", quiet(60, 60, 60))
    again = Repeat("again", (Silence("b", quiet(40, 40, 40)),), 1, 2, rank=1)
    script = Script("s", "S", (Bell(BellKind.OPENING), line, again, Bell(BellKind.CLOSING)), 0, 0, 1)

    [finding] = check_script(script)

    assert "the quiet around 'a' lasts at least 100 seconds" in finding
