"""Which week somebody is asked about, and when it is due."""

from datetime import date, timedelta

import pytest

from heartwood.curriculum import Course, Path, Turn, Turning, Week
from heartwood.curriculum.asking import Asked, asked_about

FIRST = date(2026, 3, 2)
WEEKS = tuple(Week(number, number, f"Week {number}", "", ("settle",)) for number in (1, 2, 3))
COURSE = Course("small", "Small", "", "en", WEEKS)


def day(number: int) -> date:
    """The course's day of this number, from 1."""
    return FIRST + timedelta(days=number - 1)


def asked(number: int, *turns: Turn) -> Asked | None:
    return asked_about(Path(COURSE, FIRST, turns), today=day(number))


def test_nobody_is_asked_before_the_path_begins():
    assert asked(0) is None


@pytest.mark.parametrize(
    ("number", "week", "since", "is_due"),
    [
        (1, 0, 1, False),
        (6, 0, 1, False),
        (7, 0, 1, True),
        (8, 0, 1, True),
        (9, 0, 1, True),
        (10, 1, 8, False),
        (14, 1, 8, True),
        (21, 2, 15, True),
        (23, 2, 15, True),
    ],
)
def test_a_week_is_asked_about_on_its_last_day_and_two_days_more(number, week, since, is_due):
    assert asked(number) == Asked(WEEKS[week], day(since), is_due)


def test_some_days_after_the_end_of_the_course_nobody_is_asked():
    assert asked(24) is None


def test_in_a_pause_nothing_is_due():
    paused = Turn(day(7), Turning.PAUSED)

    found = asked(8, paused)

    assert found and not found.is_due


def test_a_week_that_was_left_before_its_end_is_not_asked_about():
    went = Turn(day(3), Turning.WENT, 1)

    assert asked(3, went) == Asked(WEEKS[1], day(3), False)


def test_a_week_taken_again_is_asked_about_again():
    again = Turn(day(8), Turning.WENT, 0)

    assert asked(8, again) == Asked(WEEKS[0], day(1), True)
    assert asked(14, again) == Asked(WEEKS[0], day(8), True)
