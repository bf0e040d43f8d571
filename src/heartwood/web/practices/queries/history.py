"""A person's own history: what they sat and what they wrote, day by day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from heartwood.web.people import keys
from heartwood.web.people.models import User
from heartwood.web.people.zones import zone_of
from heartwood.web.practices.models import Reflection, Sitting, Twin
from heartwood.web.practices.queries.waiting import Waiting, waiting
from heartwood.web.practices.titles import Opener, title_of

SITTINGS_ON_A_PAGE = 60


@dataclass(frozen=True, slots=True)
class Line:
    id: UUID
    body: str
    written_at: datetime
    twins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SittingEntry:
    id: UUID
    title: str
    began_at: datetime
    minutes: int
    counted_minutes: int
    corrected: bool
    by_hand: bool
    clock_was_wrong: bool
    lines: tuple[Line, ...]
    twins: int


@dataclass(frozen=True, slots=True)
class Day:
    """One day of history: its sittings, and the lines that belong to none."""

    day: date
    sittings: tuple[SittingEntry, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class HistoryPage:
    days: tuple[Day, ...]
    counting: bool
    older: str
    waiting: tuple[Waiting, ...] = ()


def history_page(person: User, *, before: datetime | None, at: datetime) -> HistoryPage:
    """The newest sittings and lines, or those before a moment."""
    sittings = Sitting.objects.filter(person=person).order_by("-began_at", "-id")
    written = Reflection.objects.filter(person=person, kind=Reflection.Kind.LINE).order_by("written_at")
    if before:
        sittings, written = sittings.filter(began_at__lt=before), written.filter(written_at__lt=before)
    border = _border(sittings)
    if border:
        sittings, written = sittings.filter(began_at__gte=border), written.filter(written_at__gte=border)
    older = border.isoformat() if border else ""
    days = _days(person, list(sittings), list(written))
    return HistoryPage(days, not person.counting_off, older, waiting(person, ("sitting", "line"), at=at))


def _border(newest_first: QuerySet[Sitting]) -> datetime | None:
    """Where a page ends when there is more: sittings that began at once stay on one page."""
    began = newest_first.values_list("began_at", flat=True)
    border = began[SITTINGS_ON_A_PAGE - 1 : SITTINGS_ON_A_PAGE].first()
    return border if border and newest_first.filter(began_at__lt=border).exists() else None


def _days(person: User, sittings: Iterable[Sitting], written: Sequence[Reflection]) -> tuple[Day, ...]:
    zone = person.zone
    twins = _twins(person)
    lines = [(one.sitting_id, one.day, _line(person, one, twins, zone)) for one in written]
    opened = keys.opener(person)
    entries = [(one.day, _entry(one, lines, twins, opened)) for one in sittings]
    shown = {entry.id for _, entry in entries}
    loose = [(day, line) for sitting, day, line in lines if sitting not in shown]
    days = sorted({day for day, _ in entries} | {day for day, _ in loose}, reverse=True)
    return tuple(
        Day(
            day,
            tuple(entry for of, entry in entries if of == day),
            tuple(line for of, line in loose if of == day),
        )
        for day in days
    )


def _line(person: User, written: Reflection, twins: dict[UUID, list[str]], zone: ZoneInfo) -> Line:
    body = keys.unseal(person, written.sealed)
    return Line(written.id, body, written.written_at.astimezone(zone), tuple(twins.get(written.id, ())))


def _entry(
    sitting: Sitting,
    lines: Sequence[tuple[UUID | None, date, Line]],
    twins: dict[UUID, list[str]],
    opened: Opener,
) -> SittingEntry:
    return SittingEntry(
        id=sitting.id,
        title=title_of(sitting, opened),
        began_at=sitting.began_at.astimezone(zone_of(sitting.zone)),
        minutes=round(sitting.told_ms / 60_000),
        counted_minutes=round(sitting.practised_ms / 60_000),
        corrected=sitting.corrected_ms is not None,
        by_hand=sitting.by_hand,
        clock_was_wrong=sitting.clock_was_wrong,
        lines=tuple(line for of, _, line in lines if of == sitting.id),
        twins=len(twins.get(sitting.id, ())),
    )


def _twins(person: User) -> dict[UUID, list[str]]:
    """What came a second time with other content, by the record it came for."""
    kept = Twin.objects.filter(person=person).order_by("subject", "id")
    return {
        subject: [keys.unseal(person, twin.sealed) for twin in same]
        for subject, same in groupby(kept, key=lambda twin: twin.subject)
    }


def lines_since(person: User, day: date) -> tuple[tuple[date, str], ...]:
    """One's own lines from a day on, the earliest first, each with its day; no whole pages."""
    written = Reflection.objects.filter(person=person, day__gte=day).exclude(kind=Reflection.Kind.FREE)
    written = written.order_by("written_at", "id")
    return tuple((one.day, keys.unseal(person, one.sealed)) for one in written)


def sitting_of(person: User, identity: UUID) -> Sitting | None:
    return Sitting.objects.filter(person=person, id=identity).first()
