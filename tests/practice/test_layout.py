"""Laying out a script: exact to the millisecond, and kind to whoever chooses another length."""

from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from heartwood.errors import LengthError, ScriptError
from heartwood.practice import (
    Bell,
    BellKind,
    Cue,
    EventKind,
    Repeat,
    Script,
    Silence,
    lay_out,
    position,
)
from heartwood.practice.arrangement import arrangements
from tests.practice.scripts import SPOKEN, quiet, scripts_with_voices, three_minutes

QUIET = (EventKind.PAUSE, EventKind.SILENCE)
EIGHTEEN_MINUTES = 18 * 60_000


def reachable(script, spoken):
    """Every stretch of lengths that this script can fill, as (from, to)."""
    try:
        among = arrangements(script, spoken=spoken)
    except ScriptError:
        assume(False)
    ends = [after.from_ms - 1 for after in among[1:]] + [among[-1].max_ms]
    reach = [(a.from_ms, min(a.max_ms, end)) for a, end in zip(among, ends, strict=True)]
    return [(low, high) for low, high in reach if low <= high]


@st.composite
def lengths(draw, reach):
    low, high = draw(st.sampled_from(reach))
    return draw(st.integers(low, high))


@st.composite
def laid_out(draw, *, times=1):
    """A script, its voice, and that many of its timelines from short to long."""
    script, spoken = draw(scripts_with_voices())
    reach = reachable(script, spoken)
    assume(reach)
    chosen = sorted(draw(lengths(reach)) for _ in range(times))
    return script, spoken, [lay_out(script, length, spoken=spoken) for length in chosen]


def heard(timeline):
    """Which lines are spoken, and which silences and rounds are there, by id."""
    return {(e.kind, e.id) for e in timeline.events if e.kind in (EventKind.CUE, EventKind.BELL)}


@given(laid_out())
def test_a_timeline_has_no_gap_and_ends_exactly(drawn):
    _, _, [timeline] = drawn

    ends = [0, *(event.end_ms for event in timeline.events)]
    assert [event.start_ms for event in timeline.events] == ends[:-1]
    assert ends[-1] == timeline.milliseconds


@given(laid_out())
def test_bells_keep_their_slots_and_the_last_rings_out_at_the_end(drawn):
    _, _, [timeline] = drawn

    first, last = timeline.events[0], timeline.events[-1]
    assert (first.kind, first.id, first.length_ms) == (EventKind.BELL, "opening", 9_000)
    assert (last.kind, last.id, last.length_ms) == (EventKind.BELL, "closing", 12_000)


def written(script):
    """The script's cues and silences, all rounds in, as (id, quiet) in order."""
    for part in script.parts:
        if isinstance(part, Repeat):
            for turn in range(1, part.greatest + 1):
                yield from ((f"{part.id}.{turn}/{inner.id}", inner) for inner in part.parts)
        elif not isinstance(part, Bell):
            yield part.id, part


@given(laid_out())
def test_lines_keep_the_order_of_the_script(drawn):
    script, spoken, [timeline] = drawn
    order = [name for name, part in written(script) if isinstance(part, Cue)]

    cues = [event for event in timeline.events if event.kind is EventKind.CUE]

    assert [cue.id for cue in cues] == [name for name in order if name in {cue.id for cue in cues}]
    assert all(cue.length_ms == spoken[cue.id.rsplit("/", 1)[-1]] for cue in cues)


@given(laid_out())
def test_every_quiet_stretch_stays_within_its_bounds(drawn):
    script, _, [timeline] = drawn
    bounds = {name: part.pause if isinstance(part, Cue) else part.quiet for name, part in written(script)}
    lengths = {e.id: e.length_ms for e in timeline.events if e.kind in QUIET}
    present = {e.id for e in timeline.events if e.kind is EventKind.CUE} | set(lengths)

    for name in present:
        assert bounds[name].least <= lengths.get(name, 0) <= bounds[name].greatest


