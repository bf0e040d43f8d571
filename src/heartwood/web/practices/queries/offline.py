"""What a device keeps to practise without a network: the sounds of the next two weeks, and what to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.urls import reverse

from heartwood.content import ReadCourse
from heartwood.curriculum import Course, Path, Week
from heartwood.errors import UnknownName
from heartwood.practice import Script, as_minutes
from heartwood.web.kit.prose import Note, PageProse
from heartwood.web.library import queries as library
from heartwood.web.library.models import Rendering

DAYS_AHEAD = 14


class Span(StrEnum):
    """At which lengths practices are kept: as usual, or at the ends of what a script promises."""

    USUAL = "usual"
    SHORT = "short"
    LONG = "long"


def spans(told: Iterable[str]) -> list[Span]:
    """From words as they stand in an address; as usual when there are none. Raises UnknownName."""
    try:
        return list(dict.fromkeys(map(Span, told))) or [Span.USUAL]
    except ValueError:
        raise UnknownName(f"There is no such length. There are: {', '.join(Span)}.") from None


def lengths(script: Script, asked: Iterable[Span]) -> list[int]:
    """Each length once, in milliseconds."""
    of = {Span.USUAL: script.default_ms, Span.SHORT: script.shortest_ms, Span.LONG: script.longest_ms}
    return list(dict.fromkeys(of[span] for span in asked))


def weeks_ahead(path: Path, *, today: date) -> list[Week]:
    """The week it is, the newest that is open, and every week that comes within fourteen days."""
    weeks, until = path.course.weeks, today + timedelta(days=DAYS_AHEAD)
    comes = {place: path.comes_to(place, today=today) for place in range(len(weeks))}
    ahead = [place for place, day in comes.items() if day and day <= until]
    now, newest = min(path.now(today).place, len(weeks) - 1), len(path.open_weeks(today)) - 1
    held = [now, newest] if path.has_begun(today) else []
    return [weeks[place] for place in dict.fromkeys([*held, *ahead])]


def scripts_ahead(course: ReadCourse, weeks: list[Week]) -> list[str]:
    """Each practice once, the short one for hard days last."""
    named = [name for week in weeks for name in (*week.practices, *((week.short,) if week.short else ()))]
    arrival = course.course.arrival
    return list(dict.fromkeys([*named, *((arrival,) if arrival else ())]))


def kept_practices(course: ReadCourse, made: list[Rendering]) -> Iterator[dict[str, Any]]:
    """Each sound as the offline page needs it, ready or not yet."""
    for rendering in made:
        sound = library.sound_file(rendering)
        yield {
            "id": str(rendering.id),
            "title": course.script(rendering.script).title,
            "week": next((w.title for w in course.course.weeks if rendering.script in w.practices), ""),
            "minutes": as_minutes(rendering.milliseconds),
            "length_ms": rendering.file_ms,
            "bytes": rendering.bytes if sound else None,
            "url": reverse("library:sound", args=[rendering.id]),
            "timeline": rendering.timeline or [],
            "opening": {"practice": rendering.script, "rendering": str(rendering.id)},
        }


def kept_readings(course: Course, weeks: list[Week]) -> tuple[list[dict[str, str]], tuple[Note, ...]]:
    """The readings of these weeks as safe HTML, and what all of them cite."""
    prose = PageProse(course.sources)
    readings = [
        {"title": week.reading.title, "html": prose.html(week.reading.markdown, under=2)}
        for week in weeks
        if week.reading
    ]
    return readings, prose.notes
