"""Moments to meet: moments/<name>/moment.toml says what comes when, moment.<language>.md says the words."""

from __future__ import annotations

from heartwood.content.course_files import CourseFiles
from heartwood.content.pages import Page
from heartwood.content.scripts import LONGEST_LINE, MARK_UP
from heartwood.content.tables import Table
from heartwood.curriculum.moment import LONGEST_MS, PURPOSES, SHORTEST_MS, Line, Moment
from heartwood.curriculum.ways import DIRECTIONS, STRANDS

LONGEST_PAUSE_SECONDS = 30
MOST_ACTS = 5


class MomentFiles(CourseFiles):
    """A reader that knows moments."""

    def moments(self) -> tuple[Moment, ...]:
        """Those of a course of which nothing else is read."""
        table = self._optional_table("course.toml")
        return self._moments(table) if table else ()

    def _moments(self, course: Table) -> tuple[Moment, ...]:
        """The moments that course.toml lists, in its order."""
        names = course.words("moments")
        return tuple(moment for name in names if (moment := self._moment(course, name)))

    def _moment(self, course: Table, name: str) -> Moment | None:
        folder = f"moments/{name}"
        if f"{folder}/moment.toml" not in self.files:
            course.add(
                "moments", f"There is no {folder}/moment.toml. Write it, or take '{name}' out of moments."
            )
            return None
        table, page = self._table(f"{folder}/moment.toml"), self._page(f"{folder}/moment")
        if table is None or page is None:
            return None
        table.only({"purpose", "directions", "acts", "line"})
        inner = table.tables("line")
        moment = Moment(
            id=name,
            title=page.title,
            summary=page.opening,
            purpose=table.word("purpose", among=PURPOSES),
            directions=table.words("directions", among=DIRECTIONS),
            lines=tuple(self._line(each, page) for each in inner),
            acts={act: self._words(table, page, act, "acts") for act in table.words("acts")},
        )
        used = [(line.id, each) for line, each in zip(moment.lines, inner, strict=True)]
        self._check_pieces(page, [*used, *((act, table) for act in moment.acts)])
        _check(moment, table)
        return moment

    def _line(self, table: Table, page: Page) -> Line:
        table.only({"cue", "strand", "pause"})
        name = table.word("cue")
        return Line(
            id=name,
            text=self._words(table, page, name, "cue"),
            strand=table.word("strand", among=STRANDS),
            pause_ms=table.whole("pause", least=1, greatest=LONGEST_PAUSE_SECONDS) * 1000,
        )

    def _words(self, table: Table, page: Page, name: str, key: str) -> str:
        """The words of one line or act: plain, and short enough to take in at a glance."""
        if name not in page.pieces:
            table.add(key, f"'{name}' has no words. Write '## {name}' in {page.path}.")
            return ""
        piece = page.pieces[name]
        text = " ".join(piece.text.split())
        if not text:
            self.findings.add(page.path, piece.line, f"There are no words under '{name}'. Write them.")
        if len(text) > LONGEST_LINE:
            self.findings.add(
                page.path, piece.line, f"'{name}' has more than {LONGEST_LINE} characters. Divide it."
            )
        if MARK_UP.search(piece.text):
            self.findings.add(page.path, piece.line, f"'{name}' holds mark-up. Write plain words.")
        return text


def _check(moment: Moment, table: Table) -> None:
    if moment.strands != STRANDS:
        table.add(
            None, f"The lines go through {', '.join(STRANDS)}, each once and in this order. Put them so."
        )
    if not SHORTEST_MS <= moment.lasts_ms <= LONGEST_MS:
        table.add(
            None,
            f"At 110 words a minute this lasts {-(-moment.lasts_ms // 1000)} seconds, not "
            f"{SHORTEST_MS // 1000} to {LONGEST_MS // 1000}. Change pauses or lines.",
        )
    if not 1 <= len(moment.acts) <= MOST_ACTS:
        table.add("acts", f"A moment ends with one to {MOST_ACTS} small acts. Write their ids in acts.")
