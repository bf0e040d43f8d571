"""What Today must show, from docs/reference/today.md alone.

It walks through the days of a life one by one, as the page tells them, and was
written by somebody who had not seen `curriculum`. It imports nothing of ours.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property

from tests.lives.calendar import DAY, day_of, valid
from tests.lives.life import Course, Life, Sitting, Turn, Week

TENTH_OF_A_MINUTE = 6_000
ABSENCE = timedelta(days=7)


@dataclass(frozen=True)
class Shown:
    """What the page shows.

    rule        1 to 7, as the page numbers them
    week        the place of the path, from 0; None before it begins
    practice    the one thing; under rule 6 what stands one line down; none under rule 3
    after       under rule 3: each practice of the last week with its length
    choice      under rule 4: the week of today, and the one of the day after which the absence began
    """

    rule: int
    today: date
    week: int | None = None
    day_of_week: int | None = None
    practice: str | None = None
    length_ms: int | None = None
    after: tuple[tuple[str, int], ...] = ()
    reading: bool = False
    unfinished: str | None = None
    daily_life: bool = False
    hard_night: bool = False
    choice: tuple[int, int] | None = None
    open_weeks: tuple[int, ...] = ()


@dataclass
class Path:
    """Where the path stands, while the days go by.

    count      course days since the anchor, without the present day
    moved_on   the days from which an absence is reckoned, apart from sittings
    stood      the place at the end of each day
    """

    place_of_anchor: int
    opening: date
    days_per_week: int
    count: int = 0
    paused: bool = False
    greatest: int = 0
    moved_on: list[date] = field(default_factory=list)
    stood: dict[date, int] = field(default_factory=dict)

    @property
    def place(self) -> int:
        return self.place_of_anchor + self.count // self.days_per_week

    @property
    def day_of_week(self) -> int:
        return self.count % self.days_per_week + 1

    def take(self, turn: Turn, *, day: date) -> None:
        if turn.kind == "paused":
            self.paused = True
        elif turn.kind == "resumed" and self.paused:
            self.paused = False
            self.moved_on.append(day)
        elif turn.kind == "went":
            self.place_of_anchor, self.count, self.opening, self.paused = turn.place, 0, day, False
            self.moved_on.append(day)
        self.greatest = max(self.greatest, self.place)

    def end(self, day: date) -> None:
        self.stood[day] = self.place
        if self.paused:
            return
        self.count += 1
        if self.count % self.days_per_week == 0:
            self.opening = day + DAY


def shown(life: Life, at: datetime) -> Shown:
    """What Today must show at a moment, by what the server knows then."""
    known = life.known_at(at)
    today = day_at(life, at)
    if today < life.first:
        practice, length = _gentle(life.course, life.course.weeks[0])
        return Shown(1, today, practice=practice, length_ms=length)
    path = walk(known, today)
    return _Judgement(known, at, today, path).shown()


def day_at(life: Life, at: datetime) -> date:
    return day_of(at, valid(life.zones, at), valid(life.boundaries, at))


def walk(life: Life, today: date) -> Path:
    """The path as it stands today, after the turns of today."""
    path = Path(0, life.first, life.course.days_per_week, moved_on=[life.first])
    turns = dated(life, today)
    for day in _days(life.first, today):
        path.greatest = max(path.greatest, path.place)
        for turn in turns.get(day, ()):
            path.take(turn, day=day)
        if day < today:
            path.end(day)
    path.stood[today] = path.place
    return path


def dated(life: Life, today: date) -> dict[date, list[Turn]]:
    """The turns by the day on which they count: their own, but none after a later turn's or after today."""
    latest, counted = today, defaultdict[date, list[Turn]](list)
    for turn in sorted(life.turns, key=lambda turn: turn.at, reverse=True):
        latest = min(latest, day_at(life, turn.at))
        counted[max(latest, life.first)].insert(0, turn)
    return counted


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += DAY


def _gentle(course: Course, week: Week) -> tuple[str, int]:
    """The arrival practice; where there is none, the short one; or else the first at its shortest."""
    name = course.arrival or week.short
    if name:
        return name, course.practice(name).default_ms
    first = course.practice(week.practices[0])
    return first.name, first.shortest_ms


