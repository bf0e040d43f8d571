"""What is kept, in plain words: each room declares a line for every field of its models.

The privacy page is made from these lines and from nothing else, and a test walks
all models: a field without its line fails, so nothing can be kept in silence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

NOBODY_READS = _("You. Whoever holds both this server and its master key technically could.")
OPERATOR = _("Whoever runs this server, by opening its database.")
YOU_AND_OPERATOR = _("You. Whoever runs this server, by opening its database.")
UNTIL_ERASED = _("Until you erase your account.")


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is kept: in which fields, and what there is to say of it."""

    fields: frozenset[str]
    what: Words
    why: Words
    until: Words
    seen_by: Words


@dataclass(frozen=True, slots=True)
class Section:
    """The lines of one room. `order` says where they stand on the page."""

    room: str
    title: Words
    order: int
    lines: tuple[Line, ...] = field(default=())


_sections: dict[str, Section] = {}


def kept(fields: str, *, what: Words, why: Words, until: Words, seen_by: Words) -> Line:
    """One line. `fields` are names such as `people.User.name`, with spaces between them."""
    return Line(frozenset(fields.split()), what, why, until, seen_by)


def register(room: str, *, title: Words, order: int, lines: tuple[Line, ...]) -> None:
    """Make a room's lines known. A second registration under the same name replaces the first."""
    _sections[room] = Section(room, title, order, lines)


def sections() -> list[Section]:
    return sorted(_sections.values(), key=lambda section: section.order)


def named_fields() -> Iterator[str]:
    """Every field that some line names, as often as it is named."""
    for section in _sections.values():
        for line in section.lines:
            yield from line.fields
