"""Each piece that is not here is stored; where another stands under its id, both are kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar
from uuid import UUID

from django.db.models import Model

from heartwood.web.people.bringing import AT_ONCE, Bringing, Came
from heartwood.web.people.luggage import Refused
from heartwood.web.practices import records
from heartwood.web.practices.actions.twins import keep_twin
from heartwood.web.practices.models import Deleted


class Piece(Protocol):
    """One record of the file."""

    @property
    def id(self) -> UUID: ...


Told = TypeVar("Told", bound=Piece)
Row = TypeVar("Row", bound=Model)
Checked = TypeVar("Checked")


def take_each(
    bringing: Bringing,
    pieces: Sequence[Told],
    table: type[Row],
    *,
    row: Callable[[Bringing, Told], Row],
    beside: Callable[[Bringing, Row, Told], str | None],
    kind: str,
) -> Came:
    """Store each piece that is neither here nor was deleted here.

    row     a piece as it is stored here
    beside  what of a piece is kept beside the one that is here; None where they say the same
    kind    as twins call such a piece
    """
    told = {piece.id: piece for piece in pieces}
    here = bringing.settle(told, among=[(table, "person_id"), (Deleted, "person_id")])
    new = [piece for piece in told.values() if bringing.ids[piece.id] not in here]
    rows = table._default_manager
    rows.bulk_create([row(bringing, piece) for piece in new], batch_size=AT_ONCE)
    stored: dict[Any, Row] = rows.in_bulk([one for one, where in here.items() if where is table])
    for piece in told.values():
        known = stored.get(bringing.ids[piece.id])
        content = beside(bringing, known, piece) if known else None
        if known and content is not None:
            keep_twin(bringing.person, kind, known.pk, content, at=bringing.at)
    return Came(len(new), len(told) - len(new))


def checked(check: Callable[..., Checked], *told: Any) -> Checked:
    """What the door of here says of it. Raises Refused in its words."""
    try:
        return check(*told)
    except records.Refused as error:
        raise Refused(str(error)) from error
