"""Beginning a path, and letting go of everything held of a person's paths."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from heartwood.errors import UnknownName
from heartwood.web.cohorts import queries
from heartwood.web.cohorts.models import Enrolment
from heartwood.web.kit import audit
from heartwood.web.library.models import CourseVersion
from heartwood.web.people.models import User


def begin(person: User, version: CourseVersion, *, starts_on: date, page: UUID, at: datetime) -> Enrolment:
    """Put a person on the path through a course. Whoever is on a path already stays on it.

    page  made with the form, so that one sent twice begins once. Raises UnknownName for a page that
          began another path: somebody else's, or one that is over.
    """
    try:
        with transaction.atomic():
            path = Enrolment.objects.create(
                person=person, course_version=version, starts_on=starts_on, page=page, began_at=at
            )
            audit.record("began", subject=("enrolment", path.id), by=person.id, at=at)
            return path
    except IntegrityError:
        if known := queries.path_of(person):
            return known
        raise UnknownName("This page has been used already. Load it again.") from None


def erase(person: User, *, at: datetime) -> None:
    Enrolment.objects.filter(person=person).delete()
