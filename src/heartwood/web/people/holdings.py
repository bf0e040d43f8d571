"""What each room keeps of a person, known here only as a few functions a room.

    collect(person)              everything held about this person, as JSON can say it
    erase(person, at=)           delete it all; called inside the transaction of the erasure
    still_wanted(person, what)   asked just before anything is sent: does it still apply?
    accepts, stays               what of `collect` may be brought from another server, and why the rest
                                 may not (bringing.py)

Rooms register in their `AppConfig.ready()`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any, Protocol

from heartwood.web.kit.disclosure import Words
from heartwood.web.people.bringing import Kind
from heartwood.web.people.models import User


class Erase(Protocol):
    def __call__(self, person: User, *, at: datetime) -> None: ...


@dataclass(frozen=True, slots=True)
class Holding:
    """One room's promise about what it keeps."""

    name: str
    collect: Callable[[User], Any]
    erase: Erase
    still_wanted: Callable[[User, str], bool]
    accepts: Sequence[Kind] = ()
    stays: Mapping[str, Words] = field(default_factory=dict)


_holdings: dict[str, Holding] = {}


def _always(person: User, what: str) -> bool:
    return True


def register(
    name: str,
    *,
    collect: Callable[[User], Any],
    erase: Erase,
    still_wanted: Callable[[User, str], bool] = _always,
    accepts: Sequence[Kind] = (),
    stays: Mapping[str, Words] = MappingProxyType({}),
) -> None:
    """Make a room's holdings known. A second registration under the same name replaces the first."""
    _holdings[name] = Holding(name, collect, erase, still_wanted, accepts, stays)


def from_below() -> list[Holding]:
    """The first registered first: what a room refers to is there before the room's own."""
    return list(_holdings.values())


def all_holdings() -> Iterator[Holding]:
    """The latest registered first: rooms higher up let go before those they stand on."""
    return reversed(list(_holdings.values()))


def collect_all(person: User) -> dict[str, Any]:
    """Everything held about this person, by room."""
    return {name: holding.collect(person) for name, holding in sorted(_holdings.items())}
