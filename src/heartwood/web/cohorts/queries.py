"""What is read of paths."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from heartwood import content
from heartwood.curriculum import Course, Path
from heartwood.web.cohorts.models import Answer, Enrolment
from heartwood.web.library import queries as library
from heartwood.web.library.models import CourseVersion
from heartwood.web.people.models import User

MONDAYS_OFFERED = 4


def path_of(person: User) -> Enrolment | None:
    """The path this person is on, with its course version."""
    paths = Enrolment.objects.filter(person=person, state=Enrolment.State.ACTIVE)
    return paths.select_related("course_version").defer("course_version__files").first()


def walk(path: Enrolment, course: Course) -> Path:
    """The path as `curriculum` sees it."""
    return Path(course, path.starts_on)


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


def _last_kept(path: Enrolment) -> CourseVersion | None:
    """The newest version that was offered against the present one and declined."""
    kept = Answer.objects.filter(enrolment=path, before=path.course_version_id, accepted=False)
    answer = kept.select_related("offered").defer("offered__files").order_by("-offered__published_at").first()
    return answer.offered if answer else None


def beginnings() -> list[tuple[CourseVersion, date]]:
    """Every course version that somebody is on, with each first day."""
    active = Enrolment.objects.filter(state=Enrolment.State.ACTIVE)
    pairs = list(active.values_list("course_version_id", "starts_on").distinct())
    versions = CourseVersion.objects.in_bulk([version for version, _ in pairs])
    return [(versions[version], starts_on) for version, starts_on in pairs]


def days_to_begin(today: date) -> list[date]:
    """Today and the next Mondays: the days on which a path may begin."""
    monday = today + timedelta(days=7 - today.weekday())
    return [today, *(monday + timedelta(weeks=week) for week in range(MONDAYS_OFFERED))]


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
                "answers_to_newer_versions": [_answer(one) for one in path.answers.all()],
            }
            for path in Enrolment.objects.filter(person=person)
            .select_related("course_version")
            .prefetch_related("answers__before", "answers__offered")
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