@given(laid_out())
def test_what_is_always_spoken_is_always_there(drawn):
    script, _, [timeline] = drawn
    always = {part.id for part in script.parts if isinstance(part, Cue) and part.rank is None}

    assert always <= {event.id for event in timeline.events if event.kind is EventKind.CUE}


@given(laid_out())
def test_the_same_question_has_the_same_answer(drawn):
    script, spoken, [timeline] = drawn

    assert lay_out(script, timeline.milliseconds, spoken=dict(reversed(spoken.items()))) == timeline


@given(laid_out(times=2))
def test_more_time_never_drops_a_line(drawn):
    _, _, [shorter, longer] = drawn

    assert heard(shorter) <= heard(longer)


@given(scripts_with_voices(), st.data())
def test_with_the_same_lines_more_time_shortens_no_pause(drawn, data):
    script, spoken = drawn
    reach = reachable(script, spoken)
    assume(reach)
    low, high = data.draw(st.sampled_from(reach))
    first = data.draw(st.integers(low, high))
    second = min(high, first + data.draw(st.integers(0, 3) | st.integers(0, high - low)))

    short, long = (lay_out(script, length, spoken=spoken) for length in (first, second))

    after = {event.id: event.length_ms for event in long.events if event.kind in QUIET}
    assert all(e.length_ms <= after.get(e.id, 0) for e in short.events if e.kind in QUIET)


@given(laid_out())
def test_from_eighteen_minutes_on_a_third_is_quiet(drawn):
    _, _, [timeline] = drawn

    if timeline.milliseconds >= EIGHTEEN_MINUTES:
        assert timeline.quiet_ms * 3 >= timeline.milliseconds


def test_a_script_full_of_words_waits_until_a_third_is_quiet():
    talk = [Cue(f"line-{n}", "words", quiet(1, 2, 30), rank=n + 1) for n in range(120)]
    script = Script("talk", "Talk", (Bell(BellKind.OPENING), *talk, Bell(BellKind.CLOSING)), 0, 0, 10**8)
    spoken = {cue.id: 20_000 for cue in talk}

    for minutes in (17, 18, 19, 24, 39):
        timeline = lay_out(script, minutes * 60_000, spoken=spoken)
        assert minutes < 18 or timeline.quiet_ms * 3 >= timeline.milliseconds


@given(laid_out())
def test_no_quiet_passes_ninety_seconds_unless_the_script_says_so(drawn):
    script, _, [timeline] = drawn
    is_open = {
        name for name, part in written(script) if (part.pause if isinstance(part, Cue) else part.quiet).open
    }

    run = 0
    for event in timeline.events:
        if event.kind not in QUIET:
            run = 0
        elif event.id not in is_open:
            run += event.length_ms
        assert run <= 90_000


@given(scripts_with_voices())
def test_arrangements_come_in_one_after_the_other_and_each_can_be_longer(drawn):
    script, spoken = drawn
    try:
        among = arrangements(script, spoken=spoken)
    except ScriptError:
        assume(False)

    for bound in ("from_ms", "min_ms", "natural_ms", "max_ms"):
        values = [getattr(arrangement, bound) for arrangement in among]
        assert values == sorted(values)


def test_every_tenth_of_a_minute_can_be_chosen():
    script = three_minutes()

    timelines = [lay_out(script, tenth * 6_000, spoken=SPOKEN) for tenth in range(20, 51)]

    assert [timeline.events[-1].end_ms for timeline in timelines] == [t * 6_000 for t in range(20, 51)]


def test_optional_lines_come_in_by_rank_and_rounds_follow_each_other():
    script = three_minutes(shortest_ms=0, longest_ms=10**7)
    among = arrangements(script, spoken=SPOKEN)

    came = [
        sorted(
            heard(lay_out(script, a.from_ms, spoken=SPOKEN))
            - heard(lay_out(script, b.from_ms, spoken=SPOKEN))
        )
        for b, a in pairwise(among)
    ]

    assert came == [
        [("cue", "and-if-standing")],
        *[[("cue", f"counting.{turn}/one-breath")] for turn in range(2, 7)],
    ]


