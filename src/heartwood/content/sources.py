"""library.toml: the sources that a text may cite, by key."""

from __future__ import annotations

from heartwood.content.tables import Table
from heartwood.curriculum.course import Source

_WORDS = ("authors", "title", "where", "doi", "url", "kind", "read", "certainty", "shows", "limits")


def read_sources(table: Table | None) -> dict[str, Source]:
    """Every source of the table, in its order; what is no source is a finding."""
    if table is None:
        return {}
    table.only({"source"})
    found: dict[str, Source] = {}
    for inner in table.tables("source"):
        source = _source(inner)
        if source.key in found:
            inner.add("key", f"The source '{source.key}' stands here twice. Remove one, or rename it.")
        found.setdefault(source.key, source)
    found.pop("", None)
    return found


def _source(table: Table) -> Source:
    table.only({"key", "year", *_WORDS})
    year = table.whole("year", least=1, greatest=9999) if "year" in table.values else None
    return Source(table.word("key"), year=year, **{key: _text(table, key) for key in _WORDS})


def _text(table: Table, key: str) -> str:
    value = table.values.get(key, "")
    if not isinstance(value, str):
        table.add(key, f'{key} must be words in quotes, as in {key} = "…".')
        return ""
    return value.strip()
