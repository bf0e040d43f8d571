"""What is read of paths."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from heartwood.web.cohorts.models import Enrolment
from heartwood.web.library.models import CourseVersion
from heartwood.web.people.models import User

MONDAYS_OFFERED = 4


def path_of(person: User) -> Enrolment | None:
    """The path this person is on, with its course version."""
    paths = Enrolment.objects.filter(person=person, state=Enrolment.State.ACTIVE)
    return paths.select_related("course_version").defer("course_version__files").first()


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
            }
            for path in Enrolment.objects.filter(person=person)
            .select_related("course_version")
            .order_by("id")
        ]
    }
