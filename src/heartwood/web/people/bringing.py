"""Bringing one's things from another server: all of it or nothing, and a second time changes nothing.

Each room says, beside `collect` and `erase`, which kinds of what it collects it
also accepts, and why the others stay where they are. A kind is a function:

    take(bringing, held) -> Came

It is called inside the one transaction of the bringing, rooms below before rooms
above. What would come is found out in the same way, and then undone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha256
from itertools import islice
from typing import Annotated, Any, TypeVar
from uuid import UUID
from zoneinfo import available_timezones

from django.db import models, transaction
from django.utils.translation import gettext as _
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, TypeAdapter, ValidationError

from heartwood.web.kit import audit
from heartwood.web.kit.disclosure import Words
from heartwood.web.people.luggage import Luggage, Refused
from heartwood.web.people.models import User

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Came:
    """What became of one kind: how many are new, how many were here already, and what there is to say."""

    new: int = 0
    here: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """Something a room accepts: its name for people, the parts of the room's collection it takes, and how."""

    name: Words
    parts: tuple[str, ...]
    take: Callable[[Bringing, Mapping[str, Any]], Came]


@dataclass(slots=True)
class Bringing:
    """One person's things on their way in.

    ids            what each id of the file is called here; rooms above look up what rooms below settled
    with_settings  whether settings of there replace those of here
    """

    person: User
    at: datetime
    with_settings: bool = False
    ids: dict[UUID, UUID] = field(default_factory=dict)

    def settle(
        self, wanted: Iterable[UUID], *, among: Sequence[tuple[type[models.Model], str]]
    ) -> dict[UUID, type[models.Model]]:
        """Give each id of the file the one it has here, and say which of those are here, and in which table.

        among  the tables in which such an id may stand, each with the lookup of its owner's id

        A free id stays. One that is somebody else's is as one that was never there: a new one is made
        from it and from who brings it, the same every time.
        """
        wanted = list(wanted)
        taken = {one for one, _table, owner in _found(wanted, among) if owner != self.person.id}
        named = {one: _own_id(self.person.id, one) if one in taken else one for one in wanted}
        self.ids.update(named)
        return {one: table for one, table, owner in _found(named.values(), among) if owner == self.person.id}

    def zone(self, name: str) -> str:
        """A time zone that is known here; for one that is known no more, the person's own."""
        return name if name in available_timezones() else self.person.time_zone

    def here(self, identity: UUID | None) -> UUID | None:
        """What something the file refers to is called here; None when it did not come along."""
        return self.ids.get(identity) if identity else None


@dataclass(frozen=True, slots=True)
class Line:
    """One kind, as the page tells it. `stays` is the reason why it stays where it is."""

    name: Words
    came: Came = Came()
    stays: Words = ""


def bring(
    person: User, luggage: Luggage, *, holdings: Sequence[Any], with_settings: bool, at: datetime
) -> list[Line]:
    """Take in all that the rooms accept. Raises Refused, and then nothing of it was stored.

    holdings  the rooms, lower ones first
    """
    with transaction.atomic():
        stored = User.objects.select_for_update().get(id=person.id)
        lines = list(_lines(Bringing(stored, at, with_settings), luggage, holdings))
        if any(line.came.new for line in lines):
            audit.record("brought things", subject=("person", person.id), by=person.id, at=at)
        return lines


def look(
    person: User, luggage: Luggage, *, holdings: Sequence[Any], with_settings: bool, at: datetime
) -> list[Line]:
    """What `bring` would do; nothing stays of it."""
    with transaction.atomic():
        lines = bring(person, luggage, holdings=holdings, with_settings=with_settings, at=at)
        transaction.set_rollback(True)
    return lines


Moment = Annotated[AwareDatetime, AfterValidator(lambda moment: _believable(moment).astimezone(UTC))]
Day = Annotated[date, AfterValidator(lambda day: _believable(day))]


class Shape(BaseModel):
    """What one record of the file looks like. What it says beyond that is left out."""

    model_config = ConfigDict(extra="ignore", frozen=True)


Shaped = TypeVar("Shaped", bound=Shape)
When = TypeVar("When", date, datetime)


def read(shape: type[Shaped], records: Any, *, name: Words) -> list[Shaped]:
    """The records of one kind. Raises Refused, naming the record and the field."""
    try:
        return TypeAdapter(list[shape]).validate_python(records)  # type: ignore[valid-type]
    except ValidationError as error:
        where = [str(part) for part in error.errors()[0]["loc"]]
        number = f" {int(where[0]) + 1}" if where and where[0].isdigit() else ""
        raise Refused(
            _('Something in this file cannot be read: %(kind)s%(number)s, "%(field)s". Nothing was stored.')
            % {"kind": name, "number": number, "field": ".".join(where[1:])}
        ) from error


def _lines(bringing: Bringing, luggage: Luggage, holdings: Sequence[Any]) -> Iterator[Line]:
    rooms = dict(luggage.rooms)
    for holding in holdings:
        held = dict(rooms.pop(holding.name, {}))
        for kind in holding.accepts:
            given = {part: held.pop(part) for part in kind.parts if part in held}
            if any(given.values()):
                yield Line(kind.name, kind.take(bringing, given))
        for part, value in held.items():
            if value not in (None, "", [], {}, False):
                yield Line(part.replace("_", " "), stays=holding.stays.get(part) or _unknown())
    for room in rooms:
        yield Line(room.replace("_", " "), stays=_unknown())


def _unknown() -> str:
    return _("This server does not know it yet.")


def _found(
    wanted: Iterable[UUID], among: Sequence[tuple[type[models.Model], str]]
) -> Iterator[tuple[UUID, type[models.Model], UUID]]:
    rest = iter(dict.fromkeys(wanted))
    while some := list(islice(rest, AT_ONCE)):
        for table, owner in among:
            for identity, owned_by in table._default_manager.filter(pk__in=some).values_list("pk", owner):
                yield identity, table, owned_by


def _own_id(person: UUID, other: UUID) -> UUID:
    """A UUIDv7 of the same millisecond, made from whose it is and what it was called."""
    chance = int.from_bytes(sha256(person.bytes + other.bytes).digest()[:10])
    kept = other.int >> 80 << 80
    return UUID(int=kept | 0x7 << 76 | (chance >> 66 & 0xFFF) << 64 | 0b10 << 62 | chance & ((1 << 62) - 1))


def _believable(told: When) -> When:
    if not 1990 <= told.year <= 2200:
        raise ValueError("a year that nobody practised in")
    return told
