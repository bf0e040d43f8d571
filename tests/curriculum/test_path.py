"""Amara's path: where it stands through pauses, repeats and weeks gone to, and which weeks are open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heartwood.curriculum import Course, Path, Standing, Turn, Turning, Week

MONDAY = date(2026, 9, 7)
LATER = date(2028, 1, 1)
WEEKS = tuple(Week(number, number, f"Week {number}", "", practices=("sit",)) for number in (1, 2, 3, 4))
COURSE = Course("small", "Small", "", "en", WEEKS)


def day(number: int) -> date:
    """The day of that number on the path, from 1."""
    return MONDAY + timedelta(days=number - 1)


def paused(number: int) -> Turn:
    return Turn(day(number), Turning.PAUSED)


def resumed(number: int) -> Turn:
    return Turn(day(number), Turning.RESUMED)


def went(number: int, *, to: int) -> Turn:
    return Turn(day(number), Turning.WENT, to)


def path(*turns: Turn, course: Course = COURSE) -> Path:
    return Path(course, MONDAY, turns)


def standing(walk: Path, number: int) -> Standing:
    return walk.on(day(number), today=LATER)


def stands(walk: Path, number: int) -> tuple[int, int]:
    """Place and day of the week."""
    found = standing(walk, number)
    return found.place, found.day


def opened(walk: Path, number: int) -> int:
    return len(walk.open_weeks(day(number)))


def test_weeks_come_one_after_the_other():
    assert [stands(path(), n) for n in (1, 7, 8, 14, 15)] == [(0, 1), (0, 7), (1, 1), (1, 7), (2, 1)]


def test_after_the_last_week_the_path_is_finished():
    assert [standing(path(), n).is_finished for n in (28, 29, 400)] == [False, True, True]


def test_a_later_going_to_a_week_makes_it_unfinished():
    walk = path(went(40, to=1))

    assert [standing(walk, n).is_finished for n in (39, 40)] == [True, False]
    assert stands(walk, 40) == (1, 1)


@pytest.mark.parametrize(("number", "count"), [(0, 0), (-20, 0), (1, 1), (8, 2), (400, 4)])
def test_what_has_begun_stays_open(number, count):
    assert opened(path(), number) == count


def test_a_course_may_have_another_rhythm_of_days():
    walk = path(course=replace(COURSE, days_per_week=3))

    assert [stands(walk, n) for n in (3, 4)] == [(0, 3), (1, 1)]
    assert walk.comes_to(2, today=day(4)) == day(7)


def test_a_course_begun_on_the_twenty_ninth_of_february_counts_on():
    walk = Path(COURSE, date(2028, 2, 29))

    assert [walk.now(date(2028, 3, n)).place for n in (6, 7)] == [0, 1]
    assert walk.now(date(2029, 2, 28)).is_finished


def test_while_it_rests_the_path_stands_where_it_stood():
    walk = path(paused(3))

    assert [stands(walk, n) for n in (2, 3, 4, 50)] == [(0, 2), (0, 3), (0, 3), (0, 3)]
    assert [standing(walk, n).is_paused for n in (2, 3, 50)] == [False, True, True]


def test_after_a_pause_it_goes_on_where_it_was():
    walk = path(paused(3), resumed(20))

    assert [stands(walk, n) for n in (20, 24, 25)] == [(0, 3), (0, 7), (1, 1)]


def test_paused_and_resumed_on_one_day_nothing_has_happened():
    assert [standing(path(paused(3), resumed(3)), n) for n in (3, 9)] == [standing(path(), n) for n in (3, 9)]


def test_resumed_and_paused_again_on_one_day_it_rests():
    walk = path(paused(2), resumed(4), paused(4), resumed(6))

    assert stands(walk, 6) == (0, 2)


def test_pausing_twice_and_going_on_while_going_change_nothing():
    often = path(resumed(2), paused(3), paused(5), resumed(9), resumed(10))
    once = path(paused(3), resumed(9))

    assert [standing(often, n) for n in (4, 8, 9, 30)] == [standing(once, n) for n in (4, 8, 9, 30)]
    assert often.moved_on(day(30)) == once.moved_on(day(30)) == day(9)


def test_a_week_that_is_repeated_begins_anew():
    walk = path(went(12, to=1))

    assert [stands(walk, n) for n in (11, 12, 18, 19)] == [(1, 4), (1, 1), (1, 7), (2, 1)]
    assert standing(walk, 13).opening == day(12)


def test_going_back_closes_nothing():
    assert opened(path(went(16, to=0)), 16) == 3


def test_going_back_on_the_morning_on_which_a_week_opened_leaves_it_open():
    assert opened(path(went(8, to=0)), 9) == 2


def test_what_was_gone_to_for_an_hour_stays_open():
    assert opened(path(went(2, to=3), went(2, to=0)), 3) == 4


def test_entering_late_opens_what_lies_before():
    assert opened(path(went(1, to=2)), 1) == 3


def test_going_to_a_week_ends_a_pause():
    walk = path(paused(3), went(10, to=2))

    assert not standing(walk, 10).is_paused
    assert stands(walk, 10) == (2, 1)


def test_the_present_run_of_a_week_began_when_its_count_came_to_it():
    assert standing(path(), 10).opening == day(8)
    assert standing(path(paused(4), resumed(6)), 12).opening == day(10)
    assert standing(path(paused(8), resumed(20)), 21).opening == day(8)


def test_turns_made_before_the_first_day_count_as_made_on_it():
    walk = path(went(-9, to=1), paused(-3), resumed(-2))

    assert [stands(walk, n) for n in (1, 8)] == [(1, 1), (2, 1)]
    assert opened(walk, 0) == 0


def test_a_turn_of_a_later_date_than_today_counts_as_made_today():
    """Paused in Auckland on the tenth; in Honolulu it is the ninth, and the path rests."""
    walk = path(paused(10), resumed(9))

    assert path(paused(10)).now(day(9)).is_paused
    assert stands(walk, 12) == (1, 5)


@pytest.mark.parametrize(
    ("turns", "number", "comes"),
    [
        ((), 1, [None, 8, 15, 22]),
        ((), 10, [None, None, 15, 22]),
        ((), -5, [1, 8, 15, 22]),
        ((paused(3),), 4, [None, None, None, None]),
        ((paused(3), resumed(9)), 9, [None, 14, 21, 28]),
        ((went(16, to=0),), 17, [None, 23, 30, 37]),
        ((went(-2, to=1),), -1, [1, 1, 8, 15]),
    ],
)
def test_the_path_says_when_it_comes_to_each_week(turns, number, comes):
    told = [path(*turns).comes_to(place, today=day(number)) for place in range(4)]

    assert told == [day(n) if n is not None else None for n in comes]


TURNS = st.builds(
    Turn,
    st.integers(1, 60).map(day),
    st.sampled_from(Turning),
    st.integers(0, 3),
)


@given(st.lists(TURNS, max_size=8).map(lambda turns: sorted(turns, key=lambda turn: turn.day)))
def test_from_day_to_day_a_week_comes_only_by_turn_or_count_and_nothing_closes(turns):
    walk = path(*turns, course=replace(COURSE, days_per_week=3))
    turned = {turn.day for turn in turns}

    for number in range(1, 70):
        before, after = standing(walk, number), standing(walk, number + 1)
        if day(number + 1) not in turned:
            step = (after.place - before.place) * 3 + after.day - before.day
            assert step == (0 if before.is_paused else 1)
        assert before.opening <= day(number)
        assert opened(walk, number) <= opened(walk, number + 1)


@given(
    st.lists(TURNS, max_size=8).map(lambda turns: sorted(turns, key=lambda turn: turn.day)),
    st.integers(1, 60),
)
def test_the_day_that_was_told_for_a_week_is_the_day_on_which_it_comes(turns, number):
    walk = path(*(turn for turn in turns if turn.day <= day(number)))
    now = walk.now(day(number)).place

    for place in range(now + 1, 4):
        comes = walk.comes_to(place, today=day(number))
        if comes:
            assert (walk.now(comes).place, walk.now(comes).day) == (place, 1)
