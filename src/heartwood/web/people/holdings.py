"""What each room keeps of a person, known here only as three functions a room.

    collect(person)              everything held about this person, as JSON can say it
    erase(person, at=)           delete it all; called inside the transaction of the erasure
    still_wanted(person, what)   asked just before anything is sent: does it still apply?

Rooms register in their `AppConfig.ready()`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

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


_holdings: dict[str, Holding] = {}


def _always(person: User, what: str) -> bool:
    return True


def register(
    name: str,
    *,
    collect: Callable[[User], Any],
    erase: Erase,
    still_wanted: Callable[[User, str], bool] = _always,
) -> None:
    """Make a room's holdings known. A second registration under the same name replaces the first."""
    _holdings[name] = Holding(name, collect, erase, still_wanted)


def all_holdings() -> Iterator[Holding]:
    """The latest registered first: rooms higher up let go before those they stand on."""
    return reversed(list(_holdings.values()))


def collect_all(person: User) -> dict[str, Any]:
    """Everything held about this person, by room."""
    return {name: holding.collect(person) for name, holding in sorted(_holdings.items())}
