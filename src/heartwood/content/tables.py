"""TOML that remembers where it stands, so that a complaint can name a line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from heartwood.content.findings import Findings

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_HEADER = re.compile(r"\s*\[\[?\s*([\w.\-\s]+?)\s*\]\]?\s*(#.*)?$")
_SYNTAX = re.compile(r"(.*?)\s*\(at (?:line (\d+), column \d+|end of document)\)$", re.DOTALL)


def read_table(path: str, text: str, findings: Findings) -> Table | None:
    """The root table of a TOML file, or None and a finding that names the line."""
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        match = _SYNTAX.match(str(error))
        reason, line = (match[1], match[2]) if match else (str(error), None)
        place = int(line) if line else text.count("\n") + 1
        findings.add(path, place, f"This is not valid TOML: {reason}. Mend this line.")
        return None
    lines = tuple(text.split("\n"))
    return Table(values, path, findings, lines, "", -1, len(lines))


@dataclass(frozen=True)
class Table:
    """One table of a TOML file. Every getter adds a finding and answers with a harmless value."""

    values: dict[str, Any]
    path: str
    findings: Findings
    lines: tuple[str, ...]
    name: str
    start: int
    end: int

    def line(self, key: str | None = None) -> int:
        """The line of a key of this table, or of the table itself."""
        if key:
            pattern = re.compile(rf'\s*"?{re.escape(key)}"?\s*=')
            for number in range(self.start + 1, self.end):
                if _HEADER.match(self.lines[number]):
                    break
                if pattern.match(self.lines[number]):
                    return number + 1
        return max(self.start, 0) + 1

    def add(self, key: str | None, message: str) -> None:
        self.findings.add(self.path, self.line(key), message)

    def only(self, known: Collection[str]) -> None:
        """Complain about every key that the format does not know."""
        for key in self.values:
            if key not in known:
                near = get_close_matches(key, known, n=1)
                remedy = f"Did you mean '{near[0]}'?" if near else f"Known here: {', '.join(sorted(known))}."
                self.add(key, f"'{key}' is not known here. {remedy}")

    def whole(self, key: str, *, least: int, greatest: int, default: int | None = None) -> int:
        """A whole number within bounds."""
        value = self.values.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= greatest:
            self.add(key, f"{key} must be a whole number from {least} to {greatest}, not {_shown(value)}.")
            return least if default is None else default
        return value

    def word(self, key: str, *, among: Collection[str] = (), default: str | None = None) -> str:
        """A short text; an id unless it is one `among` given words."""
        value = self.values.get(key, default)
        if among and value not in (among if isinstance(value, str) else ()):
            self.add(key, f"{key} must be one of {', '.join(among)}, not {_shown(value)}.")
            return next(iter(among))
        if not among and (not isinstance(value, str) or not ID.fullmatch(value)):
            self.add(key, f"{key} must be lower-case words joined by hyphens, not {_shown(value)}.")
            return ""
        return str(value)

    def flag(self, key: str) -> bool:
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            self.add(key, f"{key} must be true or false, not {_shown(value)}.")
        return value is True

    def words(self, key: str, *, among: Collection[str] = ()) -> tuple[str, ...]:
        """A list of ids, each once."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, str) and ID.fullmatch(v) for v in value):
            self.add(key, f'{key} must be a list of ids such as ["first-one"], not {_shown(value)}.')
            return ()
        for twice in sorted({v for v in value if value.count(v) > 1}):
            self.add(key, f"'{twice}' stands twice in {key}. Remove one.")
        for unknown in (v for v in value if among and v not in among):
            self.add(key, f"'{unknown}' is not one of {', '.join(among)}.")
        return tuple(dict.fromkeys(value))

    def table(self, key: str) -> Table | None:
        """A table inside this one; None when there is none."""
        value = self.values.get(key)
        if value is None:
            return None
        if not isinstance(value, dict):
            self.add(key, f"{key} must be a table: write [{self._dotted(key)}].")
            return None
        spans = self._spans(key)
        return self._inner(key, value, spans[0] if spans else None)

    def tables(self, key: str) -> list[Table]:
        """The tables of an array of tables, in order."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
            self.add(key, f"{key} must be tables: write [[{self._dotted(key)}]] before each.")
            return []
        spans: list[tuple[int, int] | None] = list(self._spans(key))
        spans += [None] * (len(value) - len(spans))
        return [self._inner(key, v, span) for v, span in zip(value, spans, strict=False)]

    def _inner(self, key: str, values: dict[str, Any], span: tuple[int, int] | None) -> Table:
        start, end = span or (self.line(key) - 1, self.line(key))
        return Table(values, self.path, self.findings, self.lines, self._dotted(key), start, end)

    def _dotted(self, key: str) -> str:
        return f"{self.name}.{key}" if self.name else key

    def _spans(self, key: str) -> list[tuple[int, int]]:
        """First line and end of every table of this name inside this one."""
        wanted = self._dotted(key)
        headers = list(self._headers())
        spans = []
        for place, (number, name) in enumerate(headers):
            if name == wanted:
                after = (n for n, other in headers[place + 1 :] if not other.startswith(f"{wanted}."))
                spans.append((number, next(after, self.end)))
        return spans

    def _headers(self) -> Iterable[tuple[int, str]]:
        for number in range(self.start + 1, self.end):
            match = _HEADER.match(self.lines[number])
            if match:
                yield number, re.sub(r"\s", "", match[1])


def _shown(value: object) -> str:
    """A value as a sentence can bear it."""
    if value is None:
        return "left out"
    shown = str(value).lower() if isinstance(value, bool) else repr(value)
    return shown if len(shown) <= 60 else f"{shown[:60]}…"
