"""Markdown files: one title, and pieces that stand under their ids."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from heartwood.content.findings import Findings
from heartwood.curriculum.course import Suggestions, Text

_PIECE = re.compile(r"## (\S.*?)\s*$")
_BOLD = re.compile(r"\*\*(.+?)\*\*\s*$")


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands under one `## id`. line: where its heading is."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """A Markdown file: its title, what stands before the first piece, and the pieces by id."""

    path: str
    title: str
    opening: str
    pieces: dict[str, Piece]


def read_page(path: str, text: str, findings: Findings) -> Page:
    """A page divided into its pieces."""
    lines = text.split("\n")
    title, body_at = _title(path, lines, findings)
    starts = [i for i in range(body_at, len(lines)) if _PIECE.match(lines[i])]
    pieces: dict[str, Piece] = {}
    for start, end in pairwise([*starts, len(lines)]):
        name = lines[start][3:].strip()
        if name in pieces:
            first = pieces[name].line
            findings.add(path, start + 1, f"'{name}' stands here again, first on line {first}. Remove one.")
            continue
        pieces[name] = Piece(start + 1, "\n".join(lines[start + 1 : end]).strip())
    opening = "\n".join(lines[body_at : starts[0] if starts else len(lines)]).strip()
    return Page(path, title, opening, pieces)


def read_text(path: str, text: str, findings: Findings) -> Text:
    """A page that is one piece of prose."""
    lines = text.split("\n")
    title, body_at = _title(path, lines, findings)
    markdown = "\n".join(lines[body_at:]).strip()
    if not markdown:
        findings.add(path, None, "There is nothing under the title. Write the text, or remove the file.")
    return Text(title, markdown)


def read_suggestions(path: str, text: str, findings: Findings) -> Suggestions:
    """A page that is a list: each item one suggestion, in one line."""
    lines = text.split("\n")
    title, body_at = _title(path, lines, findings)
    written = [(number, line) for number, line in enumerate(lines[body_at:], body_at + 1) if line.strip()]
    for number, line in written:
        if not line.startswith("- "):
            findings.add(
                path, number, "This is no suggestion. Begin it with '- ', in one line, or leave it out."
            )
    if not written:
        findings.add(path, None, "There is nothing under the title. Write suggestions, or remove the file.")
    return Suggestions(title, tuple(line[2:].strip() for _, line in written if line.startswith("- ")))


def piece_text(page: Page, name: str, findings: Findings) -> Text:
    """The piece `name`, whose first line is its title in bold."""
    piece = page.pieces[name]
    first, _, rest = piece.text.partition("\n")
    match = _BOLD.match(first)
    if not match:
        findings.add(page.path, piece.line, f"'{name}' has no title. Begin it with a line such as **Title**.")
        return Text(name, piece.text)
    return Text(match[1], rest.strip())


def _title(path: str, lines: list[str], findings: Findings) -> tuple[str, int]:
    """The title, and the place of the line after it."""
    for number, line in enumerate(lines):
        if line.startswith("# ") and line[2:].strip():
            return line[2:].strip(), number + 1
        if line.strip():
            findings.add(path, number + 1, "The first line must be the title: '# ' and its words.")
            return "", number
    findings.add(path, 1, "This file is empty. Begin it with a line '# Title'.")
    return "", len(lines)
