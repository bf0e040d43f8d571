"""The oracle against cases worked out by hand from docs/reference/today.md.

The path of these stories begins on Sunday 1 March 2026, with a boundary at 04:00.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tests.lives.calendar import begins, day_of
from tests.lives.life import MINUTE, Course, Life, Practice, Sitting, Turn, Week
from tests.lives.oracle import shown

FOUR = time(4)
COURSE = Course(
    weeks=(
        Week(("sit", "walk"), short="pebble"),
        Week(("wish", "sit"), short="pebble"),
        Week(("map",), reading=False, daily_life=False),
    ),
    practices=(
        Practice("door", 3 * MINUTE, 3 * MINUTE, 6 * MINUTE),
        Practice("pebble", MINUTE, 2 * MINUTE, 4 * MINUTE),
        Practice("sit", 5 * MINUTE, 12 * MINUTE, 30 * MINUTE),
        Practice("walk", 7 * MINUTE, 14 * MINUTE, 30 * MINUTE),
        Practice("wish", 8 * MINUTE, 15 * MINUTE, 25 * MINUTE),
        Practice("map", 8 * MINUTE, 20 * MINUTE, 40 * MINUTE),
    ),
    arrival="door",
)
EVER = datetime(2000, 1, 1, tzinfo=UTC)
ANNA = Life(COURSE, date(2026, 3, 1), ((EVER, "UTC"),), ((EVER, FOUR),))
"""Anna lives in UTC and has done nothing yet."""


def moment(day: int, hour: int = 12, minute: int = 0, *, zone: str = "UTC", month: int = 3) -> datetime:
    return datetime(2026, month, 1, hour, minute, tzinfo=ZoneInfo(zone)).astimezone(UTC) + timedelta(day - 1)


def sat(
    practice: str | None, day: int, hour: int = 7, *, minutes: float = 12, of: float | None = None
) -> Sitting:
    """Practised for so many minutes from the hour on, of a chosen length if there was one."""
    began = moment(day, hour)
    end = began + timedelta(minutes=minutes)
    chosen = None if of is None else round(of * MINUTE)
    return Sitting(began, practice, chosen, ((began, end),), known=end)


def turned(kind: str, day: int, hour: int = 12, *, to: int = 0) -> Turn:
    return Turn(moment(day, hour), kind, to)


def living(*, turns: tuple[Turn, ...] = (), sittings: tuple[Sitting, ...] = (), **more: object) -> Life:
    return replace(ANNA, turns=turns, sittings=sittings, **more)


def daily(first: int, last: int, practice: str = "sit", *, of: float = 12) -> tuple[Sitting, ...]:
    return tuple(sat(practice, day, minutes=of, of=of) for day in range(first, last + 1))


# Days


def test_a_moment_before_the_boundary_belongs_to_the_date_before():
    assert day_of(moment(5, 3, 59), "UTC", FOUR) == date(2026, 3, 4)
    assert day_of(moment(5, 4, 0), "UTC", FOUR) == date(2026, 3, 5)


def test_a_day_whose_end_the_clock_skips_ends_by_the_clock_not_yet_changed():
    """New York, 8 March 2026: 02:00 becomes 03:00. 02:30 not yet changed is 07:30 UTC, 03:30 on the clock."""
    half_past_two = time(2, 30)

    assert begins(date(2026, 3, 8), "America/New_York", half_past_two) == moment(8, 7, 30)
    assert day_of(moment(8, 7, 29), "America/New_York", half_past_two) == date(2026, 3, 7)
    assert day_of(moment(8, 7, 30), "America/New_York", half_past_two) == date(2026, 3, 8)


def test_a_day_whose_end_comes_twice_ends_at_the_first_coming():
    """Berlin, 25 October 2026: 03:00 becomes 02:00. 02:30 is 00:30 UTC, and again 01:30 UTC."""
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)

    assert day_of(first - timedelta(minutes=1), "Europe/Berlin", time(2, 30)) == date(2026, 10, 24)
    assert day_of(first, "Europe/Berlin", time(2, 30)) == date(2026, 10, 25)
    assert day_of(first + timedelta(minutes=40), "Europe/Berlin", time(2, 30)) == date(2026, 10, 25)


def test_a_sitting_keeps_its_day_when_the_boundary_changes():
    """At 03:00 of the 3rd she sits: that is the 2nd. A boundary of 02:00, set later, moves nothing."""
    boundaries = ((EVER, FOUR), (moment(3, 9), time(2)))
    life = living(sittings=(sat("sit", 3, 3, of=12),), boundaries=boundaries)

    assert shown(life, moment(3, 10)).rule == 7
    assert shown(life, moment(4, 3)).today == date(2026, 3, 4)


# The first that fits


def test_before_the_first_day_there_is_the_arrival():
    page = shown(ANNA, moment(1, 3))

    assert (page.rule, page.week, page.practice, page.length_ms) == (1, None, "door", 3 * MINUTE)
    assert page.open_weeks == ()


def test_the_first_day_shows_the_first_practice_with_the_reading():
    page = shown(ANNA, moment(1))

    assert (page.rule, page.week, page.day_of_week) == (7, 0, 1)
    assert (page.practice, page.length_ms) == ("sit", 12 * MINUTE)
    assert page.reading and page.daily_life and page.hard_night
    assert page.open_weeks == (0,)


def test_the_reading_stands_for_two_days():
    assert shown(living(sittings=daily(1, 1)), moment(2)).reading
    assert not shown(living(sittings=daily(1, 2)), moment(3)).reading


def test_the_eighth_day_is_the_first_of_the_second_week():
    page = shown(living(sittings=daily(1, 7)), moment(8))

    assert (page.week, page.day_of_week, page.open_weeks) == (1, 1, (0, 1))
    assert (page.rule, page.practice) == (7, "wish")


def test_what_was_begun_least_often_comes_next():
    """sit once, walk never: walk. Then both once: sit, which stands first."""
    assert shown(living(sittings=daily(1, 1)), moment(2)).practice == "walk"
    both = (*daily(1, 1), sat("walk", 2, of=14, minutes=14))
    assert shown(living(sittings=both), moment(3)).practice == "sit"


def test_enough_when_the_day_reaches_the_usual_length_of_the_next():
    """14 minutes of sit today; next is walk, at its default of 14."""
    page = shown(living(sittings=(sat("sit", 1, minutes=14, of=14),)), moment(1))
    assert (page.rule, page.practice) == (6, "walk")

    within_a_tenth = shown(living(sittings=(sat("sit", 1, minutes=13.9, of=14),)), moment(1))
    assert within_a_tenth.rule == 6

    almost = shown(living(sittings=(sat("sit", 1, minutes=13.8, of=14),)), moment(1))
    assert (almost.rule, almost.practice) == (7, "walk")


def test_two_devices_at_once_count_once():
    """07:00 to 07:12, and 07:04 to 07:13: thirteen minutes, not twenty-one."""
    began = moment(1, 7, 4)
    other = Sitting(began, None, None, ((began, began + timedelta(minutes=9)),), known=began)
    life = living(sittings=(sat("sit", 1, minutes=12, of=12), other))

    assert shown(life, moment(1)).rule == 7
    assert shown(replace(life, sittings=(*life.sittings, sat(None, 1, 9, minutes=1))), moment(1)).rule == 6


def test_the_usual_length_is_the_lower_median_of_five():
    """10, 20, 11, 19 and, of before them, 30: sorted 10 11 19 20 30, the third. Of four, the second."""
    five = tuple(sat("sit", day, minutes=m, of=m) for day, m in enumerate((25, 30, 10, 20, 11, 19), start=1))
    assert shown(living(sittings=five), moment(7)).length_ms == 19 * MINUTE
    assert shown(living(sittings=five[2:]), moment(7)).length_ms == 11 * MINUTE


def test_lengths_that_the_practice_does_not_allow_are_passed_over():
    """Of five sittings of 3 minutes none is long enough for sit; one of 9 before them is."""
    short = tuple(sat("door", day, minutes=3, of=3) for day in range(2, 7))

    assert shown(living(sittings=short), moment(7)).length_ms == 12 * MINUTE
    life = living(sittings=(sat(None, 1, minutes=9), *short))
    assert shown(life, moment(7)).length_ms == 9 * MINUTE


def test_a_length_is_rounded_down_to_a_tenth_of_a_minute():
    """By hand, 10 minutes and 11 seconds: 10.1 minutes."""
    life = living(sittings=(sat(None, 1, minutes=10 + 11 / 60),))
    assert shown(life, moment(2)).length_ms == 606_000


def test_sittings_of_today_do_not_change_the_usual_length():
    life = living(sittings=(*daily(1, 1, of=10), sat("walk", 2, minutes=8, of=8)))
    assert shown(life, moment(2)).length_ms == 10 * MINUTE


def test_a_planned_length_stands_until_there_is_a_usual_one():
    planned = ((EVER, 9 * MINUTE),)
    assert shown(living(planned=planned), moment(1)).length_ms == 9 * MINUTE
    assert shown(living(planned=planned, sittings=daily(1, 1, of=20)), moment(2)).length_ms == 20 * MINUTE
    assert shown(living(planned=((EVER, 4 * MINUTE),)), moment(1)).length_ms == 12 * MINUTE


def test_a_hard_night_brings_the_short_practice_for_that_day_only():
    life = living(hard_nights=(moment(3, 6),), sittings=daily(1, 2))
    page = shown(life, moment(3))
    assert (page.rule, page.practice, page.length_ms, page.hard_night) == (5, "pebble", 2 * MINUTE, False)
    assert (shown(life, moment(4, 3)).rule, shown(life, moment(4, 4)).rule) == (5, 7)


def test_a_hard_night_comes_before_enough():
    life = living(hard_nights=(moment(1, 6),), sittings=(sat("sit", 1, minutes=30, of=30),))
    assert shown(life, moment(1)).rule == 5


def test_without_a_short_practice_a_hard_night_has_the_arrival_then_the_shortest():
    third = (turned("went", 2, to=2),)
    life = living(turns=third, hard_nights=(moment(2, 13),))
    assert (shown(life, moment(2, 14)).practice, shown(life, moment(2, 14)).length_ms) == ("door", 3 * MINUTE)
    bare = replace(life, course=replace(COURSE, arrival=None))
    assert (shown(bare, moment(2, 14)).practice, shown(bare, moment(2, 14)).length_ms) == ("map", 8 * MINUTE)


def test_what_was_left_yesterday_stands_second():
    """8 of 12 minutes of walk, and then sit of today comes first."""
    life = living(sittings=(*daily(1, 1), sat("walk", 2, minutes=8, of=12)))
    assert (shown(life, moment(3)).practice, shown(life, moment(3)).unfinished) == ("sit", "walk")
    assert shown(life, moment(4)).unfinished is None


def test_nine_tenths_is_not_unfinished():
    nine = living(sittings=(*daily(1, 1), sat("walk", 2, minutes=9, of=10)))
    assert shown(nine, moment(3)).unfinished is None


def test_what_stands_first_is_not_offered_second():
    """Both begun once, sit left unfinished: sit is next, and so not second as well."""
    life = living(sittings=(sat("walk", 1, of=14, minutes=14), sat("sit", 2, minutes=2, of=12)))
    assert (shown(life, moment(3)).practice, shown(life, moment(3)).unfinished) == ("sit", None)


def test_only_the_last_sitting_of_yesterday_is_looked_at():
    life = living(sittings=(*daily(1, 1), sat("walk", 2, minutes=2, of=12), sat(None, 2, 20, minutes=1)))
    assert shown(life, moment(3)).unfinished is None


# Absence


def test_seven_days_after_the_last_sitting_there_is_a_greeting():
    """The last sitting on the 3rd, in week 1; the 10th is day 3 of week 2."""
    life = living(sittings=daily(1, 3))
    assert shown(life, moment(9)).rule == 7
    page = shown(life, moment(10))
    assert (page.rule, page.practice, page.length_ms, page.choice) == (4, "door", 3 * MINUTE, (1, 0))
    assert not page.reading and page.daily_life


def test_seven_days_after_beginning_and_doing_nothing():
    assert [shown(ANNA, moment(day)).rule for day in (7, 8)] == [7, 4]


def test_after_a_sitting_today_the_absence_is_over():
    life = living(sittings=(*daily(1, 3), sat("door", 10, 8, minutes=3, of=3)))
    assert shown(life, moment(10)).rule == 7


def test_no_choice_where_both_weeks_are_the_same():
    """A turn back to the first week on the 20th; the 27th is the first day of the second: a choice.

    With weeks of ten days it is still the first: none.
    """
    life = living(turns=(turned("went", 20, to=0),))
    assert shown(life, moment(27)).choice == (1, 0)
    long = replace(life, course=replace(COURSE, days_per_week=10))
    assert (shown(long, moment(27)).rule, shown(long, moment(27)).choice) == (4, None)


def test_a_place_taken_up_after_an_absence_ends_the_greeting():
    life = living(sittings=daily(1, 3), turns=(turned("went", 10, to=0),))
    page = shown(life, moment(10, 13))
    assert (page.rule, page.week, page.day_of_week, page.reading) == (7, 0, 1, True)
    assert page.open_weeks == (0, 1)


# Pauses and other turns


def test_a_pause_lets_the_place_stand():
    """Paused on the 5th, day 5 of week 1; resumed on the 25th: still day 5."""
    life = living(turns=(turned("paused", 5), turned("resumed", 25)))
    resting = shown(life, moment(20))
    assert (resting.rule, resting.week, resting.practice) == (2, 0, "door")
    back = shown(life, moment(25, 13))
    assert (back.rule, back.week, back.day_of_week) == (7, 0, 5)
    assert shown(life, moment(28)).day_of_week == 1


def test_seven_days_after_going_on_there_is_a_greeting():
    life = living(turns=(turned("paused", 5), turned("resumed", 10)))
    assert [shown(life, moment(day)).rule for day in (16, 17)] == [7, 4]


def test_paused_and_resumed_on_one_day_is_a_course_day():
    life = living(sittings=daily(1, 5), turns=(turned("paused", 3, 9), turned("resumed", 3, 10)))
    assert shown(life, moment(5)).day_of_week == 5


def test_resumed_and_paused_again_on_one_day_is_no_course_day():
    """The 2nd paused, the 4th resumed and paused again, the 6th resumed: the 1st alone lies before."""
    turns = (turned("paused", 2), turned("resumed", 4, 9), turned("paused", 4, 10), turned("resumed", 6))
    assert shown(living(turns=turns), moment(6, 13)).day_of_week == 2


def test_a_pause_while_paused_and_going_on_while_going_change_nothing():
    once = living(turns=(turned("paused", 3), turned("resumed", 6)))
    often = (turned("resumed", 2), turned("paused", 3), turned("paused", 4), turned("resumed", 6))
    twice = living(turns=often)
    assert shown(once, moment(8)) == shown(twice, moment(8))
    idle = living(turns=(turned("resumed", 6),))
    assert shown(idle, moment(8)).rule == 4


def test_going_elsewhere_also_resumes():
    life = living(turns=(turned("paused", 3), turned("went", 6, to=1)))
    page = shown(life, moment(6, 13))
    assert (page.rule, page.week, page.day_of_week) == (7, 1, 1)


def test_repeating_a_week_begins_it_anew():
    """In week 1 sit was begun twice, walk once; repeated, nothing has been begun since."""
    life = living(sittings=(*daily(1, 2), sat("walk", 3, of=14)), turns=(turned("went", 4, to=0),))
    page = shown(life, moment(4, 13))
    assert (page.week, page.day_of_week, page.practice, page.reading) == (0, 1, "sit", True)


def test_going_back_on_the_day_on_which_a_week_opened_leaves_it_open():
    life = living(sittings=daily(1, 8), turns=(turned("went", 8, to=0),))
    assert shown(life, moment(9)).open_weeks == (0, 1)


def test_entering_late_opens_what_lies_before():
    life = living(turns=(turned("went", 1, to=2),))
    page = shown(life, moment(1, 13))
    assert (page.week, page.practice, page.open_weeks) == (2, "map", (0, 1, 2))
    assert not page.reading and not page.daily_life


def test_after_the_last_week_there_is_the_page_of_after():
    """Three weeks of seven days: finished on the 22nd. In the last, map was done for 10 minutes."""
    life = living(sittings=(sat("map", 20, minutes=10, of=10),))
    page = shown(life, moment(22))
    assert (page.rule, page.after, page.open_weeks) == (3, (("map", 10 * MINUTE),), (0, 1, 2))
    again = replace(life, turns=(turned("went", 22, to=0),))
    assert (shown(again, moment(22, 13)).rule, shown(again, moment(22, 13)).week) == (7, 0)


def test_paused_at_the_end_there_is_still_the_page_of_rest():
    life = living(turns=(turned("paused", 22),), course=replace(COURSE, arrival=None))
    page = shown(life, moment(25))
    assert (page.rule, page.practice, page.length_ms) == (2, "map", 8 * MINUTE)


def test_without_an_arrival_the_short_practice_of_the_week_greets():
    life = living(sittings=daily(1, 3), course=replace(COURSE, arrival=None))
    assert (shown(life, moment(10)).practice, shown(life, moment(10)).length_ms) == ("pebble", 2 * MINUTE)


def test_turns_made_before_the_first_day_count_as_made_on_it():
    life = living(first=date(2026, 3, 10), turns=(turned("went", 5, to=1),))
    assert shown(life, moment(6)).rule == 1
    assert (shown(life, moment(10)).week, shown(life, moment(10)).day_of_week) == (1, 1)


def test_weeks_of_five_days():
    course = replace(COURSE, days_per_week=5)
    life = living(sittings=daily(1, 5), course=course)
    fifth, sixth = shown(life, moment(5)), shown(life, moment(6))
    assert [(page.week, page.day_of_week) for page in (fifth, sixth)] == [(0, 5), (1, 1)]


def test_begun_on_the_twenty_ninth_of_february():
    """2028: 29 February is day 1, 7 March the eighth."""
    life = living(first=date(2028, 2, 29))
    at = datetime(2028, 3, 7, 12, tzinfo=UTC)
    assert (shown(life, at).week, shown(life, at).day_of_week) == (1, 1)


# Travelling


def test_across_the_date_line_it_can_be_the_same_day_again():
    """Auckland to Honolulu on the 10th: at 09:00 of the 10th in Auckland it is the 9th in Honolulu.

    What was practised on the 10th is of the 10th. On the 9th again nothing of it counts to the day.
    """
    zones = ((EVER, "Pacific/Auckland"), (moment(10, 12, zone="Pacific/Auckland"), "Pacific/Honolulu"))
    began = moment(10, 8, zone="Pacific/Auckland")
    sitting = Sitting(began, "wish", 15 * MINUTE, ((began, began + timedelta(minutes=15)),), known=began)
    life = living(zones=zones, sittings=(sitting,))

    before, after = (shown(life, moment(10, hour, zone="Pacific/Auckland")) for hour in (11, 13))
    assert (before.today, before.rule) == (date(2026, 3, 10), 6)
    assert (after.today, after.rule) == (date(2026, 3, 9), 7)
    assert (after.practice, after.length_ms) == ("sit", 12 * MINUTE)


def test_a_turn_made_before_the_flight_holds_after_it():
    """Paused on the 10th in Auckland, on the 9th in Honolulu it still rests; resumed there, it goes on."""
    zones = ((EVER, "Pacific/Auckland"), (moment(10, 12, zone="Pacific/Auckland"), "Pacific/Honolulu"))
    paused = Turn(moment(10, 10, zone="Pacific/Auckland"), "paused")
    resumed = Turn(moment(10, 15, zone="Pacific/Auckland"), "resumed")

    life = living(zones=zones, turns=(paused, resumed))
    assert shown(life, moment(10, 13, zone="Pacific/Auckland")).rule == 2
    assert shown(life, moment(10, 16, zone="Pacific/Auckland")).rule == 7
    assert shown(life, moment(10, 12, zone="Pacific/Honolulu")).day_of_week == 3


def test_a_date_can_be_left_out():
    """Honolulu to Auckland: no 10th of March was lived, and the count goes by the dates all the same."""
    zones = ((EVER, "Pacific/Honolulu"), (moment(9, 20, zone="Pacific/Honolulu"), "Pacific/Auckland"))
    life = living(zones=zones, sittings=(sat("sit", 9, 18, minutes=2, of=12),))
    last = shown(life, moment(9, 19, zone="Pacific/Honolulu"))
    next_ = shown(life, moment(10, 7, zone="Pacific/Honolulu"))
    assert (last.today, last.day_of_week) == (date(2026, 3, 9), 2)
    assert (next_.today, next_.day_of_week, next_.unfinished) == (date(2026, 3, 11), 4, None)


def test_what_arrives_late_counts_on_its_own_day():
    """Practised on the 3rd without network, known on the 11th: the absence is reckoned anew."""
    late = replace(sat("sit", 5, of=12), known=moment(11, 15))
    life = living(sittings=(*daily(1, 3), late))
    assert [shown(life, moment(11, hour)).rule for hour in (14, 16)] == [4, 7]
