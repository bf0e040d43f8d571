"""Beginning a path, and answering to a newer version of its course."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from heartwood.errors import UnknownName
from heartwood.web.cohorts import queries
from heartwood.web.cohorts.models import Answer, Enrolment
from heartwood.web.kit import audit
from heartwood.web.library import queries as library
from heartwood.web.library.models import CourseVersion
from heartwood.web.people.days import latest_day_of
from heartwood.web.people.models import User


@transaction.atomic
def begin_again(
    person: User, version: CourseVersion, *, over: UUID, starts_on: date, page: UUID, at: datetime
) -> Enrolment:
    """Begin a new path; the one that is over stays as it was. Raises UnknownName for a page used before.

    over  the path they were on when they asked, so that an old page ends no newer one
    """
    if not Enrolment.objects.filter(page=page, person=person).exists():
        end(person, over, state=Enrolment.State.FINISHED, at=at)
    return begin(person, version, starts_on=starts_on, page=page, at=at)


@transaction.atomic
def end(person: User, path: UUID, *, state: Enrolment.State, at: datetime) -> None:
    """Nothing more opens on this path; everything of it is kept. Ended twice, it ended once."""
    paths = Enrolment.objects.select_for_update().filter(person=person, state=Enrolment.State.ACTIVE)
    if found := paths.filter(id=path).first():
        walk = queries.unplanned(found, library.course_of(found.course_version.hash).course)
        found.leaves = queries.leaves(found, walk, latest=latest_day_of(person, at=at))
        found.state, found.ended_at = state, at
        found.save(update_fields=["state", "ended_at", "leaves"])
        audit.record(state.value, subject=("enrolment", path), by=person.id, at=at)


@transaction.atomic
def erase_path(person: User, path: UUID, *, at: datetime) -> None:
    """Let go of a path and of every turn on it, for good."""
    found = Enrolment.objects.select_for_update().filter(person=person, id=path).first()
    if found:
        found.delete()
        audit.record("erased", subject=("enrolment", path), by=person.id, at=at)


def begin(person: User, version: CourseVersion, *, starts_on: date, page: UUID, at: datetime) -> Enrolment:
    """Put a person on the path through a course. Whoever is on a path already stays on it.

    page  made with the form, so that one sent twice begins once. Raises UnknownName for a page that
          began another path: somebody else's, or one that is over.
    """
    try:
        with transaction.atomic():
            path = Enrolment.objects.create(
                person=person, course_version=version, starts_on=starts_on, page=page, began_at=at,
                leaves=queries.leaves_of_old(person),
            )  # fmt: skip
            audit.record("began", subject=("enrolment", path.id), by=person.id, at=at)
            return path
    except IntegrityError:
        if known := queries.path_of(person):
            return known
        raise UnknownName("This page has been used already. Load it again.") from None


@transaction.atomic
def answer_offer(person: User, offered: UUID, *, accepted: bool, page: UUID, at: datetime) -> Enrolment:
    """Take the newer version that was shown on a page, or keep one's own. Sittings stay with what they heard.

    offered  the version whose changes the person read
    page     made with the form; sent twice it answers once

    Raises UnknownName where there is no such offer (any more), and then nothing changes.
    """
    path = Enrolment.objects.select_for_update().filter(person=person, state=Enrolment.State.ACTIVE).first()
    if path is None:
        raise UnknownName("You are on no path. Begin a course first.")
    if Answer.objects.filter(id=page, enrolment=path).exists():
        return path
    open_offer = queries.offer(path)
    if open_offer is None or open_offer.version.id != offered or Answer.objects.filter(id=page).exists():
        raise UnknownName("This page is no longer up to date. Load it again.")
    Answer.objects.create(
        id=page, enrolment=path, before_id=path.course_version_id, offered=open_offer.version,
        accepted=accepted, at=at,
    )  # fmt: skip
    if accepted:
        path.course_version = open_offer.version
        path.save(update_fields=["course_version"])
    verb = "accepted version" if accepted else "kept version"
    audit.record(verb, subject=("enrolment", path.id), by=person.id, at=at)
    return path
