"""One's own path: where it stands, what can be decided about it, and what it was when it is over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from heartwood.content import ReadCourse
from heartwood.curriculum import Path, Standing, Week
from heartwood.practice import as_minutes
from heartwood.web.cohorts import queries as cohorts
from heartwood.web.cohorts.models import Enrolment
from heartwood.web.kit.ground import Ground
from heartwood.web.kit.ids import new_id
from heartwood.web.library import queries as library
from heartwood.web.people.days import latest_day_of, today_of
from heartwood.web.people.models import User
from heartwood.web.practices import queries as practices
from heartwood.web.today.queries.growth import ground_of
from heartwood.web.today.queries.offered import week_name
from heartwood.web.today.queries.own import Link, practice_link, practices_of


@dataclass(frozen=True, slots=True)
class WeekToGoTo:
    place: int
    name: str
    is_now: bool


@dataclass(frozen=True, slots=True)
class Earlier:
    """A path that is over. days: "3 September to 29 October 2026"."""

    title: str
    days: str


@dataclass(frozen=True, slots=True)
class PathPage:
    """What can be decided about a path.

    id     made with the page, so that a form sent twice turns once
    state  "before", "going", "resting" or "over"
    plan   when and where, in words; empty where nothing was written
    """

    id: UUID
    course_title: str
    state: str
    words: str
    place: int
    weeks: tuple[WeekToGoTo, ...]
    plan: tuple[str, ...]
    earlier: tuple[Earlier, ...]


def path_page(person: User, path: Enrolment, *, at: datetime) -> PathPage:
    course = library.course_of(path.course_version.hash).course
    walk, today = cohorts.walk(path, course), today_of(person, at=at)
    now = walk.now(today)
    state = "before" if not walk.has_begun(today) else _state(now)
    return PathPage(
        id=new_id(),
        course_title=course.title,
        state=state,
        words=_words(state, course.weeks, now, path.starts_on),
        place=min(now.place, len(course.weeks) - 1),
        weeks=tuple(
            WeekToGoTo(place, week_name(week), place == now.place) for place, week in enumerate(course.weeks)
        ),
        plan=tuple(_plan(path)),
        earlier=tuple(_earlier(one) for one in cohorts.earlier_paths(person)),
    )


def _state(now: Standing) -> str:
    if now.is_paused:
        return "resting"
    return "over" if now.is_finished else "going"


def _words(state: str, weeks: tuple[Week, ...], now: Standing, starts_on: date) -> str:
    if state == "before":
        return _("The course begins on %(day)s.") % {"day": date_format(starts_on, "l j F")}
    return _("After the course") if now.is_finished else week_name(weeks[now.place])


def _plan(path: Enrolment) -> Iterator[str]:
    """Each thing that was written, in a few words."""
    rhythm = cohorts.rhythm_of(path)
    if rhythm is None:
        return
    if days := rhythm.days_a_week:
        yield ngettext("One day a week", "%(days)s days a week", days) % {"days": days}
    if rhythm.time:
        yield _("At about %(time)s") % {"time": time_format(rhythm.time, "H:i")}
    if place := cohorts.where_of(path):
        yield place
    if rhythm.length_ms:
        minutes = as_minutes(rhythm.length_ms)
        yield _("1 minute") if minutes == "1" else _("%(minutes)s minutes") % {"minutes": minutes}


def _earlier(path: Enrolment) -> Earlier:
    first = date_format(path.starts_on, "j F Y")
    if path.ended_at is None:
        return Earlier(_title(path), first)
    last = date_format(path.ended_at, "j F Y")
    return Earlier(_title(path), _("%(first)s to %(last)s") % {"first": first, "last": last})


def _title(path: Enrolment) -> str:
    return library.course_of(path.course_version.hash).course.title


def rhythm_now(path: Enrolment) -> dict[str, object]:
    """What was written of when and where, as the form takes it."""
    rhythm = cohorts.rhythm_of(path)
    if rhythm is None:
        return {}
    return {
        "days_a_week": rhythm.days_a_week or "",
        "time": rhythm.time,
        "place": cohorts.where_of(path),
        "minutes": as_minutes(rhythm.length_ms) if rhythm.length_ms else "",
    }


def lengths_to_plan(path: Enrolment) -> tuple[str, ...]:
    """Of the practice that stands first in the course."""
    read = library.course_of(path.course_version.hash)
    return practices.lengths_offered(read.script(read.course.weeks[0].practices[0]))


@dataclass(frozen=True, slots=True)
class ShelfPart:
    title: str
    practices: tuple[Link, ...]


def shelf_page(person: User, path: Enrolment, *, at: datetime) -> tuple[ShelfPart, ...]:
    """Every practice of the open weeks, each where it first comes; then those of no week."""
    read = library.course_of(path.course_version.hash)
    opened = cohorts.walk(path, read.course).open_weeks(today_of(person, at=at))
    parts = [ShelfPart(week_name(week), links) for week, links in _new_in(read, opened) if links]
    placed = {name for week in read.course.weeks for name in practices_of(week)}
    loose = sorted((s for name, s in read.scripts.items() if name not in placed), key=lambda s: s.title)
    further = tuple(practice_link(script) for script in loose)
    return (*parts, *((ShelfPart(_("For any day"), further),) if further else ()))


def _new_in(read: ReadCourse, weeks: tuple[Week, ...]) -> Iterator[tuple[Week, tuple[Link, ...]]]:
    seen: set[str] = set()
    for week in weeks:
        fresh = [name for name in practices_of(week) if name not in seen]
        seen.update(fresh)
        yield week, tuple(practice_link(read.script(name)) for name in fresh)


@dataclass(frozen=True, slots=True)
class AfterPage:
    """Looking back.

    letters  to oneself, not yet opened
    lines    one's own, the earliest first, each with its day
    """

    course_title: str
    person: UUID
    pairs: int
    ground: Ground
    letters: tuple[practices.LetterToSelf, ...]
    lines: tuple[tuple[date, str], ...]
    practices: tuple[Link, ...]


def is_over(person: User, path: Enrolment, *, at: datetime) -> bool:
    """The path has come through its last week."""
    walk = cohorts.unplanned(path, library.course_of(path.course_version.hash).course)
    return _has_ended(walk, today_of(person, at=at))


def leaves(person: User, path: Enrolment, *, at: datetime) -> int:
    """The pairs of leaves of somebody's plant, on a path under way."""
    walk = cohorts.unplanned(path, library.course_of(path.course_version.hash).course)
    return cohorts.leaves(path, walk, latest=latest_day_of(person, at=at))


def _has_ended(walk: Path, today: date) -> bool:
    return walk.has_begun(today) and walk.now(today).is_finished


def after_page(person: User, path: Enrolment, *, at: datetime) -> AfterPage | None:
    """None while the path goes on."""
    read = library.course_of(path.course_version.hash)
    walk, today = cohorts.unplanned(path, read.course), today_of(person, at=at)
    if not _has_ended(walk, today):
        return None
    return AfterPage(
        course_title=read.course.title,
        person=person.id,
        pairs=cohorts.leaves(path, walk, latest=latest_day_of(person, at=at)),
        ground=ground_of(person),
        letters=practices.unopened_letters(person, today=today),
        lines=practices.lines_since(person, path.starts_on),
        practices=tuple(practice_link(read.script(name)) for name in read.course.weeks[-1].practices),
    )
