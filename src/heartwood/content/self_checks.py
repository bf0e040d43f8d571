"""Self-checks: check.toml in a week's folder says what leads where, check.<language>.md says the words."""

from __future__ import annotations

from heartwood.content.course_files import CourseFiles
from heartwood.content.pages import Page
from heartwood.content.tables import Table
from heartwood.curriculum.self_check import LEADS, SelfCheck, Sign


class SelfCheckFiles(CourseFiles):
    """A reader that knows self-checks."""

    def _self_check(self, folder: str) -> SelfCheck | None:
        table = self._optional_table(f"{folder}/check.toml")
        page = self._page(f"{folder}/check") if table else None
        if table is None or page is None:
            return None
        table.only({"sign"})
        inner = table.tables("sign")
        signs = tuple(self._sign(each, page) for each in inner)
        if not signs:
            table.add("sign", "A self-check needs a statement. Write [[sign]] with its id and leads.")
        used = [(sign.id, each) for sign, each in zip(signs, inner, strict=True)]
        suggestions = {name: self._suggestion(page, name) for name in LEADS}
        self._check_pieces(page, [*used, *((f"@{name}", table) for name in LEADS)])
        return SelfCheck(page.title, page.opening, signs, suggestions)

    def _sign(self, table: Table, page: Page) -> Sign:
        table.only({"id", "leads"})
        name = table.word("id")
        leads = table.word("leads", among=LEADS[1:])
        if name not in page.pieces:
            table.add("id", f"'{name}' has no words. Write '## {name}' in {page.path}.")
            return Sign(name, "", leads)
        return Sign(name, " ".join(page.pieces[name].text.split()), leads)

    def _suggestion(self, page: Page, name: str) -> str:
        piece = page.pieces.get(f"@{name}")
        if piece is None or not piece.text:
            self.findings.add(
                page.path,
                piece.line if piece else None,
                f"A self-check says what to do. Write '## @{name}' and its words.",
            )
            return ""
        return piece.text
