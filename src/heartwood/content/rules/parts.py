"""Parts: what every week of a whole course has, how long its classes last, how long one reads."""

from __future__ import annotations

from collections.abc import Iterator

from heartwood.content.rules.manuscript import Manuscript, Remark
from heartwood.curriculum.course import Week

SUGGESTIONS = (3, 5)
WORDS_OF_A_SUGGESTION = 20
FILES = {
    "reading": "reading",
    "daily_life": "daily-life",
    "acts": "acts",
    "research": "research",
    "reflection": "reflection",
    "home": "home",
}


def missing_parts(manuscript: Manuscript) -> Iterator[Remark]:
    """A kind of part that the course promises for every week, and one week has not."""
    for week in manuscript.course.weeks:
        present = {*week.kinds, *(["home"] if week.home else [])}
        for kind in manuscript.whole.parts:
            if kind not in present:
                yield (
                    manuscript.place(week, "week.toml"),
                    1,
                    f"Week {week.number} has no {kind}. Write {_where(manuscript, week, kind)}, "
                    "or take it out of parts in course.toml.",
                )


def _where(manuscript: Manuscript, week: Week, kind: str) -> str:
    if kind in FILES:
        return manuscript.place(week, f"{FILES[kind]}.{manuscript.language}.md")
    if kind == "exercises":
        return f"{manuscript.place(week, 'exercises.toml')} and its words"
    if kind == "class_plan":
        return f"{manuscript.place(week, 'class.toml')} and its words"
    return f"{kind} = … here"


def class_minutes(manuscript: Manuscript) -> Iterator[Remark]:
    """A class that does not last as long as the course promises, or is missing."""
    for week in manuscript.course.weeks:
        path = manuscript.place(week, "class.toml")
        plans = (("long", week.class_plan), ("short", week.short_class_plan))
        for (key, plan), minutes in zip(plans, manuscript.whole.class_minutes, strict=False):
            if plan is None and week.class_plan is not None:
                yield path, 1, f"Week {week.number} has no {key} class plan. Write [{key}] with its segments."
            elif plan is not None and plan.minutes != minutes:
                yield (
                    path,
                    manuscript.line(path, f"[{key}]"),
                    f"The {key} class of week {week.number} lasts {plan.minutes} minutes, "
                    f"and course.toml promises {minutes}. Make the two agree.",
                )


def reading_words(manuscript: Manuscript) -> Iterator[Remark]:
    """A reading shorter or longer than the course promises."""
    if not manuscript.whole.reading_words:
        return
    least, most = manuscript.whole.reading_words
    for week in manuscript.course.weeks:
        if week.reading and not least <= week.reading.words <= most:
            remedy = "Write more" if week.reading.words < least else "Cut it"
            path = manuscript.place(week, f"reading.{manuscript.language}.md")
            yield path, 1, f"This reading has {week.reading.words} words, not {least} to {most}. {remedy}."


def suggestions(manuscript: Manuscript) -> Iterator[Remark]:
    """Suggestions for caring acts that are too few, too many, or too long to be one small thing."""
    for week in manuscript.course.weeks:
        if week.acts is None:
            continue
        path = manuscript.place(week, f"acts.{manuscript.language}.md")
        least, most = SUGGESTIONS
        if not least <= len(week.acts.lines) <= most:
            remedy = "Write more" if len(week.acts.lines) < least else "Leave some out"
            yield (
                path,
                1,
                f"There are {len(week.acts.lines)} suggestions here, not {least} to {most}. {remedy}.",
            )
        for line in week.acts.lines:
            if len(line.split()) > WORDS_OF_A_SUGGESTION:
                yield (
                    path,
                    manuscript.line(path, f"- {line}"),
                    f"This suggestion has {len(line.split())} words. "
                    f"Say it in {WORDS_OF_A_SUGGESTION}, as one small thing.",
                )
