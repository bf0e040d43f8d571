"""Scripts: script.toml says what comes when, script.<language>.md says the words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from heartwood.content.findings import Findings
from heartwood.content.pages import Page, read_page
from heartwood.content.tables import Table, read_table
from heartwood.curriculum.ways import DIRECTIONS, STRANDS
from heartwood.practice.script import Bell, BellKind, Cue, Part, Quiet, Repeat, Script, Silence

KINDS = ("main", "short", "on-the-spot")
NOTES = ("@posture", "@leave", "@gentler", "@note")
LONGEST_LINE = 300
MOST_PARTS = 500
MOST_ROUNDS = 200
LONGEST_SECONDS = 4 * 3600
LONGEST_MINUTES = 240
MARK_UP = re.compile(r"[*_`#<>\[\]{}|\\&]|^\s*[-+] |^\s*\d+\. ", re.MULTILINE)
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def read_script(files: Mapping[str, str], folder: str, language: str, findings: Findings) -> Script | None:
    """The script whose files stand in `folder`; None when they cannot be read at all."""
    path, words = f"{folder}/script.toml", f"{folder}/script.{language}.md"
    table = read_table(path, files[path], findings)
    if words not in files:
        findings.add(words, None, f"The words of this script are missing. Write them in {words}.")
        return None
    page = read_page(words, files[words], findings)
    if table is None:
        return None
    return _Reading(table, page, findings).script(folder.rsplit("/", 1)[-1], language)


class _Reading:
    """One script being read: which ids were met so far, and on which line."""

    def __init__(self, table: Table, page: Page, findings: Findings) -> None:
        self.table, self.page, self.findings = table, page, findings
        self.met: dict[str, int] = {}
        self.cues: set[str] = set()

    def script(self, name: str, language: str) -> Script:
        table = self.table
        table.only({"kind", "strands", "directions", "minutes", "part"})
        shortest, default, longest = self._minutes()
        parts = self._parts()
        self._check_bells(parts)
        self._check_words_are_used()
        return Script(
            id=name,
            title=self.page.title,
            parts=parts,
            shortest_ms=shortest,
            default_ms=default,
            longest_ms=longest,
            language=language,
            kind=table.word("kind", among=KINDS, default="main"),
            strands=table.words("strands", among=STRANDS),
            directions=table.words("directions", among=DIRECTIONS),
            summary=self.page.opening,
            notes={n[1:]: p.text for n, p in self.page.pieces.items() if n in NOTES},
        )

    def _minutes(self) -> tuple[int, int, int]:
        table = self.table.table("minutes")
        if table is None:
            self.table.add(
                "minutes", "The promise is missing. Write [minutes] with shortest, default and longest."
            )
            return 60_000, 60_000, 60_000
        table.only({"shortest", "default", "longest"})
        shortest, default, longest = (_length(table, key) for key in ("shortest", "default", "longest"))
        if not shortest <= default <= longest:
            table.add("default", "The lengths must rise: shortest, default, longest. Put them in order.")
        return shortest, default, longest

    def _parts(self) -> tuple[Part, ...]:
        tables = self.table.tables("part")
        if len(tables) > MOST_PARTS:
            self.table.add(
                "part", f"A script may have {MOST_PARTS} parts, this one has {len(tables)}. Divide it."
            )
            return ()
        return tuple(part for table in tables if (part := self._part(table)))

    def _part(self, table: Table) -> Part | None:
        kinds = [kind for kind in ("bell", "cue", "silence", "repeat") if kind in table.values]
        if len(kinds) != 1:
            table.add(None, "A part is one of bell, cue, silence or repeat. Write exactly one of them.")
            return None
        if kinds == ["bell"]:
            table.only({"bell"})
            return Bell(BellKind(table.word("bell", among=tuple(BellKind))))
        if kinds == ["repeat"]:
            return self._repeat(table)
        return self._stretch(table, {"rank"})

    def _stretch(self, table: Table, also: set[str]) -> Cue | Silence | None:
        rank = table.whole("rank", least=1, greatest=999) if "rank" in table.values and also else None
        if "cue" in table.values:
            table.only({"cue", "pause", "weight", "open"} | also)
            name = self._new_id(table, "cue")
            self.cues.add(name)
            return Cue(name, self._words(table, name), _quiet(table, "pause"), rank)
        if "silence" in table.values:
            table.only({"silence", "seconds", "weight", "open"} | also)
            return Silence(self._new_id(table, "silence"), _quiet(table, "seconds"), rank)
        table.add(None, "Inside a repeat a part is a cue or a silence. Write one of them.")
        return None

    def _repeat(self, table: Table) -> Repeat:
        table.only({"repeat", "times", "rank", "part"})
        name = self._new_id(table, "repeat")
        inner = tuple(part for t in table.tables("part") if (part := self._stretch(t, set())))
        if not inner:
            table.add(None, f"The repeat '{name}' holds nothing. Write [[part.part]] under it.")
        least, greatest = _times(table)
        rank = table.whole("rank", least=1, greatest=999, default=999)
        return Repeat(name, inner, least, greatest, rank)

    def _new_id(self, table: Table, key: str) -> str:
        name = table.word(key)
        if name in self.met:
            table.add(key, f"The id '{name}' stands already on line {self.met[name]}. Give this one its own.")
        elif name:
            self.met[name] = table.line(key)
        return name

    def _words(self, table: Table, name: str) -> str:
        piece = self.page.pieces.get(name)
        if piece is None:
            if name:
                table.add("cue", f"The cue '{name}' has no words. Write '## {name}' in {self.page.path}.")
            return ""
        self._check_words(piece.line, name, piece.text)
        return " ".join(piece.text.split())

    def _check_words(self, line: int, name: str, text: str) -> None:
        def say(message: str) -> None:
            self.findings.add(self.page.path, line, message)

        if not text:
            say(f"There are no words under '{name}'. Write the line that is spoken.")
        if len(" ".join(text.split())) > LONGEST_LINE:
            say(f"'{name}' is longer than {LONGEST_LINE} characters. Make two cues of it.")
        if match := MARK_UP.search(text):
            say(f"'{name}' is read aloud and cannot hold mark-up ({match[0].strip()!r}). Write plain words.")
        if _UNSEEN.search(text):
            say(f"'{name}' holds a character that cannot be seen. Type the line anew.")
        if re.search(r"\d", text):
            say(f"'{name}' holds a digit. Write the number as a word, so that every voice reads it alike.")

    def _check_bells(self, parts: tuple[Part, ...]) -> None:
        tables = self.table.tables("part")
        kinds = [part.kind if isinstance(part, Bell) else None for part in parts]
        if kinds[:1] != [BellKind.OPENING]:
            (tables or [self.table])[0].add(
                None, 'The opening bell is missing. Begin with [[part]] bell = "opening".'
            )
        if kinds[-1:] != [BellKind.CLOSING]:
            (tables or [self.table])[-1].add(
                None, 'The closing bell is missing. End with [[part]] bell = "closing".'
            )
        for kind in (BellKind.OPENING, BellKind.CLOSING):
            rung = [table for table in tables if table.values.get("bell") == kind]
            for again in rung[1:]:
                again.add("bell", f"There is a second {kind} bell here. Use an interval bell, or remove it.")

    def _check_words_are_used(self) -> None:
        for name, piece in self.page.pieces.items():
            if name.startswith("@"):
                if name not in NOTES:
                    known = ", ".join(NOTES)
                    self.findings.add(self.page.path, piece.line, f"'{name}' is no note. Known: {known}.")
            elif name not in self.cues:
                self.findings.add(
                    self.page.path,
                    piece.line,
                    f"There is no cue '{name}' in {self.table.path}. Add it there, or remove these words.",
                )


def _quiet(table: Table, key: str) -> Quiet:
    """Three seconds values as a Quiet; a finding when they do not rise."""
    values = table.values.get(key)
    weight = table.whole("weight", least=0, greatest=100, default=1)
    if not isinstance(values, list) or len(values) != 3:
        table.add(
            key, f"{key} must be three lengths in seconds: least, natural, greatest, such as [3, 5, 9]."
        )
        return Quiet(0, 0, 0, weight)
    bounds = [_milliseconds(v, 1000, LONGEST_SECONDS) for v in values]
    if None in bounds:
        table.add(key, f"{key} must hold seconds from 0 to {LONGEST_SECONDS}, at most three decimals.")
        return Quiet(0, 0, 0, weight)
    least, natural, greatest = (bound or 0 for bound in bounds)
    if not least <= natural <= greatest:
        table.add(key, f"The lengths of {key} must rise: least, natural, greatest, not {values}.")
        return Quiet(0, 0, 0, weight)
    return Quiet(least, natural, greatest, weight, table.flag("open"))


def _times(table: Table) -> tuple[int, int]:
    values = table.values.get("times")
    whole = isinstance(values, list) and len(values) == 2 and all(type(v) is int for v in values)
    if not whole or not values or not 0 <= values[0] <= values[1] <= MOST_ROUNDS or not values[1]:
        table.add(
            "times", f"times must be two whole numbers that rise, such as [1, 6], at most {MOST_ROUNDS}."
        )
        return 1, 1
    return values[0], values[1]


def _length(table: Table, key: str) -> int:
    value = _milliseconds(table.values.get(key), 60_000, LONGEST_MINUTES)
    if not value or value % 6_000:
        table.add(
            key, f"{key} must be minutes up to {LONGEST_MINUTES}, whole or in tenths, such as 12 or 7.5."
        )
        return 60_000
    return value


def _milliseconds(value: object, unit: int, greatest: int) -> int | None:
    """`value` units as whole milliseconds, or None when it is no such number."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= greatest:
        return None
    exact = Decimal(str(value)) * unit
    return int(exact) if exact == int(exact) else None
