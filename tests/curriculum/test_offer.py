"""What Amara is offered today: one thing, by the first rule that fits, and what lies beside it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heartwood.curriculum import (
    Course,
    Crossroads,
    Known,
    Offer,
    Path,
    Portion,
    Rule,
    Sat,
    Text,
    Turn,
    Turning,
    Week,
    offer,
)

MONDAY = date(2026, 9, 7)
MINUTE = 60_000


@dataclass(frozen=True)
class Range:
    shortest_ms: int
    default_ms: int
    longest_ms: int


LENGTHS = {
    "arrive": Range(2 * MINUTE, 3 * MINUTE, 5 * MINUTE),
    "settle": Range(5 * MINUTE, 12 * MINUTE, 30 * MINUTE),
    "counting": Range(5 * MINUTE, 10 * MINUTE, 20 * MINUTE),
    "dear-one": Range(8 * MINUTE, 15 * MINUTE, 30 * MINUTE),
    "pebble": Range(MINUTE, 4 * MINUTE, 6 * MINUTE),
}
READING, SMALL_THING = Text("Before the kettle", "It hums."), Text("At a door", "Pause at one door.")
WEEKS = (
    Week(1, 1, "Settling", "", ("settle", "counting"), "pebble", READING, SMALL_THING),
    Week(2, 2, "Somebody dear", "", ("dear-one", "settle"), "pebble"),
)
COURSE = Course("small", "Small", "", "en", WEEKS, arrival="arrive")
ARRIVAL = Portion("arrive", 3 * MINUTE)


def day(number: int) -> date:
    """The day of that number on the path, from 1."""
    return MONDAY + timedelta(days=number - 1)


def sat(number: int, practice: str = "settle", *, minutes: int = 12, of: int | None = None) -> Sat:
    """Whole, unless it is told of how many minutes it was a part."""
    return Sat(day(number), practice, (of or minutes) * MINUTE, minutes * MINUTE)


def offered(
    number: int, *sittings: Sat, turns: tuple[Turn, ...] = (), course: Course = COURSE, today: int = 0,
    hard_night: bool = False, planned: int | None = None,
) -> Offer:  # fmt: skip
    """today: minutes practised today. planned: minutes, or None."""
    path = Path(course, MONDAY, turns, planned * MINUTE if planned else None)
    return offer(path, Known(day(number), sittings, today * MINUTE, hard_night), lengths=LENGTHS)


def went(number: int, *, to: int) -> Turn:
    return Turn(day(number), Turning.WENT, to)


PAUSED, RESUMED = Turn(day(3), Turning.PAUSED), Turn(day(20), Turning.RESUMED)


def test_before_the_beginning_she_may_arrive():
    page = offered(-2, hard_night=True, today=90)

    assert (page.rule, page.week, page.portion) == (Rule.BEFORE, WEEKS[0], ARRIVAL)
    assert (page.reading, page.daily_life, page.may_say_hard_night) == (None, None, False)


def test_a_path_at_rest_has_its_page():
    page = offered(60, turns=(PAUSED,), hard_night=True)

    assert (page.rule, page.week, page.portion) == (Rule.PAUSED, WEEKS[0], ARRIVAL)
    assert (page.daily_life, page.crossroads, page.may_say_hard_night) == (None, None, False)


def test_after_the_last_week_its_practices_stay_at_the_usual_length():
    page = offered(15, sat(14, "dear-one", minutes=20))

    assert (page.rule, page.week) == (Rule.FINISHED, WEEKS[1])
    assert page.after == (Portion("dear-one", 20 * MINUTE), Portion("settle", 20 * MINUTE))
    assert page.portion == page.after[0]


def test_at_rest_comes_before_finished():
    assert offered(60, turns=(Turn(day(20), Turning.PAUSED),)).rule is Rule.PAUSED


def test_on_the_first_day_the_weeks_own_practice_is_offered_at_its_own_length():
    page = offered(1)

    assert (page.rule, page.week, page.day) == (Rule.PRACTICE, WEEKS[0], 1)
    assert (page.portion, page.daily_life) == (Portion("settle", 12 * MINUTE), SMALL_THING)


def test_practices_of_a_week_take_turns():
    pages = offered(2, sat(1)), offered(3, sat(1), sat(2, "counting")), offered(8, sat(7))

    assert [page.portion.practice for page in pages] == ["counting", "settle", "dear-one"]


def test_a_week_that_is_repeated_forgets_what_was_begun_in_it():
    page = offered(5, sat(1), sat(2), sat(3, "counting"), turns=(went(4, to=0),))

    assert page.portion.practice == "settle"


def test_a_second_sitting_on_a_day_is_led_on():
    page = offered(1, sat(1, minutes=5, of=12), today=5)

    assert (page.rule, page.portion.practice) == (Rule.PRACTICE, "counting")


def test_the_length_is_the_middle_of_the_last_five_that_the_practice_allows():
    lengths = [30, 6, 9, 3, 20, 7, 8]
    past = [sat(n, "counting", minutes=m) for n, m in enumerate(lengths, start=1)]

    assert offered(8, *past, course=replace(COURSE, days_per_week=20)).portion == Portion(
        "settle", 8 * MINUTE
    )


def test_the_length_does_not_change_by_what_was_sat_today():
    assert offered(1, sat(1, minutes=6)).portion.length_ms == 10 * MINUTE


def test_lengths_that_the_practice_does_not_allow_are_left_aside():
    assert offered(8, sat(7, "arrive", minutes=3)).portion.length_ms == 15 * MINUTE


def test_without_a_sitting_the_length_is_the_one_that_was_planned():
    assert [offered(1, planned=m).portion.length_ms // MINUTE for m in (20, 45)] == [20, 12]


def test_a_length_is_a_tenth_of_a_minute_and_never_under_the_shortest():
    odd, short = Sat(day(1), "", None, 8 * MINUTE + 5_999), Sat(day(1), "", None, 5 * MINUTE + 1)

    assert [offered(2, one).portion.length_ms for one in (odd, short)] == [8 * MINUTE, 5 * MINUTE]


def test_after_seven_days_away_she_is_greeted_and_offered_to_arrive():
    away, not_yet = offered(10, sat(3)), offered(9, sat(3))

    assert (away.rule, away.portion) == (Rule.BACK, ARRIVAL)
    assert (not_yet.rule, not_yet.portion.practice) == (Rule.PRACTICE, "dear-one")


def test_coming_back_in_another_week_there_is_a_choice_where_to_go_on():
    assert offered(10, sat(3)).crossroads == Crossroads(go_on=1, take_up=0)
    assert offered(8).crossroads == Crossroads(go_on=1, take_up=0)
    assert offered(10, sat(3), course=replace(COURSE, days_per_week=20)).crossroads is None


def test_whoever_sat_today_is_not_greeted_again():
    assert offered(10, sat(3), sat(10, "arrive", minutes=3), today=3).rule is Rule.PRACTICE


def test_going_on_after_a_pause_or_to_a_week_is_no_absence():
    assert [offered(n, sat(3), turns=(PAUSED, RESUMED)).rule for n in (20, 23)] == [Rule.PRACTICE] * 2
    assert offered(16, sat(3), turns=(went(10, to=1),)).rule is Rule.PRACTICE


def test_after_a_hard_night_there_is_the_short_practice():
    page = offered(2, hard_night=True, today=60)

    assert (page.rule, page.portion) == (Rule.HARD_NIGHT, Portion("pebble", 4 * MINUTE))
    assert (page.reading, page.daily_life, page.may_say_hard_night) == (READING, SMALL_THING, False)


def test_without_a_short_practice_a_hard_night_arrives_or_is_as_short_as_can_be():
    weeks = tuple(replace(week, short=None) for week in WEEKS)
    plain = replace(COURSE, weeks=weeks)

    pages = (
        offered(2, hard_night=True, course=plain),
        offered(2, hard_night=True, course=replace(plain, arrival=None)),
    )
    assert [page.portion for page in pages] == [ARRIVAL, Portion("settle", 5 * MINUTE)]


@pytest.mark.parametrize(("minutes", "rule"), [(9, Rule.PRACTICE), (10, Rule.ENOUGH), (40, Rule.ENOUGH)])
def test_practised_as_long_as_usual_there_is_nothing_more_to_do(minutes, rule):
    page = offered(1, sat(1, minutes=minutes), today=minutes)

    assert (page.rule, page.portion.practice) == (rule, "counting")


def test_the_moments_that_a_phone_loses_make_nobody_begin_again():
    whole, short = (offered(1, sat(1), today=minutes).rule for minutes in (10 - 0.1, 10 - 0.11))

    assert (whole, short) == (Rule.ENOUGH, Rule.PRACTICE)


@pytest.mark.parametrize(("number", "reading"), [(1, READING), (2, READING), (3, None)])
def test_the_reading_stands_beside_on_the_first_two_days(number, reading):
    assert offered(number, sat(1, "counting"), sat(1, "settle")).reading == reading


def test_what_was_left_yesterday_is_offered_second():
    left = sat(1, "settle", minutes=10, of=12)
    page = offered(2, left)

    assert (page.portion.practice, page.unfinished) == ("counting", left)


@pytest.mark.parametrize(
    "sittings",
    [
        (sat(1, minutes=11, of=12),),
        (sat(1, minutes=1, of=12), sat(1, "counting", minutes=10)),
        (sat(1, "of another course", minutes=1, of=12),),
        (sat(1, "", minutes=1, of=12),),
        (sat(1, "counting", minutes=10), sat(1, minutes=1, of=12)),
    ],
    ids=["nearly whole", "another was last", "not of the course", "in silence", "it stands first"],
)
def test_otherwise_nothing_of_yesterday_is_offered(sittings):
    assert offered(2, *sittings).unfinished is None


def test_a_course_without_an_arrival_practice_has_the_short_one_or_its_first():
    plain = replace(COURSE, arrival=None)
    bare = replace(plain, weeks=tuple(replace(week, short=None) for week in WEEKS))

    told = [[offered(n, turns=t, course=c).portion for n, t in ((-2, ()), (5, (PAUSED,)), (10, ()))]
            for c in (plain, bare)]  # fmt: skip

    assert told == [
        [Portion("pebble", 4 * MINUTE)] * 3,
        [Portion("settle", 5 * MINUTE)] * 2 + [Portion("dear-one", 8 * MINUTE)],
    ]


SITTINGS = st.lists(
    st.builds(
        Sat,
        st.integers(-3, 40).map(day),
        st.sampled_from(["", "elsewhere", *LENGTHS]),
        st.none() | st.integers(1, 40 * MINUTE),
        st.integers(0, 40 * MINUTE),
    ),
    max_size=12,
)
TURNS = st.lists(
    st.builds(Turn, st.integers(-3, 40).map(day), st.sampled_from(Turning), st.integers(0, 2)), max_size=6
)


@given(SITTINGS, TURNS, st.integers(-5, 45), st.integers(0, 40 * MINUTE), st.booleans())
def test_on_any_day_there_is_one_thing_at_a_length_that_it_allows(sittings, turns, number, practised, hard):
    path = Path(COURSE, MONDAY, turns)
    page = offer(path, Known(day(number), sittings, practised, hard), lengths=LENGTHS)

    for portion in (page.portion, *page.after):
        allowed = LENGTHS[portion.practice]
        assert allowed.shortest_ms <= portion.length_ms <= allowed.longest_ms
    assert page.unfinished is None or page.unfinished.practice != page.portion.practice
    assert page.may_say_hard_night == (
        not hard and page.rule not in (Rule.BEFORE, Rule.PAUSED, Rule.FINISHED)
    )
    assert page.crossroads is None or page.rule is Rule.BACK


@given(SITTINGS, TURNS, st.integers(-5, 45))
def test_the_day_decides_and_not_the_order_in_which_days_arrive(sittings, turns, number):
    """What a phone without network sends late counts on its own day."""
    path, once = Path(COURSE, MONDAY, turns), {sat.day: sat for sat in sittings}

    pages = [offer(path, Known(day(number), order), lengths=LENGTHS)
             for order in (list(once.values()), list(once.values())[::-1])]  # fmt: skip

    assert pages[0] == pages[1]
