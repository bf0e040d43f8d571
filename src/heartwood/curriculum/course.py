"""A course as its author wrote it: weeks, what each holds, and the meetings around them.

Nothing here knows how many weeks there are, how many days a week are practised,
or that weeks are seven days long: the course says so.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from heartwood.curriculum.moment import Moment
from heartwood.curriculum.self_check import SelfCheck

PARTS = (
    "reading",
    "practices",
    "short",
    "exercises",
    "daily_life",
    "acts",
    "class_plan",
    "research",
    "reflection",
)
"""The kinds of part that a week can have, in the order of a week."""


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of prose: its title and its Markdown, without the title line."""

    title: str
    markdown: str

    @property
    def words(self) -> int:
        return len(self.markdown.split())

    @property
    def items(self) -> tuple[str, ...]:
        """The items of its lists as plain words, such as the questions of a reflection."""
        rows = (row[2:].strip() for row in self.markdown.split("\n") if row.startswith("- "))
        return tuple(row.replace("*", "") for row in rows)


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Small acts that fit a week, each in one line, for whoever looks for one."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """One stretch of a class, with what the teacher says, does and watches for."""

    id: str
    minutes: int
    text: Text


@dataclass(frozen=True, slots=True)
class ClassPlan:
    minutes: int
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Exercise:
    """A relational exercise. kind: "pair" or "alone" or "group"."""

    id: str
    kind: str
    minutes: int
    text: Text


@dataclass(frozen=True, slots=True)
class Week:
    """One week. `kinds` names what is there; a kind that is absent is not shown.

    practices  ids of the formal practices, the week's own first
    short      id of the short practice for a hard day, or None
    self_check  before a tender week, or None
    """

    number: int
    step: int | None
    title: str
    summary: str
    practices: tuple[str, ...]
    short: str | None = None
    reading: Text | None = None
    daily_life: Text | None = None
    acts: Suggestions | None = None
    exercises: tuple[Exercise, ...] = ()
    class_plan: ClassPlan | None = None
    short_class_plan: ClassPlan | None = None
    research: Text | None = None
    reflection: Text | None = None
    home: Text | None = None
    self_check: SelfCheck | None = None

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of part that this week has, in the order of PARTS."""
        return tuple(kind for kind in PARTS if getattr(self, kind))


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting without a week number: orientation, half day, closing circle."""

    id: str
    title: str
    minutes: int
    after_week: int | None
    class_plan: ClassPlan


TEXT_ROLES = ("welcome", "in-the-way", "hard", "choosing", "library", "teachers", "monthly")
"""What further pages can be for. A page without a role is shown with the rest."""


@dataclass(frozen=True, slots=True)
class Source:
    """A study, book or page that a text cites.

    doi, url   where it stands; either may be empty
    read       what of it was read for the course
    certainty  "seen" (read in one source) or "agreed" (two independent ones say the same), or empty
    shows, limits  what it found, and what it does not show, each in a sentence or two
    """

    key: str
    authors: str = ""
    title: str = ""
    year: int | None = None
    where: str = ""
    doi: str = ""
    url: str = ""
    kind: str = ""
    read: str = ""
    certainty: str = ""
    shows: str = ""
    limits: str = ""

    @property
    def address(self) -> str:
        return f"https://doi.org/{self.doi}" if self.doi else self.url


@dataclass(frozen=True, slots=True)
class Change:
    """What the author says about one change of the course; is_safety where it keeps somebody from harm."""

    id: str
    text: Text
    is_safety: bool = False


@dataclass(frozen=True, slots=True)
class Course:
    """A whole course.

    days_per_week  length of a course week in days (7 unless the course has another rhythm)
    practice_days  days of each week on which practice is asked for
    texts          further pages by id: welcome, consent, what gets in the way …
    roles          ids of those pages by what they are for, each in the order in which they are shown
    sources        what a text may cite, by key
    changes        what its author says has changed, newest first
    moments        what one may open in the middle of a day, in the order shown
    """

    id: str
    title: str
    summary: str
    language: str
    weeks: tuple[Week, ...]
    meetings: tuple[Meeting, ...] = ()
    days_per_week: int = 7
    practice_days: int = 6
    arrival: str | None = None
    texts: dict[str, Text] = field(default_factory=dict)
    roles: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    moments: tuple[Moment, ...] = ()

    def week(self, number: int) -> Week:
        return next(week for week in self.weeks if week.number == number)

    def texts_of(self, role: str) -> dict[str, Text]:
        """The pages that are for this, in their order."""
        return {name: self.texts[name] for name in self.roles.get(role, ())}

    @property
    def texts_without_role(self) -> dict[str, Text]:
        placed = {name for names in self.roles.values() for name in names}
        return {name: text for name, text in self.texts.items() if name not in placed}
