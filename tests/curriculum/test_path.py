"""Amara's path: which week is open, and what she is offered today."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest

from heartwood.curriculum import Course, Sat, Stands, Week, begins_on, open_week, open_weeks, todays_practice

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
}
WEEKS = (
    Week(1, 1, "Settling", "", practices=("settle", "counting")),
    Week(2, 2, "Somebody dear", "", practices=("dear-one",)),
)
COURSE = Course("small", "Small", "", "en", WEEKS, arrival="arrive")


def day(number: int) -> date:
    """The day of that number on the path, from 1."""
    return MONDAY + timedelta(days=number - 1)


def offered(number: int, *sittings: Sat, course: Course = COURSE):
    return todays_practice(course, starts_on=MONDAY, today=day(number), sittings=sittings, lengths=LENGTHS)


def sat(number: int, practice: str = "settle", *, minutes: int = 12) -> Sat:
    return Sat(day(number), practice, minutes * MINUTE)


def test_weeks_open_one_after_the_other():
    opened = [open_week(COURSE, starts_on=MONDAY, today=day(n)) for n in (0, 1, 7, 8, 14, 15, 400)]

    assert [week and week.number for week in opened] == [None, 1, 1, 2, 2, 2, 2]


@pytest.mark.parametrize(("number", "count"), [(0, 0), (-20, 0), (1, 1), (8, 2), (400, 2)])
def test_what_has_begun_stays_open(number, count):
    assert open_weeks(COURSE, starts_on=MONDAY, today=day(number)) == WEEKS[:count]


def test_a_course_may_have_another_rhythm_of_days():
    course = replace(COURSE, days_per_week=3)

    assert begins_on(course, 1, starts_on=MONDAY) == day(4)
    assert open_week(course, starts_on=MONDAY, today=day(4)) == WEEKS[1]


def test_before_the_beginning_she_reads_when_it_begins_and_may_arrive():
    today = offered(-2)

    assert (today.stands, today.begins_on, today.day) == (Stands.BEFORE, MONDAY, None)
    assert (today.practice, today.length_ms, today.greets) == ("arrive", 3 * MINUTE, False)


def test_on_the_first_day_the_weeks_own_practice_is_offered_at_its_own_length():
    today = offered(1)

    assert (today.stands, today.week, today.day) == (Stands.DURING, WEEKS[0], 1)
    assert (today.practice, today.length_ms) == ("settle", 12 * MINUTE)


def test_practices_of_a_week_take_turns():
    first, second, third = offered(2, sat(1)), offered(3, sat(1), sat(2, "counting")), offered(8, sat(7))

    assert [today.practice for today in (first, second, third)] == ["counting", "settle", "dear-one"]


def test_the_length_is_the_middle_of_the_last_five_that_the_practice_allows():
    lengths = [30, 6, 9, 3, 20, 7, 8]
    past = [sat(n, "counting", minutes=m) for n, m in enumerate(lengths, start=1)]

    assert offered(7, *past).length_ms == 8 * MINUTE


def test_lengths_that_the_practice_does_not_allow_are_left_aside():
    assert offered(8, sat(7, "arrive", minutes=3)).length_ms == 15 * MINUTE


def test_after_seven_days_away_she_is_greeted_and_offered_to_arrive():
    away, not_yet = offered(10, sat(3)), offered(9, sat(3))

    assert (away.greets, away.practice, away.length_ms) == (True, "arrive", 3 * MINUTE)
    assert (not_yet.greets, not_yet.practice) == (False, "dear-one")


def test_whoever_never_sat_is_greeted_after_seven_days_too():
    assert [offered(number).greets for number in (7, 8)] == [False, True]


def test_a_course_without_an_arrival_practice_greets_with_the_weeks_own():
    today = offered(10, sat(3), course=replace(COURSE, arrival=None))

    assert (today.greets, today.practice) == (True, "dear-one")


def test_after_the_last_week_the_last_weeks_practice_stays():
    today = offered(15, sat(14, "dear-one", minutes=20))

    assert (today.stands, today.week, today.day) == (Stands.AFTER, WEEKS[1], None)
    assert (today.practice, today.length_ms) == ("dear-one", 20 * MINUTE)


def test_a_sitting_of_tomorrow_changes_nothing_today():
    assert offered(2, sat(3, "counting", minutes=20)) == offered(2)
