"""What is read of practice: the player's page, and a person's own history."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse

from heartwood.content import ReadCourse
from heartwood.curriculum import Sat
from heartwood.practice import Script, as_minutes
from heartwood.web.kit.ids import new_id
from heartwood.web.library import queries as library
from heartwood.web.library.models import Rendering
from heartwood.web.people import keys
from heartwood.web.people.models import User
from heartwood.web.practices.models import Reflection, Sitting, SittingEvent, Twin

LENGTHS_OFFERED = (3, 5, 8, 10, 12, 15, 20, 25, 30, 40, 45, 60)
SITTINGS_ON_A_PAGE = 60
SITTINGS_REMEMBERED = 200


@dataclass(frozen=True, slots=True)
class PlayerPage:
    """One practice at one length, ready to be heard or being spoken."""

    title: str
    week_title: str
    minutes: str
    lengths: tuple[str, ...]
    voice: str
    rendering: UUID
    length_ms: int
    sound_url: str
    progress_url: str
    progress: int
    events: Sequence[dict[str, Any]]
    transcript: tuple[str, ...]
    stranger: bool
    back_url: str
    shorter_url: str = ""
    sitting_id: UUID = field(default_factory=new_id)
    line_id: UUID = field(default_factory=new_id)
    events_url: str = ""
    line_url: str = ""
    opening: str = ""


def player_page(course: ReadCourse, rendering: Rendering, *, stranger: bool) -> PlayerPage:
    """The player for a rendering. A stranger's page has no address to which anything could be sent."""
    script = course.script(rendering.script)
    sound = library.sound_file(rendering)
    timeline = rendering.timeline or ()
    arrival = course.course.arrival
    page: dict[str, Any] = {
        "title": script.title,
        "week_title": _week_title(course, script.id),
        "minutes": as_minutes(rendering.milliseconds),
        "lengths": () if stranger else lengths_offered(script),
        "voice": rendering.voice,
        "rendering": rendering.id,
        "length_ms": rendering.milliseconds,
        "sound_url": reverse("library:sound", args=[rendering.id]) if sound else "",
        "progress_url": reverse("api:rendering", args=[rendering.id]),
        "progress": rendering.progress,
        "events": timeline,
        "transcript": tuple(event["text"] for event in timeline if event["kind"] == "cue"),
        "stranger": stranger,
        "back_url": "/" if stranger else "/today/",
    }
    if stranger:
        return PlayerPage(**page)
    sitting = new_id()
    return PlayerPage(
        **page,
        shorter_url=reverse("practices:practice", args=[arrival]) if arrival and arrival != script.id else "",
        sitting_id=sitting,
        events_url=reverse("api:events", args=[sitting]),
        line_url=reverse("practices:lines"),
        opening=json.dumps({"practice": script.id, "rendering": str(rendering.id)}),
    )


def lengths_offered(script: Script) -> tuple[str, ...]:
    """Whole minutes within the promise, with its ends and its default, as they are written in an address."""
    whole = (minutes * 60_000 for minutes in LENGTHS_OFFERED)
    within = {ms for ms in whole if script.shortest_ms <= ms <= script.longest_ms}
    return tuple(
        as_minutes(ms) for ms in sorted(within | {script.shortest_ms, script.default_ms, script.longest_ms})
    )


def _week_title(course: ReadCourse, script: str) -> str:
    return next((week.title for week in course.course.weeks if script in week.practices), "")


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


def history_page(person: User, *, before: datetime | None) -> HistoryPage:
    """The newest sittings and lines, or those before a moment."""
    own = Sitting.objects.filter(person=person).order_by("-began_at", "-id")
    sittings = list((own.filter(began_at__lt=before) if before else own)[: SITTINGS_ON_A_PAGE + 1])
    older = (
        sittings[SITTINGS_ON_A_PAGE - 1].began_at.isoformat() if len(sittings) > SITTINGS_ON_A_PAGE else ""
    )
    shown = sittings[:SITTINGS_ON_A_PAGE]
    written = Reflection.objects.filter(person=person)
    if before:
        written = written.filter(written_at__lt=before)
    if older:
        written = written.filter(written_at__gte=shown[-1].began_at)
    return HistoryPage(
        _days(person, shown, list(written.order_by("written_at"))), not person.counting_off, older
    )


def _days(person: User, sittings: Iterable[Sitting], written: Sequence[Reflection]) -> tuple[Day, ...]:
    zone = ZoneInfo(person.time_zone)
    twins = _twins(person)
    lines = [(one.sitting_id, one.day, _line(person, one, twins, zone)) for one in written]
    entries = [(one.day, _entry(one, lines, twins)) for one in sittings]
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
    sitting: Sitting, lines: Sequence[tuple[UUID | None, date, Line]], twins: dict[UUID, list[str]]
) -> SittingEntry:
    return SittingEntry(
        id=sitting.id,
        title=sitting.title,
        began_at=sitting.began_at.astimezone(ZoneInfo(sitting.zone)),
        minutes=round(sitting.told_ms / 60_000),
        counted_minutes=round(sitting.practised_ms / 60_000),
        corrected=sitting.corrected_ms is not None,
        by_hand=sitting.by_hand,
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


def sitting_of(person: User, identity: UUID) -> Sitting | None:
    return Sitting.objects.filter(person=person, id=identity).first()


def sat(person: User) -> list[Sat]:
    """The latest sittings as the path sees them."""
    latest = Sitting.objects.filter(person=person).order_by("-began_at")
    rows = latest.values_list("day", "practice", "length_ms", "practised_ms")[:SITTINGS_REMEMBERED]
    return [Sat(day=day, practice=name, length_ms=length or counted) for day, name, length, counted in rows]


def collect(person: User) -> dict[str, Any]:
    """Everything this room holds about a person, as JSON can say it; private lines in the clear, for them."""
    return {
        "sittings": [_collected(one) for one in Sitting.objects.filter(person=person).order_by("began_at")],
        "lines": [
            {
                "id": str(one.id),
                "sitting": str(one.sitting_id) if one.sitting_id else None,
                "written_at": one.written_at.isoformat(),
                "day": one.day.isoformat(),
                "body": keys.unseal(person, one.sealed),
            }
            for one in Reflection.objects.filter(person=person).order_by("written_at")
        ],
        "came_twice": [
            {"kind": one.kind, "id": str(one.subject), "content": keys.unseal(person, one.sealed)}
            for one in Twin.objects.filter(person=person).order_by("id")
        ],
    }


def _collected(sitting: Sitting) -> dict[str, Any]:
    events = SittingEvent.objects.filter(sitting=sitting).order_by("sequence", "id")
    return {
        "id": str(sitting.id),
        "practice": sitting.practice,
        "title": sitting.title,
        "began_at": sitting.began_at.isoformat(),
        "zone": sitting.zone,
        "day_boundary_minutes": sitting.day_boundary_minutes,
        "day": sitting.day.isoformat(),
        "length_seconds": sitting.length_ms / 1000 if sitting.length_ms else None,
        "practised_seconds": sitting.practised_ms / 1000,
        "corrected_seconds": sitting.corrected_ms / 1000 if sitting.corrected_ms is not None else None,
        "by_hand": sitting.by_hand,
        "observations": [
            {
                "id": str(e.id),
                "sequence": e.sequence,
                "kind": e.kind,
                "position_ms": e.position_ms,
                "wall_ms": e.wall_ms,
            }
            for e in events
        ],
    }
