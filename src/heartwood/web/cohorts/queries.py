"""What is read of paths."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Max, prefetch_related_objects

from heartwood import content
from heartwood.curriculum import Course, Path, Turn, Turning
from heartwood.web.cohorts import models
from heartwood.web.cohorts.models import Answer, Enrolment
from heartwood.web.library import queries as library
from heartwood.web.library.models import CourseVersion, Rendering
from heartwood.web.people import keys
from heartwood.web.people.models import User

MONDAYS_OFFERED = 4


def path_of(person: User) -> Enrolment | None:
    """The path this person is on, with its course version."""
    paths = Enrolment.objects.filter(person=person, state=Enrolment.State.ACTIVE)
    return paths.select_related("course_version", "rhythm").defer("course_version__files").first()


def earlier_paths(person: User) -> list[Enrolment]:
    """Those that are over, the latest first."""
    over = Enrolment.objects.filter(person=person).exclude(state=Enrolment.State.ACTIVE)
    return list(
        over.select_related("course_version").defer("course_version__files").order_by("-ended_at", "-id")
    )


def leaves_of_old(person: User) -> int:
    """The pairs of leaves that grew on paths that are over."""
    over = Enrolment.objects.filter(person=person).exclude(state=Enrolment.State.ACTIVE)
    return int(over.aggregate(most=Max("leaves", default=0))["most"])


def leaves(path: Enrolment, walk: Path, *, latest: date) -> int:
    """The pairs of leaves of the plant: one for each week that opened on this path, and those of before.

    latest  the latest day that its person has come to, so that they are never fewer than the day before
    """
    return path.leaves + max(path.opened, len(walk.open_weeks(latest)))


def walk(path: Enrolment, course: Course) -> Path:
    """The path as `curriculum` sees it, with every turn of it and the length that was planned."""
    rhythm = rhythm_of(path)
    return replace(unplanned(path, course), planned_ms=rhythm.length_ms if rhythm else None)


def unplanned(path: Enrolment, course: Course) -> Path:
    """The path with its turns alone: enough to know which weeks are open."""
    turns = [Turn(turn.day, Turning(turn.kind), turn.place or 0) for turn in turns_of(path)]
    return Path(course, path.starts_on, turns)


def turns_of(path: Enrolment) -> list[models.Turn]:
    """In the order in which they were made."""
    return sorted(path.turns.all(), key=lambda turn: (turn.at, turn.id))


def rhythm_of(path: Enrolment) -> models.Rhythm | None:
    return getattr(path, "rhythm", None)


def where_of(path: Enrolment) -> str:
    """Where they mean to practise, opened with their own key."""
    rhythm = rhythm_of(path)
    return keys.unseal(path.person, rhythm.sealed_place) if rhythm and rhythm.sealed_place else ""


@dataclass(frozen=True, slots=True)
class Offer:
    """A newer version of the course that somebody is on.

    is_safety  a change in it keeps from harm, and this person has not decided about it yet
    is_kept    they have seen this offer and keep what they have
    """

    version: CourseVersion
    is_safety: bool
    is_kept: bool


def offer(path: Enrolment) -> Offer | None:
    """What this path could change to; None while it has the newest."""
    pinned = path.course_version
    newest = library.newest_of(pinned.course, language=pinned.language)
    if newest is None or newest.id == pinned.id or newest.published_at < pinned.published_at:
        return None
    seen = _last_kept(path)
    fresh = content.new_changes(library.course_of((seen or pinned).hash), library.course_of(newest.hash))
    return Offer(newest, any(change.is_safety for change in fresh), seen is not None and seen.id == newest.id)


def is_corrected(person: User) -> bool:
    """Whether a change of their course keeps from harm, and they have not decided about it yet."""
    path = path_of(person)
    open_offer = offer(path) if path else None
    return open_offer is not None and open_offer.is_safety


def _last_kept(path: Enrolment) -> CourseVersion | None:
    """The newest version that was offered against the present one and declined."""
    kept = Answer.objects.filter(enrolment=path, before=path.course_version_id, accepted=False)
    answer = kept.select_related("offered").defer("offered__files").order_by("-offered__published_at").first()
    return answer.offered if answer else None


def paths_begun() -> list[tuple[CourseVersion, list[Enrolment]]]:
    """Each course version that somebody is on, with their paths; those that never turned once a first day."""
    active = Enrolment.objects.filter(state=Enrolment.State.ACTIVE)
    turned = active.filter(turns__isnull=False).distinct()
    straight = active.filter(turns__isnull=True).values_list("course_version_id", "starts_on").distinct()
    paths = [*turned, *(Enrolment(course_version_id=of, starts_on=on) for of, on in straight)]
    prefetch_related_objects(paths, "turns")
    found: dict[UUID, list[Enrolment]] = {}
    for path in paths:
        found.setdefault(path.course_version_id, []).append(path)
    versions = CourseVersion.objects.in_bulk(found)
    return [(versions[version], paths) for version, paths in found.items()]


def days_to_begin(today: date) -> list[date]:
    """Today and the next Mondays: the days on which a path may begin."""
    monday = today + timedelta(days=7 - today.weekday())
    return [today, *(monday + timedelta(weeks=week) for week in range(MONDAYS_OFFERED))]


def may_hear(person: User, made: Rendering) -> bool:
    """Whether its words stand in a course version that this person's paths have, or had before a change."""
    paths = Enrolment.objects.filter(person=person)
    versions = paths.values_list("course_version__hash", "answers__before__hash").distinct()
    return any(library.says(had, made) for pair in versions for had in pair if had)


def collect(person: User) -> dict[str, Any]:
    """Everything this room holds about a person, as JSON can say it."""
    return {
        "paths": [
            {
                "id": str(path.id),
                "course": path.course_version.course,
                "course_version": path.course_version.hash,
                "starts_on": path.starts_on.isoformat(),
                "state": path.state,
                "began_at": path.began_at.isoformat(),
                "ended_at": path.ended_at.isoformat() if path.ended_at else None,
                "leaves": path.leaves,
                "opened": path.opened,
                "answers_to_newer_versions": [_answer(one) for one in path.answers.all()],
                "turns": [_turn(one) for one in turns_of(path)],
                "rhythm": _rhythm(path),
            }
            for path in Enrolment.objects.filter(person=person)
            .select_related("course_version", "rhythm", "person")
            .prefetch_related("answers__before", "answers__offered", "turns")
            .order_by("id")
        ]
    }


def _answer(answer: Answer) -> dict[str, Any]:
    return {
        "had": answer.before.hash,
        "was_offered": answer.offered.hash,
        "accepted": answer.accepted,
        "at": answer.at.isoformat(),
    }


def _turn(turn: models.Turn) -> dict[str, Any]:
    return {
        "kind": turn.kind,
        "place": turn.place,
        "day": turn.day.isoformat(),
        "at": turn.at.isoformat(),
    }


def _rhythm(path: Enrolment) -> dict[str, Any] | None:
    rhythm = rhythm_of(path)
    if rhythm is None:
        return None
    return {
        "days_a_week": rhythm.days_a_week,
        "time": rhythm.time.isoformat("minutes") if rhythm.time else None,
        "place": where_of(path),
        "length_ms": rhythm.length_ms,
        "at": rhythm.at.isoformat(),
    }
