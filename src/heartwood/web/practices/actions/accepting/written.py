"""Private lines, caring acts, pages of the journal and letters to oneself, brought from another server."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext_lazy
from pydantic import Field

from heartwood.web.people import keys
from heartwood.web.people.bringing import Bringing, Came, Day, Kind, Moment, Shape, read
from heartwood.web.practices import records
from heartwood.web.practices.actions.accepting.taking import checked, take_each
from heartwood.web.practices.models import CaringAct, Letter, Reflection

LINES, ACTS = gettext_lazy("Private lines"), gettext_lazy("Caring acts")
PAGES, LETTERS = gettext_lazy("Pages of your journal"), gettext_lazy("Letters to yourself")


class _Line(Shape):
    id: UUID
    sitting: UUID | None
    written_at: Moment
    day: Day
    body: str


class _Act(Shape):
    id: UUID
    direction: CaringAct.Direction
    written_at: Moment
    day: Day
    body: str


class _Page(Shape):
    id: UUID
    kind: Reflection.Kind
    written_at: Moment
    changed_at: Moment | None
    day: Day
    revision: Annotated[int, Field(ge=1, le=2**31 - 1)]
    question: Annotated[str, Field(max_length=records.LONGEST_PROMPT)]
    tags: list[str]
    body: str


class _Letter(Shape):
    id: UUID
    written_at: Moment
    opens_on: Day
    opened_at: Moment | None
    declined_at: Moment | None
    body: str


def take_lines(bringing: Bringing, held: Mapping[str, Any]) -> Came:
    told = read(_Line, held["lines"], name=LINES)
    return take_each(bringing, told, Reflection, row=_line, beside=_other_line, kind="line")


def take_acts(bringing: Bringing, held: Mapping[str, Any]) -> Came:
    told = read(_Act, held["caring_acts"], name=ACTS)
    return take_each(bringing, told, CaringAct, row=_act, beside=_other_act, kind="act")


def take_pages(bringing: Bringing, held: Mapping[str, Any]) -> Came:
    told = read(_Page, held["reflections"], name=PAGES)
    return take_each(bringing, told, Reflection, row=_page, beside=_other_page, kind="reflection")


def take_letters(bringing: Bringing, held: Mapping[str, Any]) -> Came:
    told = read(_Letter, held["letters_to_oneself"], name=LETTERS)
    return take_each(bringing, told, Letter, row=_letter, beside=_other_letter, kind="letter")


def _line(bringing: Bringing, told: _Line) -> Reflection:
    return Reflection(
        id=bringing.ids[told.id],
        person=bringing.person,
        sitting_id=bringing.here(told.sitting),
        sealed=keys.seal(bringing.person, checked(records.check_line, told.body)),
        written_at=told.written_at,
        day=told.day,
    )


def _act(bringing: Bringing, told: _Act) -> CaringAct:
    return CaringAct(
        id=bringing.ids[told.id],
        person=bringing.person,
        direction=told.direction,
        sealed=keys.seal(bringing.person, checked(records.check_act, told.body)),
        written_at=told.written_at,
        day=told.day,
    )


def _page(bringing: Bringing, told: _Page) -> Reflection:
    tags = checked(records.check_tags, told.tags)
    about = json.dumps({"tags": tags, "prompt": told.question}, ensure_ascii=False)
    return Reflection(
        id=bringing.ids[told.id],
        person=bringing.person,
        kind=told.kind,
        sealed=keys.seal(bringing.person, checked(records.check_reflection, told.body)),
        sealed_about=keys.seal(bringing.person, about),
        written_at=told.written_at,
        changed_at=told.changed_at,
        day=told.day,
        revision=told.revision,
    )


def _letter(bringing: Bringing, told: _Letter) -> Letter:
    return Letter(
        id=bringing.ids[told.id],
        person=bringing.person,
        sealed=keys.seal(bringing.person, checked(records.check_letter, told.body)),
        written_at=told.written_at,
        opens_on=told.opens_on,
        opened_at=told.opened_at,
        declined_at=told.declined_at,
    )


def _other_line(bringing: Bringing, known: Reflection, told: _Line) -> str | None:
    body = checked(records.check_line, told.body)
    return None if keys.unseal(bringing.person, known.sealed) == body else body


def _other_act(bringing: Bringing, known: CaringAct, told: _Act) -> str | None:
    line = checked(records.check_act, told.body)
    if (keys.unseal(bringing.person, known.sealed), known.direction) == (line, told.direction):
        return None
    return json.dumps({"line": line, "direction": told.direction}, ensure_ascii=False)


def _other_page(bringing: Bringing, known: Reflection, told: _Page) -> str | None:
    body = checked(records.check_reflection, told.body)
    if keys.unseal(bringing.person, known.sealed) == body:
        return None
    page = {"body": body, "tags": told.tags, "prompt": told.question, "kind": told.kind, "saving": 0}
    return json.dumps(page, ensure_ascii=False)


def _other_letter(bringing: Bringing, known: Letter, told: _Letter) -> str | None:
    body = checked(records.check_letter, told.body)
    return None if keys.unseal(bringing.person, known.sealed) == body else body


ACCEPTS = (
    Kind(LINES, ("lines",), take_lines),
    Kind(ACTS, ("caring_acts",), take_acts),
    Kind(PAGES, ("reflections",), take_pages),
    Kind(LETTERS, ("letters_to_oneself",), take_letters),
)
