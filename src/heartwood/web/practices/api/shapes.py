"""What the player sends, and what it is answered."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field, StrictBool, StrictInt

from heartwood.practice.counting import Kind
from heartwood.web.people.forms import boundaries, zones
from heartwood.web.practices.records import (
    LONGEST_ACT,
    LONGEST_LINE,
    LONGEST_PROMPT,
    LONGEST_REFLECTION,
    LONGEST_TAG,
    MOST_TAGS,
)

Whole = Annotated[int, Field(ge=0, le=2**31 - 1)]
Tag = Annotated[str, Field(max_length=LONGEST_TAG)]
Moment = Annotated[int, Field(ge=-(2**53), le=2**53)]
"""A device's clock, in milliseconds since 1970."""


_WRITTEN: dict[str, Any] = {
    "minLength": 1,
    "maxLength": LONGEST_LINE,
    "pattern": r"[^\s\x00-\x1f\x85]",
}


class Event(Schema):
    """One observation of a player."""

    id: UUID
    sequence: Whole
    kind: Kind
    position_ms: Whole
    wall_ms: Moment


class Batch(Schema):
    """Observations of one sitting, with what the server must know of it besides.

    sent_ms  the device's clock as it sends, by which a wrong one is told
    """

    rendering: UUID
    practice: str = ""
    sent_ms: Moment | None = None
    events: Annotated[list[Event], Field(min_length=1, max_length=500)]


class Acknowledged(Schema):
    """These ids are on disk.

    corrected  told when the sound rests: the person's course was corrected so that it is safer to
               practise, and they have not decided about it yet
    """

    acknowledged: list[UUID]
    practised_ms: int
    corrected: bool = False


class Progress(Schema):
    state: str
    progress: int


class WrittenLine(Schema):
    """A private line. That something is written is described here, and refused in words by the action.

    wall_ms  the device's clock as it was written, where it waited on the device
    """

    body: Annotated[str, Field(json_schema_extra=_WRITTEN)]
    sitting: UUID | None = None
    wall_ms: Moment | None = None
    sent_ms: Moment | None = None


class WrittenAct(Schema):
    """A caring act that waited on a device. What fits is refused in words by the action."""

    line: Annotated[str, Field(json_schema_extra={**_WRITTEN, "maxLength": LONGEST_ACT})]
    direction: Literal["others", "self", "from-others"] = "others"
    wall_ms: Moment
    sent_ms: Moment | None = None


class WrittenPage(Schema):
    """A page of the journal as an open page saves it. What fits is refused in words by the action.

    writing, number, base  which open page saves, for the how many-th time, and from which revision it began
    save                   the id of this saving, answered when it is on disk
    """

    body: Annotated[str, Field(json_schema_extra={**_WRITTEN, "maxLength": LONGEST_REFLECTION})]
    tags: Annotated[list[Tag], Field(max_length=MOST_TAGS)] = []
    prompt: Annotated[str, Field(max_length=LONGEST_PROMPT)] = ""
    kind: Literal["free", "morning", "evening"] = "free"
    writing: UUID
    number: Whole
    base: Whole
    save: UUID


class LateSettings(Schema):
    """What somebody changed without a connection, and when that was by their device's clock."""

    time_zone: Annotated[str, Field(json_schema_extra={"enum": [name for name, _ in zones()]})]
    day_boundary_minutes: Annotated[
        StrictInt, Field(json_schema_extra={"enum": [minutes for minutes, _ in boundaries()]})
    ]
    counting_off: StrictBool
    wall_ms: Moment
    sent_ms: Moment | None = None


class Kept(Schema):
    id: UUID


class KeptPage(Schema):
    """This saving is on disk."""

    id: UUID
    revision: int