@dataclass(frozen=True)
class _Judgement:
    life: Life
    at: datetime
    today: date
    path: Path

    @property
    def course(self) -> Course:
        return self.life.course

    @property
    def week(self) -> Week:
        """The week of today; past the end, the last."""
        return self.course.weeks[min(self.path.place, len(self.course.weeks) - 1)]

    def shown(self) -> Shown:
        if self.path.paused:
            return self._page(2, *_gentle(self.course, self.week))
        if self.path.place >= len(self.course.weeks):
            after = tuple((name, self.usual(name)) for name in self.course.weeks[-1].practices)
            return self._page(3, None, None, after=after)
        if self.today - self._last_seen() >= ABSENCE:
            return self._page(4, *_gentle(self.course, self.week), choice=self._choice())
        if self._said_hard():
            return self._page(5, *self._for_a_hard_night())
        following = self.next_practice()
        usual = self.usual(following)
        if self._minutes_of_today() >= usual - 6_000:
            return self._page(6, following, usual)
        return self._page(7, following, usual, unfinished=self._unfinished())

    def _page(
        self, rule: int, practice: str | None, length_ms: int | None, *,
        after: tuple[tuple[str, int], ...] = (), unfinished: str | None = None,
        choice: tuple[int, int] | None = None,
    ) -> Shown:  # fmt: skip
        return Shown(
            rule, self.today, self.path.place, self.path.day_of_week, practice, length_ms, after,
            reading=rule >= 5 and self.path.day_of_week <= 2 and self.week.reading,
            unfinished=unfinished if unfinished != practice else None,
            daily_life=rule >= 4 and self.week.daily_life,
            hard_night=rule >= 4 and not self._said_hard(),
            choice=choice,
            open_weeks=tuple(p for p in range(len(self.course.weeks)) if p <= self.path.greatest),
        )  # fmt: skip

    @cached_property
    def sittings(self) -> list[tuple[date, Sitting]]:
        """With their days; by day, and within a day as they began."""
        dated = [(day_at(self.life, one.began), one) for one in self.life.sittings]
        return sorted(dated, key=lambda pair: (pair[0], pair[1].began))

    def _last_seen(self) -> date:
        return max([*self.path.moved_on, *(day for day, _ in self.sittings)])

    def _choice(self) -> tuple[int, int] | None:
        then = self.path.stood[self._last_seen()] if self._last_seen() >= self.life.first else 0
        return (self.path.place, then) if then != self.path.place else None

    def _said_hard(self) -> bool:
        return any(day_at(self.life, said) == self.today for said in self.life.hard_nights)

    def _for_a_hard_night(self) -> tuple[str, int]:
        name = self.week.short or self.course.arrival
        if name:
            return name, self.course.practice(name).default_ms
        following = self.next_practice()
        return following, self.course.practice(following).shortest_ms

    def next_practice(self) -> str:
        begun = [one.practice for day, one in self.sittings if day >= self.path.opening]
        return min(self.week.practices, key=begun.count)

    def usual(self, name: str) -> int:
        practice = self.course.practice(name)

        def allowed(length_ms: int) -> bool:
            return practice.shortest_ms <= length_ms <= practice.longest_ms

        before = [one.length_ms for day, one in self.sittings if day < self.today]
        last = sorted([length for length in before if allowed(length)][-5:])
        if last:
            median = last[(len(last) - 1) // 2]
            return max(median - median % TENTH_OF_A_MINUTE, practice.shortest_ms)
        planned = valid(self.life.planned, self.at) if self.life.planned else None
        return planned if planned is not None and allowed(planned) else practice.default_ms

    def _minutes_of_today(self) -> int:
        """In milliseconds, each moment counted once."""
        stretches = sorted(s for day, one in self.sittings if day == self.today for s in one.stretches)
        total, until = timedelta(), None
        for start, end in stretches:
            start = start if until is None else max(start, until)
            total += max(end - start, timedelta())
            until = end if until is None else max(until, end)
        return round(total.total_seconds() * 1000)

    def _unfinished(self) -> str | None:
        yesterday = [one for day, one in self.sittings if day == self.today - DAY]
        if not yesterday or not self.course.has(yesterday[-1].practice):
            return None
        last = yesterday[-1]
        return last.practice if last.practised_ms * 10 < last.length_ms * 9 else None
