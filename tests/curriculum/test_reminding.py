"""At most one reminder on a person's day, and none in their quiet hours, wherever they travel."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heartwood.curriculum import day_of
from heartwood.curriculum.reminding import (
    LASTS,
    Moment,
    Place,
    Rhythm,
    is_quiet,
    lies_in,
    moment_now,
    next_moment,
    shall_ask,
)
from heartwood.errors import UnknownName

EVERY_DAY = frozenset(range(7))
BERLIN, AUCKLAND, HONOLULU = Place("Europe/Berlin"), Place("Pacific/Auckland"), Place("Pacific/Honolulu")
ZONES = ["Europe/Berlin", "America/St_Johns", "Asia/Kathmandu", "Pacific/Apia", "Australia/Lord_Howe",
         "Pacific/Honolulu", "Africa/Casablanca", "UTC"]  # fmt: skip
MOMENTS = st.datetimes(datetime(2010, 1, 1), datetime(2036, 1, 1), timezones=st.just(UTC))
MINUTES = st.integers(0, 1439)
RHYTHMS = st.builds(
    Rhythm,
    minute=MINUTES,
    weekdays=st.frozensets(st.integers(0, 6), min_size=1),
    quiet=st.none() | st.tuples(MINUTES, MINUTES).filter(lambda span: span[0] != span[1]),
)
PLACES = st.builds(Place, st.sampled_from(ZONES), st.integers(0, 1439))


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def at_seven(**more) -> Rhythm:
    return Rhythm(minute=7 * 60, **{"weekdays": EVERY_DAY, **more})


def test_seven_is_seven_on_the_persons_wall():
    moment = next_moment(at_seven(), after=utc(2026, 11, 25, 12), place=BERLIN)

    assert moment == Moment(date(2026, 11, 26), utc(2026, 11, 26, 6), utc(2026, 11, 26, 8))


def test_the_moment_that_has_come_is_not_the_next_one():
    moment = next_moment(at_seven(), after=utc(2026, 11, 26, 6), place=BERLIN)

    assert moment and moment.day == date(2026, 11, 27)


def test_a_reminder_after_midnight_belongs_to_the_evening_before():
    moment = next_moment(Rhythm(30, EVERY_DAY), after=utc(2026, 11, 25, 12), place=BERLIN)

    assert moment and (moment.day, moment.at) == (date(2026, 11, 25), utc(2026, 11, 25, 23, 30))


def test_weekdays_are_those_of_the_persons_own_days():
    monday_night = Rhythm(30, frozenset({0}))

    moment = next_moment(monday_night, after=utc(2026, 11, 25, 12), place=BERLIN)

    assert moment and (moment.day, moment.at) == (date(2026, 11, 30), utc(2026, 11, 30, 23, 30))


def test_a_day_that_had_its_reminder_gets_no_second_one():
    moment = next_moment(at_seven(), after=utc(2026, 11, 25, 12), place=BERLIN, reminded={date(2026, 11, 26)})

    assert moment and moment.day == date(2026, 11, 27)


def test_a_time_that_the_clock_skips_comes_as_much_later():
    moment = next_moment(Rhythm(150, EVERY_DAY), after=utc(2026, 3, 28, 12), place=BERLIN)

    assert moment and moment.at == utc(2026, 3, 29, 1, 30)


def test_a_skipped_time_that_would_fall_into_quiet_hours_is_left_out():
    moment = next_moment(Rhythm(150, EVERY_DAY, (180, 300)), after=utc(2026, 3, 28, 12), place=BERLIN)

    assert moment and moment.at == utc(2026, 3, 30, 0, 30)


def test_a_time_that_comes_twice_counts_the_first_time():
    rhythm = Rhythm(150, EVERY_DAY)

    first = next_moment(rhythm, after=utc(2026, 10, 24, 12), place=BERLIN)
    second = next_moment(rhythm, after=utc(2026, 10, 25, 0, 30), place=BERLIN)

    assert first and second
    assert (first.at, second.at) == (utc(2026, 10, 25, 0, 30), utc(2026, 10, 26, 1, 30))


def test_a_boundary_beside_the_skipped_hour_makes_no_second_one_on_a_day():
    """03:10 lies before a boundary of 02:30 only in the night in which the clock skips 02:30."""
    place, rhythm, days = Place("Europe/Berlin", 150), Rhythm(190, EVERY_DAY), set()
    after = utc(2026, 3, 26, 12)
    for _ in range(4):
        moment = next_moment(rhythm, after=after, place=place, reminded=days)
        assert moment and moment.day not in days
        days.add(moment.day)
        after = moment.at

    assert sorted(days) == [date(2026, 3, 27), date(2026, 3, 28), date(2026, 3, 30), date(2026, 3, 31)]


def test_over_the_date_line_a_day_that_comes_again_is_not_reminded_again():
    before = next_moment(at_seven(), after=utc(2026, 11, 24, 12), place=AUCKLAND)
    assert before and (before.day, before.at) == (date(2026, 11, 25), utc(2026, 11, 24, 18))

    after = next_moment(at_seven(), after=before.at, place=HONOLULU, reminded={before.day})

    assert after and (after.day, after.at) == (date(2026, 11, 26), utc(2026, 11, 26, 17))


def test_it_goes_until_two_hours_have_passed_and_never_into_quiet_hours():
    assert moment_now(at_seven(), at=utc(2026, 11, 26, 7, 59), place=BERLIN)
    assert not moment_now(at_seven(), at=utc(2026, 11, 26, 8), place=BERLIN)
    evening = Rhythm(21 * 60, EVERY_DAY, (21 * 60 + 30, 7 * 60))

    assert moment_now(evening, at=utc(2026, 11, 26, 20, 29), place=BERLIN)
    assert not moment_now(evening, at=utc(2026, 11, 26, 20, 30), place=BERLIN)


def test_it_ends_with_the_day():
    late = next_moment(Rhythm(3 * 60, EVERY_DAY), after=utc(2026, 11, 26, 0), place=BERLIN)

    assert late and late.until == utc(2026, 11, 26, 3)


def test_quiet_hours_may_pass_midnight():
    quiet = (22 * 60, 7 * 60)

    inside = [hour for hour in range(24) if lies_in(hour * 60, quiet)]

    assert inside == [0, 1, 2, 3, 4, 5, 6, 22, 23]


def test_a_time_within_quiet_hours_never_comes():
    assert next_moment(at_seven(quiet=(22 * 60, 8 * 60)), after=utc(2026, 1, 1), place=BERLIN) is None


def test_three_ignored_in_a_row_are_asked_about():
    days = [date(2026, 11, day) for day in (2, 4, 6)]

    assert not shall_ask(days[:2], sat=[])
    assert shall_ask(days, sat=[])
    assert shall_ask([date(2026, 10, 30), *days], sat=[date(2026, 10, 30), date(2026, 11, 3)])


@pytest.mark.parametrize("day", [2, 4, 6, 7])
def test_a_sitting_on_one_of_these_days_or_after_them_is_no_reason_to_ask(day):
    assert not shall_ask([date(2026, 11, each) for each in (2, 4, 6)], sat=[date(2026, 11, day)])


def test_an_unknown_zone_is_named_with_a_remedy():
    with pytest.raises(UnknownName, match="Choose one such as Europe/Berlin"):
        next_moment(at_seven(), after=utc(2026, 1, 1), place=Place("Mars/Olympus"))


@given(RHYTHMS, MOMENTS, st.lists(st.tuples(PLACES, st.integers(1, 60)), min_size=1, max_size=6))
def test_however_somebody_travels_no_day_of_theirs_has_two_and_none_comes_in_quiet_hours(
    rhythm, after, journey
):
    """Wherever they are they wait for the next one, get it, and after some hours travel on."""
    reminded: list[date] = []
    for place, hours in journey:
        moment = next_moment(rhythm, after=after, place=place, reminded=reminded)
        if moment is None:
            continue
        here = day_of(moment.at, zone=place.zone, boundary_minutes=place.boundary_minutes)
        last = moment.until - timedelta(seconds=1)

        assert moment.at > after and moment.at < moment.until <= moment.at + LASTS
        assert here == moment.day not in reminded and here.weekday() in rhythm.weekdays
        assert not is_quiet(rhythm, at=moment.at, place=place)
        assert not is_quiet(rhythm, at=last, place=place)
        assert day_of(last, zone=place.zone, boundary_minutes=place.boundary_minutes) == here
        reminded.append(moment.day)
        after = moment.at + timedelta(hours=hours)


@given(RHYTHMS, MOMENTS, PLACES)
def test_within_a_moment_it_is_always_the_same_one(rhythm, after, place):
    moment = next_moment(rhythm, after=after, place=place)
    if moment is None:
        return

    assert moment_now(rhythm, at=moment.at, place=place) == moment
    assert moment_now(rhythm, at=moment.until - timedelta(seconds=1), place=place) == moment
    assert moment_now(rhythm, at=moment.at, place=place, reminded={moment.day}) != moment


@given(MOMENTS, st.lists(st.tuples(RHYTHMS, PLACES, st.integers(1, 24 * 9)), min_size=1, max_size=8))
def test_whatever_is_wished_wherever_over_weeks_no_day_has_two_and_quiet_is_quiet(began, spans):
    """Each span is a wish in a place for some hours. What is due is decided late, as a busy server may."""
    now, reminded = began, []
    for number, (rhythm, place, hours) in enumerate(spans):
        end = now + timedelta(hours=hours)
        while (moment := next_moment(rhythm, after=now, place=place, reminded=reminded)) and moment.at < end:
            now = moment.at + timedelta(minutes=7 * number)
            if (found := moment_now(rhythm, at=now, place=place, reminded=reminded)) and now < end:
                assert not is_quiet(rhythm, at=now, place=place)
                assert found.day == day_of(now, zone=place.zone, boundary_minutes=place.boundary_minutes)
                reminded.append(found.day)
        now = max(now, end)

    assert len(reminded) == len(set(reminded))
