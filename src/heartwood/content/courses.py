"""Courses: course.toml and the weeks, meetings, practices and texts that it names."""

from __future__ import annotations

from collections.abc import Mapping

from heartwood.content.moments import MomentFiles
from heartwood.content.pages import Page
from heartwood.content.scripts import read_script
from heartwood.content.self_checks import SelfCheckFiles
from heartwood.content.sources import read_sources
from heartwood.content.tables import ID, Table
from heartwood.curriculum.course import (
    TEXT_ROLES,
    Change,
    ClassPlan,
    Course,
    Exercise,
    Meeting,
    Segment,
    Text,
    Week,
)
from heartwood.practice.script import Script

LONGEST_MEETING_MINUTES = 24 * 60


class CourseReading(MomentFiles, SelfCheckFiles):
    """One course being read from its files, in one language."""

    def course(self) -> tuple[Course, dict[str, Script]] | None:
        table = self._table("course.toml")
        if table is None:
            return None
        table.only(
            {
                "format",
                "id",
                "language",
                "languages",
                "weeks",
                "meetings",
                "moments",
                "days_per_week",
                "practice_days",
                "arrival",
                "licensed",
                "texts",
                "whole",
            }
        )
        table.whole("format", least=1, greatest=1)
        self._text("refrains")
        scripts = self._scripts()
        weeks = self._weeks(table, scripts)
        days = table.whole("days_per_week", least=1, greatest=366, default=7)
        page, texts = self._page("course"), self._texts()
        course = Course(
            id=table.word("id"),
            title=page.title if page else "",
            summary=page.opening if page else "",
            language=self.language,
            weeks=weeks,
            meetings=tuple(m for name in table.words("meetings") if (m := self._meeting(table, name))),
            moments=self._moments(table),
            days_per_week=days,
            practice_days=table.whole("practice_days", least=0, greatest=days, default=min(6, days)),
            arrival=self._practice(table, "arrival", scripts),
            texts=texts,
            roles=self._roles(table, texts),
            sources=read_sources(self._optional_table("library.toml")),
            changes=self._changes(),
        )
        self._check_languages(table)
        return course, scripts

    def _scripts(self) -> dict[str, Script]:
        """Every script under practices/, by id."""
        found: dict[str, Script] = {}
        for path in sorted(self.files):
            parts = path.split("/")
            if len(parts) != 3 or parts[0] != "practices" or parts[2] != "script.toml":
                continue
            if not ID.fullmatch(parts[1]):
                self.findings.add(
                    path, None, f"The folder '{parts[1]}' must be lower-case words joined by hyphens."
                )
            self.used |= {path, f"practices/{parts[1]}/script.{self.language}.md"}
            script = read_script(self.files, f"practices/{parts[1]}", self.language, self.findings)
            if script:
                found[script.id] = script
        return found

    def _weeks(self, table: Table, scripts: Mapping[str, Script]) -> tuple[Week, ...]:
        weeks: list[Week] = []
        for folder in table.words("weeks"):
            week = self._week(folder, scripts, table)
            if week is None:
                continue
            if weeks and week.number <= weeks[-1].number:
                self.findings.add(
                    f"{folder}/week.toml",
                    None,
                    f"Week {week.number} stands after week {weeks[-1].number}. Let the numbers rise.",
                )
            weeks.append(week)
        if not weeks:
            table.add("weeks", 'A course needs a week. Write its folder, as in weeks = ["week-1"].')
        return tuple(weeks)

    def _week(self, folder: str, scripts: Mapping[str, Script], course: Table) -> Week | None:
        if f"{folder}/week.toml" not in self.files:
            course.add("weeks", f"There is no {folder}/week.toml. Write it, or take '{folder}' out of weeks.")
            return None
        table = self._table(f"{folder}/week.toml")
        if table is None:
            return None
        table.only({"number", "step", "practices", "short"})
        practices = table.words("practices")
        for missing in (name for name in practices if not self._known(name, scripts)):
            table.add(
                "practices", f"There is no practice '{missing}'. Write practices/{missing}/script.toml."
            )
        if not practices:
            table.add("practices", 'A week needs a practice, as in practices = ["arrive"].')
        page = self._page(f"{folder}/week")
        long, short = self._class_plans(folder)
        return Week(
            number=table.whole("number", least=0, greatest=999),
            step=table.whole("step", least=1, greatest=999) if "step" in table.values else None,
            title=page.title if page else "",
            summary=page.opening if page else "",
            practices=practices,
            short=self._practice(table, "short", scripts),
            reading=self._text(f"{folder}/reading"),
            daily_life=self._text(f"{folder}/daily-life"),
            acts=self._suggestions(f"{folder}/acts"),
            exercises=self._exercises(folder),
            class_plan=long,
            short_class_plan=short,
            research=self._text(f"{folder}/research"),
            reflection=self._text(f"{folder}/reflection"),
            home=self._text(f"{folder}/home"),
            self_check=self._self_check(folder),
        )

    def _exercises(self, folder: str) -> tuple[Exercise, ...]:
        table = self._optional_table(f"{folder}/exercises.toml")
        page = self._page(f"{folder}/exercises") if table else None
        if table is None or page is None:
            return ()
        table.only({"exercise"})
        exercises = []
        for inner in table.tables("exercise"):
            inner.only({"id", "kind", "minutes"})
            kind = inner.word("kind", among=("pair", "group", "alone"))
            minutes = inner.whole("minutes", least=1, greatest=LONGEST_MEETING_MINUTES)
            name = inner.word("id")
            exercises.append(Exercise(name, kind, minutes, self._piece(inner, page, name)))
        self._check_pieces(page, [(e.id, table) for e in exercises])
        return tuple(exercises)

    def _changes(self) -> tuple[Change, ...]:
        """What the author says has changed, from changes.toml and its words."""
        table = self._optional_table("changes.toml")
        page = self._page("changes") if table else None
        if table is None or page is None:
            return ()
        table.only({"change"})
        changes = []
        for inner in table.tables("change"):
            inner.only({"id", "safety"})
            name = inner.word("id")
            changes.append(Change(name, self._piece(inner, page, name), inner.flag("safety")))
        self._check_pieces(page, [(change.id, table) for change in changes])
        return tuple(changes)

    def _class_plans(self, folder: str) -> tuple[ClassPlan | None, ClassPlan | None]:
        table = self._optional_table(f"{folder}/class.toml")
        page = self._page(f"{folder}/class") if table else None
        if table is None or page is None:
            return None, None
        table.only({"long", "short"})
        plans = []
        for key in ("long", "short"):
            inner = table.table(key)
            if inner:
                inner.only({"minutes", "segment"})
            plans.append(self._plan(inner, page) if inner else None)
        self._check_pieces(page, [(s.id, table) for plan in plans if plan for s in plan.segments])
        return plans[0], plans[1]

    def _meeting(self, course: Table, name: str) -> Meeting | None:
        folder = f"meetings/{name}"
        if f"{folder}/meeting.toml" not in self.files:
            course.add(
                "meetings", f"There is no {folder}/meeting.toml. Write it, or take '{name}' out of meetings."
            )
            return None
        table, page = self._table(f"{folder}/meeting.toml"), self._page(f"{folder}/meeting")
        if table is None or page is None:
            return None
        table.only({"minutes", "after_week", "segment"})
        plan = self._plan(table, page)
        self._check_pieces(page, [(segment.id, table) for segment in plan.segments])
        after = table.whole("after_week", least=0, greatest=999) if "after_week" in table.values else None
        return Meeting(name, page.title, plan.minutes, after, plan)

    def _plan(self, table: Table, page: Page) -> ClassPlan:
        minutes = table.whole("minutes", least=1, greatest=LONGEST_MEETING_MINUTES)
        segments = tuple(self._segment(inner, page) for inner in table.tables("segment"))
        total = sum(segment.minutes for segment in segments)
        if total != minutes:
            table.add(
                "minutes", f"The segments add up to {total} minutes, not {minutes}. Make the two agree."
            )
        return ClassPlan(minutes, segments)

    def _segment(self, table: Table, page: Page) -> Segment:
        table.only({"id", "minutes"})
        name = table.word("id")
        minutes = table.whole("minutes", least=0, greatest=LONGEST_MEETING_MINUTES)
        return Segment(name, minutes, self._piece(table, page, name))

    def _texts(self) -> dict[str, Text]:
        """Further pages, by file name."""
        ending = f".{self.language}.md"
        names = [
            p[6 : -len(ending)] for p in sorted(self.files) if p.startswith("texts/") and p.endswith(ending)
        ]
        return {name: text for name in names if (text := self._text(f"texts/{name}"))}

    def _roles(self, course: Table, texts: Mapping[str, Text]) -> dict[str, tuple[str, ...]]:
        """What the further pages are for, as [texts] says; each page once."""
        table = course.table("texts")
        if table is None:
            return {}
        table.only(TEXT_ROLES)
        roles = {role: table.words(role) for role in TEXT_ROLES if role in table.values}
        placed: set[str] = set()
        for role, names in roles.items():
            for name in names:
                if name not in texts:
                    table.add(role, f"There is no texts/{name}.{self.language}.md. Write it.")
                elif name in placed:
                    table.add(role, f"'{name}' has a role already. Take it out of one.")
                placed.add(name)
        return {role: tuple(name for name in names if name in texts) for role, names in roles.items()}

    def _known(self, name: str, scripts: Mapping[str, Script]) -> bool:
        """Whether there is such a practice, readable or not."""
        return name in scripts or f"practices/{name}/script.toml" in self.files

    def _practice(self, table: Table, key: str, scripts: Mapping[str, Script]) -> str | None:
        if key not in table.values:
            return None
        name = table.word(key)
        if name and not self._known(name, scripts):
            table.add(key, f"There is no practice '{name}'. Write practices/{name}/script.toml.")
        return name or None

    def _check_languages(self, table: Table) -> None:
        languages = table.words("languages") or (self.language,)
        if table.word("language", default=self.language) not in languages:
            table.add("language", "The language of the course is not among its languages. Add it there.")
        for path in sorted(self.used):
            stem = path.removesuffix(f".{self.language}.md")
            for language in languages if stem != path else ():
                if language != self.language and f"{stem}.{language}.md" not in self.files:
                    self.findings.add(
                        f"{stem}.{language}.md", None, f"The text in '{language}' is missing. Write it."
                    )
