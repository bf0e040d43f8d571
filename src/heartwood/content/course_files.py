"""The files of a course in one language: read by name, each noted as used."""

from __future__ import annotations

import re
from collections.abc import Mapping

from heartwood.content.findings import Findings
from heartwood.content.pages import Page, piece_text, read_page, read_suggestions, read_text
from heartwood.content.tables import Table, read_table
from heartwood.curriculum.course import Suggestions, Text

_TRANSLATED = re.compile(r"\.[a-z]{2,3}(-[A-Za-z]+)*\.md$")


class CourseFiles:
    """What a reader of a course asks of its files. Whatever is missing or faulty is added to the findings."""

    def __init__(self, files: Mapping[str, str], language: str, findings: Findings) -> None:
        self.files, self.language, self.findings = files, language, findings
        self.used: set[str] = set()

    def _table(self, path: str) -> Table | None:
        if path not in self.files:
            self.findings.add(path, None, "This file is missing. Write it, as the course format describes.")
            return None
        self.used.add(path)
        return read_table(path, self.files[path], self.findings)

    def _optional_table(self, path: str) -> Table | None:
        return self._table(path) if path in self.files else None

    def _page(self, stem: str) -> Page | None:
        path = f"{stem}.{self.language}.md"
        if path not in self.files:
            self.findings.add(path, None, "This file is missing. Write it, as the course format describes.")
            return None
        self.used.add(path)
        return read_page(path, self.files[path], self.findings)

    def _text(self, stem: str) -> Text | None:
        path = f"{stem}.{self.language}.md"
        if path not in self.files:
            return None
        self.used.add(path)
        return read_text(path, self.files[path], self.findings)

    def _suggestions(self, stem: str) -> Suggestions | None:
        path = f"{stem}.{self.language}.md"
        if path not in self.files:
            return None
        self.used.add(path)
        return read_suggestions(path, self.files[path], self.findings)

    def strays(self) -> list[str]:
        """Files that nothing in the course leads to, such as one whose name is misspelt."""
        return [
            path
            for path in sorted(self.files)
            if path not in self.used
            and _TRANSLATED.sub(f".{self.language}.md", path) not in self.used
            and path != "README.md"
        ]

    def _piece(self, table: Table, page: Page, name: str) -> Text:
        if name and name not in page.pieces:
            table.add("id", f"'{name}' has no words. Write '## {name}' in {page.path}.")
        return piece_text(page, name, self.findings) if name in page.pieces else Text(name, "")

    def _check_pieces(self, page: Page, used: list[tuple[str, Table]]) -> None:
        """Each id once, and no words that nothing uses."""
        names = [name for name, _ in used]
        for name, table in used:
            if names.count(name) > 1:
                table.add(None, f"The id '{name}' is used more than once. Give each its own.")
        for name, piece in page.pieces.items():
            if name not in names:
                toml = page.path.removesuffix(f".{self.language}.md") + ".toml"
                self.findings.add(
                    page.path, piece.line, f"There is no '{name}' in {toml}. Add it, or remove this."
                )
