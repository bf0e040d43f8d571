"""Everything held, as one page for reading: the same content as the JSON, in nested parts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from heartwood.web.people.zones import zone_of


@dataclass(frozen=True, slots=True)
class Part:
    """One named thing: words, or a table of like things, or further parts.

    moment   the moment as it stands in the JSON, where `words` say it in the person's own time
    """

    name: str
    words: str = ""
    moment: str = ""
    parts: tuple[Part, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Part, ...], ...] = ()


def parts_of(held: dict[str, Any], *, zone: str) -> tuple[Part, ...]:
    """Each entry as a part, in the order it came."""
    return tuple(_part(name, value, zone=zone) for name, value in held.items())


def _part(key: str, value: Any, *, zone: str) -> Part:
    name = key.replace("_", " ")
    if isinstance(value, dict) and value:
        return Part(name, parts=parts_of(value, zone=zone))
    if isinstance(value, list) and _is_table(value):
        rows = tuple(parts_of(row, zone=zone) for row in value)
        return Part(name, columns=tuple(cell.name for cell in rows[0]), rows=rows)
    if isinstance(value, list) and value:
        numbered = {str(number): one for number, one in enumerate(value, start=1)}
        return Part(name, parts=parts_of(numbered, zone=zone))
    return _words(name, key, value, zone=zone)


def _is_table(values: list[Any]) -> bool:
    """Whether all are plain entries of one kind, few enough to stand side by side."""
    return bool(values) and all(
        isinstance(value, dict)
        and value.keys() == values[0].keys()
        and len(value) <= 6
        and not any(isinstance(one, dict | list) for one in value.values())
        and "body" not in value
        for value in values
    )


def _words(name: str, key: str, value: Any, *, zone: str) -> Part:
    if value is None or value in ("", [], {}):
        return Part(name, words=_("nothing"))
    if isinstance(value, bool):
        return Part(name, words=_("yes") if value else _("no"))
    if key == "at" or key.endswith("_at"):
        here = datetime.fromisoformat(value).astimezone(zone_of(zone))
        return Part(name, words=date_format(here, "j F Y, H:i:s"), moment=value)
    return Part(name, words=str(value))
