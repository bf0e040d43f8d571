"""What Today shows: one thing, by the first rule that fits, as docs/reference/today.md says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Protocol

from heartwood.curriculum.course import Text, Week
from heartwood.curriculum.path import DAY, Path, Standing

DAYS_AWAY = 7
"""After so many days without a sitting a person is greeted with the arrival practice."""

LENGTHS_REMEMBERED = 5
TENTH_MS = 6_000
DAYS_OF_READING = 2
"""So many days of a week its reading stands beside the practice."""


class Lengths(Protocol):
    """The lengths that a practice allows, in milliseconds; a script has them."""

    @property
    def shortest_ms(self) -> int: ...
    @property
    def default_ms(self) -> int: ...
    @property
    def longest_ms(self) -> int: ...


class Rule(StrEnum):
    """The rules of Today, in the order in which they are asked."""

    BEFORE = "before"
    PAUSED = "paused"
    FINISHED = "finished"
    BACK = "back"
    HARD_NIGHT = "hard-night"
    ENOUGH = "enough"
    PRACTICE = "practice"


@dataclass(frozen=True, slots=True)
class Sat:
    """A sitting as the path sees it.

    practice      empty for a sitting in silence or by hand
    chosen_ms     the length that was chosen, or None
    practised_ms  what was practised of it
    """

    day: date
    practice: str
    chosen_ms: int | None
    practised_ms: int

    @property
    def length_ms(self) -> int:
        return self.practised_ms if self.chosen_ms is None else self.chosen_ms

    @property
    def is_unfinished(self) -> bool:
        return self.practised_ms * 10 < self.length_ms * 9


@dataclass(frozen=True, slots=True)
class Portion:
    """A practice at a length."""

    practice: str
    length_ms: int


@dataclass(frozen=True, slots=True)
class Crossroads:
    """After a while away: the week of today to go on with, or the week of that time to take up."""

    go_on: int
    take_up: int


@dataclass(frozen=True, slots=True)
class Offer:
    """What to show today, and what lies beside it.

    place, day  where the path stands; before it begins, where it will begin
    week        of today; before the path begins the first, past its end the last
    portion     the one thing; under ENOUGH what stands one line down
    after       under FINISHED: each practice of the last week
    unfinished  yesterday's sitting to be taken up, or None
    """

    rule: Rule
    place: int
    day: int
    week: Week
    portion: Portion
    after: tuple[Portion, ...] = ()
    crossroads: Crossroads | None = None
    reading: Text | None = None
    daily_life: Text | None = None
    unfinished: Sat | None = None
    may_say_hard_night: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a person on a day.

    sittings      in the order in which they began
    practised_ms  of today; what two devices heard at once counted once
    hard_night    they said so today
    """

    today: date
    sittings: Sequence[Sat] = ()
    practised_ms: int = 0
    hard_night: bool = False

    @property
    def by_day(self) -> list[Sat]:
        """By day; those of one day as they began."""
        return sorted(self.sittings, key=lambda sat: sat.day)


def offer(path: Path, known: Known, *, lengths: Mapping[str, Lengths]) -> Offer:
    """The one thing for today.

    lengths  what each practice of the course allows, by id
    """
    return _Asked(path, known, lengths, path.now(known.today)).offer()


def rests(path: Path, days: Iterable[date], *, today: date) -> bool:
    """Whether what has grown rests: in a pause, and a while without a sitting; nothing is smaller.

    days  on which there was a sitting, at least the latest of them
    """
    return path.now(today).is_paused or (today - max([path.moved_on(today), *days])).days >= DAYS_AWAY


