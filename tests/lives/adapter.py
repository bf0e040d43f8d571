"""How `curriculum` answers for a life: the facts told in its words, its answer told in the oracle’s."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from heartwood import curriculum
from heartwood.curriculum import Known, Offer, Rule, Sat, Turning
from heartwood.practice import counting
from tests.lives import life as lives
from tests.lives.calendar import valid
from tests.lives.life import Life, Sitting
from tests.lives.oracle import Shown

RULES = {rule: number for number, rule in enumerate(Rule, start=1)}
TURNS = {"paused": Turning.PAUSED, "resumed": Turning.RESUMED, "went": Turning.WENT}


class Answers:
    """The answers of `curriculum` for one life. The day of a sitting is kept with it, as in the rooms."""

    def __init__(self, life: Life) -> None:
        self._life = life
        by_beginning = sorted(life.sittings, key=lambda one: one.began)
        self._sittings = [(one, _sat(life, one)) for one in by_beginning]

    def at(self, at: datetime) -> Shown:
        """What is shown at a moment, by what the server knows then."""
        life, today = self._life, _day(self._life, at)
        planned = valid(life.planned, at) if life.planned else None
        made = [turn for turn in life.turns if turn.at <= at]
        turns = [curriculum.Turn(_day(life, turn.at), TURNS[turn.kind], turn.place) for turn in made]
        path = curriculum.Path(_course(life.course), life.first, turns, planned)
        offer = curriculum.offer(
            path, self._known(today, at), lengths={one.name: one for one in life.course.practices}
        )
        return _told(offer, path, today)

    def _known(self, today: lives.date, at: datetime) -> Known:
        known = [(one, sat) for one, sat in self._sittings if one.known <= at]
        said = [_day(self._life, said) for said in self._life.hard_nights if said <= at]
        return Known(
            today=today,
            sittings=[sat for _, sat in known],
            practised_ms=counting.total_ms(_stretches(one) for one, sat in known if sat.day == today),
            hard_night=today in said,
        )


def _told(offer: Offer, path: curriculum.Path, today: lives.date) -> Shown:
    before, finished = offer.rule is Rule.BEFORE, offer.rule is Rule.FINISHED
    crossroads = offer.crossroads
    return Shown(
        rule=RULES[offer.rule],
        today=today,
        week=None if before else offer.place,
        day_of_week=None if before else offer.day,
        practice=None if finished else offer.portion.practice,
        length_ms=None if finished else offer.portion.length_ms,
        after=tuple((one.practice, one.length_ms) for one in offer.after),
        reading=offer.reading is not None,
        unfinished=offer.unfinished.practice if offer.unfinished else None,
        daily_life=offer.daily_life is not None,
        hard_night=offer.may_say_hard_night,
        choice=(crossroads.go_on, crossroads.take_up) if crossroads else None,
        open_weeks=tuple(week.number - 1 for week in path.open_weeks(today)),
    )


@cache
def _course(course: lives.Course) -> curriculum.Course:
    return curriculum.Course(
        id="a-course", title="A course", summary="", language="en", arrival=course.arrival,
        days_per_week=course.days_per_week,
        weeks=tuple(_week(number, week) for number, week in enumerate(course.weeks, start=1)),
    )  # fmt: skip


def _week(number: int, week: lives.Week) -> curriculum.Week:
    return curriculum.Week(
        number=number, step=None, title=f"Week {number}", summary="", practices=week.practices,
        short=week.short,
        reading=curriculum.Text("To read", "Words.") if week.reading else None,
        daily_life=curriculum.Text("A small thing", "Words.") if week.daily_life else None,
    )  # fmt: skip


def _day(life: Life, at: datetime) -> lives.date:
    boundary = valid(life.boundaries, at)
    return _day_of(at, valid(life.zones, at), boundary.hour * 60 + boundary.minute)


@cache
def _day_of(at: datetime, zone: str, boundary_minutes: int) -> lives.date:
    return curriculum.day_of(at, zone=zone, boundary_minutes=boundary_minutes)


def _sat(life: Life, one: Sitting) -> Sat:
    return Sat(_day(life, one.began), one.practice or "", one.chosen_ms, one.practised_ms)


def _stretches(one: Sitting) -> list[counting.Stretch]:
    spans = [(round(start.timestamp() * 1000), round(end.timestamp() * 1000)) for start, end in one.stretches]
    return [counting.Stretch(start, end, end - start) for start, end in spans]