def test_of_two_lines_with_the_same_rank_the_earlier_comes_in_first():
    lines = [Cue(name, "words", quiet(2, 4, 9), rank=1) for name in ("first", "second")]
    script = Script("tie", "Tie", (Bell(BellKind.OPENING), *lines, Bell(BellKind.CLOSING)), 0, 0, 10**6)

    timeline = lay_out(script, 21_000 + 6_000, spoken={"first": 1_000, "second": 1_000})

    assert [event.id for event in timeline.events if event.kind is EventKind.CUE] == ["first"]


def test_a_heavier_silence_takes_more_of_what_is_left():
    script = Script(
        "weights",
        "Weights",
        (
            Bell(BellKind.OPENING),
            Silence("light", quiet(1, 10, 80)),
            Bell(BellKind.INTERVAL),
            Silence("heavy", quiet(1, 10, 80, weight=4)),
            Bell(BellKind.CLOSING),
        ),
        0,
        0,
        10**6,
    )

    timeline = lay_out(script, 28_000 + 20_000 + 25_000, spoken={})

    silences = {e.id: e.length_ms for e in timeline.events if e.kind is EventKind.SILENCE}
    assert silences == {"light": 15_000, "heavy": 30_000}


@pytest.mark.parametrize("length", [-1, 0, 119_999, 300_001, 40 * 60_000])
def test_a_length_outside_the_promise_is_refused_with_the_lengths_there_are(length):
    with pytest.raises(LengthError, match="from 2 to 5 minutes"):
        lay_out(three_minutes(), length, spoken=SPOKEN)


@pytest.mark.parametrize("length", [float("nan"), float("inf"), 120_000.5, "180000", None, True])
def test_what_is_no_whole_number_of_milliseconds_is_refused(length):
    with pytest.raises(LengthError, match="Give whole milliseconds"):
        lay_out(three_minutes(), length, spoken=SPOKEN)


def test_a_voice_without_one_of_the_lines_is_refused_by_name():
    with pytest.raises(ScriptError, match="'one-breath'"):
        lay_out(three_minutes(), 180_000, spoken={"sit-down": 1, "and-if-standing": 1})


def test_a_voice_too_slow_for_the_length_is_told_how_long_it_needs():
    with pytest.raises(LengthError, match=r"at least 3\.8 minutes"):
        lay_out(three_minutes(), 180_000, spoken={**SPOKEN, "sit-down": 170_000})


def test_a_hole_between_two_lengths_is_told_rather_than_filled():
    script = Script(
        "hole",
        "Hole",
        (
            Bell(BellKind.OPENING),
            Silence("short", quiet(1, 2, 3)),
            Bell(BellKind.INTERVAL),
            Silence("long", quiet(60, 60, 60), rank=1),
            Bell(BellKind.CLOSING),
        ),
        0,
        0,
        10**6,
    )

    with pytest.raises(LengthError, match=r"or 1\.5 and more, but nothing between"):
        lay_out(script, 60_000, spoken={})


def test_quiet_that_must_pass_ninety_seconds_is_a_fault_of_the_script():
    script = Script(
        "long",
        "Long",
        (
            Bell(BellKind.OPENING),
            Silence("a", quiet(50, 50, 50)),
            Silence("b", quiet(50, 50, 50)),
            Bell(BellKind.CLOSING),
        ),
        0,
        0,
        10**6,
    )

    with pytest.raises(ScriptError, match="'a' lasts at least 100 seconds"):
        lay_out(script, 121_000, spoken={})


def test_the_line_now_and_the_line_to_come():
    timeline = lay_out(three_minutes(), 120_000, spoken=SPOKEN)
    lines = [event for event in timeline.events if event.kind is EventKind.CUE]

    shown = [position(timeline, at) for at in (0, lines[0].start_ms, lines[1].start_ms - 1, 119_999)]

    assert [(p.now and p.now.id, p.next and p.next.id) for p in shown] == [
        (None, "sit-down"),
        ("sit-down", lines[1].id),
        ("sit-down", lines[1].id),
        (lines[-1].id, None),
    ]
