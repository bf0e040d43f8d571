"""People to simulate: from a seed a course, somebody with habits, and the weeks they live.

Everything comes from one source of chance, so that a seed is a life. Most of a
life is ordinary; the rest is what calendars get wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from tests.lives.calendar import DAY, day_of, valid
from tests.lives.courses import any_course
from tests.lives.life import MINUTE, Course, Life, Sitting, Turn
from tests.lives.oracle import Shown, day_at, shown

HOMES = (
    "Europe/Berlin", "Europe/London", "America/New_York", "America/Los_Angeles", "Asia/Kolkata",
    "Pacific/Auckland", "Pacific/Honolulu", "Australia/Lord_Howe", "America/St_Johns", "America/Santiago",
    "Africa/Cairo", "Africa/Casablanca", "Pacific/Kiritimati", "Pacific/Chatham", "Asia/Kathmandu", "UTC",
)  # fmt: skip
ACROSS = ("Pacific/Auckland", "Pacific/Honolulu")
NIGHTS = (
    (date(2026, 3, 29), "Europe/Berlin", time(2, 30)), (date(2026, 10, 25), "Europe/Berlin", time(2, 30)),
    (date(2026, 3, 8), "America/New_York", time(2, 30)), (date(2026, 11, 1), "America/New_York", time(1, 30)),
    (date(2027, 4, 4), "Pacific/Auckland", time(2, 30)), (date(2026, 9, 27), "Pacific/Auckland", time(2)),
    (date(2026, 9, 6), "America/Santiago", time(0)), (date(2026, 4, 24), "Africa/Cairo", time(0)),
    (date(2026, 10, 4), "Australia/Lord_Howe", time(2)),
    (date(2027, 4, 4), "Australia/Lord_Howe", time(1, 30)),
)  # fmt: skip
"""Nights in which the clock skips the end of a day or comes to it twice: what date begins, where, when."""
LEAP_DAY = date(2028, 2, 29)
BOUNDARIES = (time(4),) * 6 + (time(0), time(2), time(2, 30), time(3), time(5), time(12))
CHANCES_A_DAY = {
    "flight": 0.02, "boundary": 0.008, "planned": 0.01, "went": 0.012, "paused": 0.015, "hard": 0.05,
}  # fmt: skip


@dataclass(frozen=True)
class Habit:
    """How somebody lives with a course.

    practises   how likely on a day
    wake, wide  the hour at which they mostly practise, and how far around it
    follows     how likely they take what Today shows
    completes   how likely they sit to the end
    away        how likely on a day that they stay away for a while
    offline     how likely on a day that the phone loses the network for a while
    """

    practises: float
    wake: int
    wide: int
    follows: float
    completes: float
    away: float
    offline: float


def in_three_days_at_times(today: date, rng: Random) -> date:
    return today + rng.choice((0,) * 9 + (3,)) * DAY


def any_life(
    seed: int,
    *,
    course: Course | None = None,
    days: int | None = None,
    begins: Callable[[date, Random], date] = in_three_days_at_times,
) -> Life:
    """Somebody's whole time with a course: the one given, or one of their own.

    begins  the first day of their path, chosen on the day on which they open their account
    """
    rng = Random(f"a life of {seed}")
    course = course or any_course(rng)
    home, boundary, first = _any_beginning(rng)
    began = datetime.combine(first, time(rng.randint(5, 23), rng.randint(0, 59)), ZoneInfo(home))
    began = began.astimezone(UTC)
    first = begins(day_of(began, home, boundary), rng)
    planned = rng.choice((None, None, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE))
    life = Life(course, first, ((began, home),), ((began, boundary),), ((began, planned),), seed=seed)
    lived = _Living(life, _any_habit(rng), rng, began).through(days or rng.randint(56, 140))
    return _looking_in_odd_nights(lived)


def _any_beginning(rng: Random) -> tuple[str, time, date]:
    """An ordinary day somewhere; or shortly before the clocks change; or the day of every four years."""
    kind = rng.random()
    if kind < 0.25:
        night, zone, boundary = rng.choice(NIGHTS)
        return zone, boundary, night - rng.randint(0, 20) * DAY
    first = LEAP_DAY if kind < 0.3 else date(2026, 1, 1) + rng.randint(0, 1000) * DAY
    return rng.choice((*HOMES, *ACROSS * 2)), rng.choice(BOUNDARIES), first


def _looking_in_odd_nights(life: Life) -> Life:
    """The same life, with a look at Today just before and at each moment at which an odd night may end."""
    ends = {
        datetime.combine(night, boundary.replace(fold=fold), ZoneInfo(zone)).astimezone(UTC)
        for night, zone, boundary in NIGHTS
        for fold in (0, 1)
    }
    awake = sorted(end for end in ends if min(life.glances) < end < max(life.glances))
    looks = [look for end in awake for look in (end - timedelta(seconds=1), end)]
    return replace(life, glances=tuple(sorted({*life.glances, *looks})))


def _any_habit(rng: Random) -> Habit:
    return Habit(
        practises=rng.choice((0.95, 0.8, 0.65, 0.65, 0.4, 0.15)),
        wake=rng.choice((6, 7, 7, 13, 21, 23, 26)),
        wide=rng.choice((1, 2, 6)),
        follows=rng.choice((0.9, 0.7, 0.3)),
        completes=rng.choice((0.9, 0.7, 0.4)),
        away=rng.choice((0.0, 0.03, 0.1)),
        offline=rng.choice((0.0, 0.0, 0.05)),
    )


class _Living:
    """Lives a life on from its first moment, day by day."""

    def __init__(self, life: Life, habit: Habit, rng: Random, began: datetime) -> None:
        self.life, self.habit, self.rng, self.now = life, habit, rng, began
        self.away_until = self.offline_until = began

    def through(self, days: int) -> Life:
        self._look()
        if self.rng.random() < 0.1:
            self._turn("went")
        for _ in range(days):
            self._live_a_day()
        return self.life

    def _live_a_day(self) -> None:
        """From whenever it is to the hour of practice on the next date, and what happens there."""
        for kind, chance in CHANCES_A_DAY.items():
            if self.rng.random() < chance:
                self._happen(kind)
        self._go_to_the_hour()
        if self.rng.random() < self.habit.away:
            self.away_until = self.now + timedelta(days=self.rng.randint(4, 25))
        if self.rng.random() < self.habit.offline:
            self.offline_until = self.now + timedelta(hours=self.rng.randint(2, 200))
        if self.now < self.away_until:
            return
        self._look()
        self._after_a_rest()
        while self.rng.random() < self.habit.practises and self._sits():
            if self.rng.random() < 0.7:
                return

    def _happen(self, kind: str) -> None:
        self._pass(self.rng.randint(1, 300))
        if kind == "flight":
            self._fly()
        elif kind == "boundary":
            self._add(boundaries=(*self.life.boundaries, (self.now, self.rng.choice(BOUNDARIES))))
        elif kind == "planned":
            planned = self.rng.choice((None, 4 * MINUTE, 8 * MINUTE, 12 * MINUTE))
            self._add(planned=(*self.life.planned, (self.now, planned)))
        elif kind == "hard":
            self._add(hard_nights=(*self.life.hard_nights, self.now))
        else:
            self._turn(kind)
        self._look()

    def _fly(self) -> None:
        """To any zone, and for some to the other side of the date line; mostly there is a way back."""
        here = valid(self.life.zones, self.now)
        there = self.rng.choice(HOMES)
        if here in ACROSS and self.rng.random() < 0.7:
            there = ACROSS[1 - ACROSS.index(here)]
        self._perhaps_turn()
        self._look()
        self._pass(self.rng.randint(60, 900))
        self._add(zones=(*self.life.zones, (self.now, there)))
        self._look()
        self._perhaps_turn()

    def _perhaps_turn(self) -> None:
        """Whoever travels rests, or goes on: turns on both sides of a flight."""
        if self.rng.random() < 0.3:
            resting = shown(self.life, self.now).rule == 2
            self._turn(self.rng.choice(("resumed", "went") if resting else ("paused", "went")))

    def _after_a_rest(self) -> None:
        """Whoever comes back goes on, or takes up another week, or only looks."""
        page, chance = shown(self.life, self.now), self.rng.random()
        if page.rule == 2 and chance < 0.5:
            self._turn("resumed" if chance < 0.35 else "went")
        elif page.rule == 3 and chance < 0.15:
            self._turn("went")
        elif page.choice and chance < 0.4:
            self._turn("went", to=page.choice[1])
        elif chance > 0.98:
            self._turn("resumed")
        else:
            return
        self._look()

    def _turn(self, kind: str, *, to: int | None = None) -> None:
        """A place to go to is drawn anew, and often where the path is."""
        page = shown(self.life, self.now)
        last = len(self.life.course.weeks) - 1
        if to is None:
            to = self.rng.choice((min(page.week or 0, last), self.rng.randint(0, last)))
        self._add(turns=(*self.life.turns, Turn(self.now, kind, to if kind == "went" else 0)))
        self._pass(1)
        if kind == "paused" and self.rng.random() < 0.3:
            self._add(turns=(*self.life.turns, Turn(self.now, "resumed")))

    def _sits(self) -> bool:
        """One sitting, with now and then a second device beside it. False where nobody practises."""
        page = shown(self.life, self.now)
        sitting = self._by_hand() if self.rng.random() < 0.08 else self._guided(page)
        self._keep(sitting)
        if self.rng.random() < 0.06:
            self._keep(self._beside(sitting))
        self._pass(self.rng.randint(0, 90) + sitting.length_ms // MINUTE)
        self._look()
        return True

    def _guided(self, page: Shown) -> Sitting:
        practice = page.practice
        if practice is None or self.rng.random() > self.habit.follows:
            practice = self.rng.choice(self.life.course.practices).name
        chosen = self._chosen(practice, page)
        whole = self.rng.random() < self.habit.completes
        practised = chosen if whole else round(chosen * self.rng.random())
        practised = round(chosen * 0.9) if self.rng.random() < 0.03 else practised
        return self._sitting(practice, chosen, practised)

    def _chosen(self, practice: str, page: Shown) -> int:
        """Mostly what is offered, else any tenth of a minute that the practice allows."""
        kind = self.life.course.practice(practice)
        if practice == page.practice and page.length_ms and self.rng.random() < 0.7:
            return page.length_ms
        return self.rng.randint(kind.shortest_ms // 6000, kind.longest_ms // 6000) * 6000

    def _by_hand(self) -> Sitting:
        return self._sitting(None, None, self.rng.randint(1, 40 * 60) * 1000)

    def _sitting(self, practice: str | None, chosen: int | None, practised_ms: int) -> Sitting:
        """In one or two stretches with a rest between them."""
        began, cut = self.now, self.rng.choice((1.0, 1.0, 0.5))
        middle = began + timedelta(milliseconds=round(practised_ms * cut))
        rest = timedelta(seconds=self.rng.randint(1, 600))
        left = timedelta(milliseconds=practised_ms) - (middle - began)
        stretches = ((began, middle), (middle + rest, middle + rest + left)) if left else ((began, middle),)
        return Sitting(began, practice, chosen, stretches, known=max(stretches[-1][1], self.offline_until))

    def _beside(self, sitting: Sitting) -> Sitting:
        """The same practice on another device, begun a moment later and left a moment sooner or later."""
        late, end = timedelta(seconds=self.rng.randint(1, 200)), timedelta(seconds=self.rng.randint(0, 300))
        began = sitting.began + late
        stretch = (began, max(began, sitting.stretches[-1][1] + self.rng.choice((-1, 1)) * end))
        known = max(sitting.known, stretch[1])
        return replace(sitting, began=began, stretches=(stretch,), known=known, device=2)

    def _keep(self, sitting: Sitting) -> None:
        self._add(sittings=(*self.life.sittings, sitting))

    def _go_to_the_hour(self) -> None:
        """The next coming of the person's hour on the clock where they are."""
        zone = ZoneInfo(valid(self.life.zones, self.now))
        hour = self.habit.wake + self.rng.randint(-self.habit.wide, self.habit.wide)
        then = self.now.astimezone(zone).date()
        wall = datetime.combine(then, time(0), zone) + timedelta(hours=hour, minutes=self.rng.randint(0, 59))
        while wall.astimezone(UTC) <= self.now:
            wall += DAY
        self.now = wall.astimezone(UTC)

    def _look(self) -> None:
        self._add(glances=(*self.life.glances, self.now))
        if self.rng.random() < 0.1:
            self._look_around_midnight()

    def _look_around_midnight(self) -> None:
        """Just before the day ends, and as it does: where a day is wrong, it is wrong here."""
        ends = self._end_of_day()
        if self.now < ends - timedelta(minutes=1):
            self._add(glances=(*self.life.glances, ends - timedelta(seconds=1), ends))
            self.now = ends + timedelta(seconds=1)

    def _end_of_day(self) -> datetime:
        """By halving: the moment at which the oracle's own today becomes another."""
        early, late = self.now, self.now + timedelta(hours=49)
        today = day_at(self.life, early)
        while late - early > timedelta(seconds=1):
            middle = early + (late - early) / 2
            early, late = (middle, late) if day_at(self.life, middle) == today else (early, middle)
        return late.replace(microsecond=0)

    def _pass(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    def _add(self, **more: tuple[object, ...]) -> None:
        self.life = replace(self.life, **more)