@dataclass(frozen=True, slots=True)
class _Asked:
    path: Path
    known: Known
    lengths: Mapping[str, Lengths]
    standing: Standing

    @property
    def week(self) -> Week:
        weeks = self.path.course.weeks
        return weeks[min(self.standing.place, len(weeks) - 1)]

    def offer(self) -> Offer:
        rule = self._rule()
        if rule is Rule.BEFORE:
            return self._shown(rule, self._arrival(self.path.course.weeks[0]), week=self.path.course.weeks[0])
        if rule is Rule.PAUSED:
            return self._shown(rule, self._arrival(self.week))
        if rule is Rule.FINISHED:
            after = tuple(self._usual(name) for name in self.week.practices)
            return replace(self._shown(rule, after[0]), after=after)
        return self._during(rule)

    def _during(self, rule: Rule) -> Offer:
        """What a week of the course has beside its one thing."""
        shown = replace(
            self._shown(rule, self._portion(rule)),
            daily_life=self.week.daily_life,
            may_say_hard_night=not self.known.hard_night,
        )
        if rule is Rule.BACK:
            return replace(shown, crossroads=self._crossroads())
        reading = self.week.reading if self.standing.day <= DAYS_OF_READING else None
        unfinished = self._unfinished(shown.portion) if rule is Rule.PRACTICE else None
        return replace(shown, reading=reading, unfinished=unfinished)

    def _shown(self, rule: Rule, portion: Portion, *, week: Week | None = None) -> Offer:
        return Offer(rule, self.standing.place, self.standing.day, week or self.week, portion)

    def _rule(self) -> Rule:
        """The first rule that fits."""
        if not self.path.has_begun(self.known.today):
            return Rule.BEFORE
        if self.standing.is_paused:
            return Rule.PAUSED
        if self.standing.is_finished:
            return Rule.FINISHED
        if (self.known.today - self._last_seen()).days >= DAYS_AWAY:
            return Rule.BACK
        if self.known.hard_night:
            return Rule.HARD_NIGHT
        if self.known.practised_ms + TENTH_MS >= self._usual(self._next_practice()).length_ms:
            return Rule.ENOUGH
        return Rule.PRACTICE

    def _portion(self, rule: Rule) -> Portion:
        if rule is Rule.BACK:
            return self._arrival(self.week)
        if rule is Rule.HARD_NIGHT:
            return self._for_a_hard_night()
        return self._usual(self._next_practice())

    def _last_seen(self) -> date:
        return max([self.path.moved_on(self.known.today), *(sat.day for sat in self.known.sittings)])

    def _crossroads(self) -> Crossroads | None:
        then = self.path.on(self._last_seen(), today=self.known.today).place
        return None if then == self.standing.place else Crossroads(self.standing.place, then)

    def _arrival(self, week: Week) -> Portion:
        """The arrival practice; without one the week's short one; without that its first, at its shortest."""
        name = self.path.course.arrival or week.short
        if name:
            return Portion(name, self.lengths[name].default_ms)
        return Portion(week.practices[0], self.lengths[week.practices[0]].shortest_ms)

    def _for_a_hard_night(self) -> Portion:
        name = self.week.short or self.path.course.arrival
        if name:
            return Portion(name, self.lengths[name].default_ms)
        following = self._next_practice()
        return Portion(following, self.lengths[following].shortest_ms)

    def _next_practice(self) -> str:
        """The practice of the week that was begun least in its present run, the week's own first."""
        begun = [sat.practice for sat in self.known.sittings if sat.day >= self.standing.opening]
        return min(self.week.practices, key=begun.count)

    def _usual(self, practice: str) -> Portion:
        return Portion(practice, self._usual_length(self.lengths[practice]))

    def _usual_length(self, allowed: Lengths) -> int:
        """The lower median of the last lengths that the practice allows; else the planned one or its own."""

        def allows(length_ms: int) -> bool:
            return allowed.shortest_ms <= length_ms <= allowed.longest_ms

        past = [sat.length_ms for sat in self.known.by_day if sat.day < self.known.today]
        recent = sorted([length for length in past if allows(length)][-LENGTHS_REMEMBERED:])
        if recent:
            median = recent[(len(recent) - 1) // 2]
            return max(allowed.shortest_ms, median // TENTH_MS * TENTH_MS)
        planned = self.path.planned_ms
        return planned if planned is not None and allows(planned) else allowed.default_ms

    def _unfinished(self, first: Portion) -> Sat | None:
        """The last sitting of yesterday, if there is something left of it and it does not stand first."""
        yesterday = [sat for sat in self.known.by_day if sat.day == self.known.today - DAY]
        last = yesterday[-1] if yesterday else None
        if last is None or last.practice not in self.lengths or last.practice == first.practice:
            return None
        return last if last.is_unfinished else None
