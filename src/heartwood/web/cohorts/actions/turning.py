"""Turning on a path: to pause, to go on, to go to a week; and when and where one means to practise."""

from __future__ import annotations

from datetime import date, datetime, time
from uuid import UUID

from django.db import IntegrityError, transaction

from heartwood.errors import UnknownName
from heartwood.web.cohorts import queries
from heartwood.web.cohorts.models import Enrolment, Rhythm, Turn
from heartwood.web.kit import audit
from heartwood.web.library import queries as library
from heartwood.web.people import keys
from heartwood.web.people.days import latest_day_of, today_of
from heartwood.web.people.models import User

OUTDATED = "This page is no longer up to date. Load it again."


def pause(person: User, *, page: UUID, at: datetime) -> None:
    """Let the path rest. The week stands still until its person goes on.

    page  made with the form, so that one sent twice turns once. Raises UnknownName for somebody else's,
          and for whoever is on no path; this holds for every turn.
    """
    _turn(person, Turn.Kind.PAUSED, page=page, at=at)


def resume(person: User, *, page: UUID, at: datetime) -> None:
    """Go on where the path rested."""
    _turn(person, Turn.Kind.RESUMED, page=page, at=at)


def go_to(person: User, place: int, *, page: UUID, at: datetime) -> None:
    """Begin the week at `place` (from 0) today: the same once more, an earlier one, or a later one."""
    _turn(person, Turn.Kind.WENT, place=place, page=page, at=at)


def _turn(person: User, kind: Turn.Kind, *, page: UUID, at: datetime, place: int | None = None) -> None:
    try:
        with transaction.atomic():
            path = _path(person)
            if Turn.objects.filter(id=page, enrolment=path).exists():
                return
            _check(path, place)
            _keep_what_opened(path, latest=latest_day_of(person, at=at))
            day = today_of(person, at=at)
            Turn.objects.create(id=page, enrolment=path, kind=kind, place=place, day=day, at=at)
            audit.record(kind.value, subject=("enrolment", path.id), by=person.id, at=at)
    except IntegrityError:
        raise UnknownName(OUTDATED) from None


def _keep_what_opened(path: Enrolment, *, latest: date) -> None:
    """A turn on a day that has come twice takes back no week."""
    walk = queries.unplanned(path, library.course_of(path.course_version.hash).course)
    path.opened = max(path.opened, len(walk.open_weeks(latest)))
    path.save(update_fields=["opened"])


def _path(person: User) -> Enrolment:
    """The path this person is on, locked until the end of the transaction."""
    paths = Enrolment.objects.select_for_update(of=("self",)).filter(
        person=person, state=Enrolment.State.ACTIVE
    )
    path = paths.select_related("course_version").defer("course_version__files").first()
    if path is None:
        raise UnknownName("You are on no path. Begin a course first.")
    return path


def _check(path: Enrolment, place: int | None) -> None:
    weeks = library.course_of(path.course_version.hash).course.weeks
    if place is not None and not 0 <= place < len(weeks):
        raise UnknownName("There is no such week in your course. Choose one of those that are shown.")


@transaction.atomic
def plan(
    person: User,
    *,
    days_a_week: int | None,
    time: time | None,
    place: str,
    length_ms: int | None,
    at: datetime,
) -> None:
    """When, where and how long somebody means to practise. Written anew, it is what was written last."""
    path = _path(person)
    Rhythm.objects.update_or_create(
        enrolment=path,
        defaults={
            "days_a_week": days_a_week,
            "time": time,
            "sealed_place": keys.seal(person, place) if place else None,
            "length_ms": length_ms,
            "at": at,
        },
    )
    audit.record("planned", subject=("enrolment", path.id), by=person.id, at=at)
