"""Which week somebody is asked about: the one that ends today, or the one that has just ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from heartwood.curriculum.course import Week
from heartwood.curriculum.path import DAY, Path, Standing

DAYS_AFTER = 2
"""On the first days of the next week one may still be asked about the last."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One run of a week.

    since   its first day, so that a week taken again is another
    is_due  it ends today, or has just ended; else it is only there for whoever comes by themselves
    """

    week: Week
    since: date
    is_due: bool


def asked_about(path: Path, *, today: date) -> Asked | None:
    """The run of a week to be asked about today; None before the path begins and some days after it ended.

    In a pause nothing is due.
    """
    if not path.has_begun(today):
        return None
    now = path.now(today)
    ended = _just_ended(path, now, today)
    if ended:
        return Asked(path.course.weeks[ended.place], ended.opening, is_due=not now.is_paused)
    if now.is_finished:
        return None
    ends_today = now.day == path.course.days_per_week and not now.is_paused
    return Asked(path.course.weeks[now.place], now.opening, is_due=ends_today)


def _just_ended(path: Path, now: Standing, today: date) -> Standing | None:
    """The run before this one, when it went to its last day and lies no more than some days back."""
    if now.day > DAYS_AFTER or now.opening <= path.first_day:
        return None
    before = path.on(now.opening - DAY, today=today)
    whole = before.day == path.course.days_per_week
    return before if whole and not before.is_finished else None
