"""A path through a course, brought from another server."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import time as Clock
from typing import Annotated, Any
from uuid import UUID, uuid5

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import Field, model_validator

from heartwood.web.cohorts.models import Answer, Enrolment, Rhythm, Turn
from heartwood.web.library import queries as library
from heartwood.web.library.models import CourseVersion
from heartwood.web.people import keys
from heartwood.web.people.bringing import Bringing, Came, Day, Kind, Moment, Shape, read

NAME = gettext_lazy("Paths through a course")


class _Answer(Shape):
    had: str
    was_offered: str
    accepted: bool
    at: Moment


class _Turn(Shape):
    kind: Turn.Kind
    place: Annotated[int, Field(ge=0, le=1000)] | None
    day: Day
    at: Moment

    @model_validator(mode="after")
    def _goes_somewhere(self) -> _Turn:
        if (self.kind == Turn.Kind.WENT) == (self.place is None):
            raise ValueError("who goes goes somewhere")
        return self


class _Rhythm(Shape):
    days_a_week: Annotated[int, Field(ge=1, le=7)] | None
    time: Clock | None
    place: Annotated[str, Field(max_length=1000)] | None
    length_ms: Annotated[int, Field(ge=0, le=24 * 60 * 60 * 1000)] | None
    at: Moment


class _Path(Shape):
    id: UUID
    course: Annotated[str, Field(max_length=80)]
    course_version: Annotated[str, Field(max_length=64)]
    starts_on: Day
    state: Enrolment.State
    began_at: Moment
    ended_at: Moment | None
    leaves: Annotated[int, Field(ge=0, le=1000)] = 0
    opened: Annotated[int, Field(ge=0, le=1000)] = 0
    answers_to_newer_versions: list[_Answer]
    turns: list[_Turn] = []
    rhythm: _Rhythm | None = None


def take_paths(bringing: Bringing, held: Mapping[str, Any]) -> Came:
    """Each path whose version of its course is here. Whoever is on a path stays on it."""
    told = read(_Path, held["paths"], name=NAME)
    known = _versions(told)
    lost = sorted({path.course for path in told if path.course_version not in known})
    told = [path for path in told if path.course_version in known]
    here = bringing.settle([path.id for path in told], among=[(Enrolment, "person_id")])
    new = [path for path in told if bringing.ids[path.id] not in here]
    for path in new:
        _write(bringing, path, known)
    notes = (
        _("This server does not have “%(course)s” in the version you were on. "
          "What you practised comes; that path does not.")
        % {"course": course}
        for course in lost
    )  # fmt: skip
    return Came(len(new), len(told) - len(new), tuple(notes))


def _versions(paths: Sequence[_Path]) -> dict[str, UUID]:
    """Every version that is named, by its hash."""
    hashes = {path.course_version for path in paths}
    hashes |= {one for path in paths for answer in path.answers_to_newer_versions
               for one in (answer.had, answer.was_offered)}  # fmt: skip
    return dict(CourseVersion.objects.filter(hash__in=hashes).values_list("hash", "id"))


def _write(bringing: Bringing, path: _Path, known: Mapping[str, UUID]) -> None:
    identity, active = bringing.ids[path.id], Enrolment.State.ACTIVE
    state, ended_at = path.state, path.ended_at
    if state == active and Enrolment.objects.filter(person=bringing.person, state=active).exists():
        state, ended_at = Enrolment.State.LEFT, bringing.at
    stored = Enrolment.objects.create(
        id=identity, person=bringing.person, course_version_id=known[path.course_version],
        starts_on=path.starts_on, state=state, began_at=path.began_at, ended_at=ended_at,
        leaves=path.leaves, opened=path.opened, page=uuid5(identity, "brought"),
    )  # fmt: skip
    _write_answers(stored, path.answers_to_newer_versions, known)
    _write_turns(stored, path)
    if path.rhythm:
        _write_rhythm(stored, path.rhythm)


def _write_answers(stored: Enrolment, answers: Sequence[_Answer], known: Mapping[str, UUID]) -> None:
    for number, answer in enumerate(answers):
        if {answer.had, answer.was_offered} <= known.keys():
            Answer.objects.create(
                id=uuid5(stored.id, f"answer {number}"), enrolment=stored, before_id=known[answer.had],
                offered_id=known[answer.was_offered], accepted=answer.accepted, at=answer.at,
            )  # fmt: skip


def _write_turns(stored: Enrolment, path: _Path) -> None:
    """As they were made; one to a week that the course does not have leads nowhere, and stays behind."""
    weeks = len(library.course_of(path.course_version).course.weeks)
    Turn.objects.bulk_create(
        Turn(id=uuid5(stored.id, f"turn {number}"), enrolment=stored, kind=turn.kind, place=turn.place,
             day=turn.day, at=turn.at)
        for number, turn in enumerate(path.turns) if turn.place is None or turn.place < weeks
    )  # fmt: skip


def _write_rhythm(stored: Enrolment, told: _Rhythm) -> None:
    Rhythm.objects.create(
        enrolment=stored, days_a_week=told.days_a_week, time=told.time, length_ms=told.length_ms, at=told.at,
        sealed_place=keys.seal(stored.person, told.place) if told.place else None,
    )  # fmt: skip


ACCEPTS = (Kind(NAME, ("paths",), take_paths),)
