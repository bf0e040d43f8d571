"""`heartwood course show`: what a course holds, in words, lines and minutes."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from heartwood import content
from heartwood.cli.practice import practice_row
from heartwood.content import ReadCourse
from heartwood.curriculum.course import ClassPlan, Meeting, Week
from heartwood.practice import cues


def show(folder: Path, asked: argparse.Namespace) -> int:
    """Print the course as lines, or as JSON alone."""
    read = content.read_course(folder, asked.language)
    if asked.json:
        print(json.dumps(shown(read), ensure_ascii=False, indent=2))
    else:
        print("\n".join(_lines(read)))
    return 0


def shown(read: ReadCourse) -> dict[str, object]:
    """The whole course as JSON shows it."""
    course = read.course
    return {
        "id": course.id,
        "title": course.title,
        "hash": read.hash,
        "language": course.language,
        "weeks": [_week(read, week) for week in course.weeks],
        "meetings": [_meeting(meeting) for meeting in course.meetings],
        "scripts": [_script(read, name) for name in sorted(read.scripts)],
        "texts": sorted(course.texts),
        "words": sum(_words(text) for text in _prose(read).values()),
    }


def _week(read: ReadCourse, week: Week) -> dict[str, object]:
    return {
        "number": week.number,
        "step": week.step,
        "title": week.title,
        "parts": [{"kind": kind, "title": _title(read, week, kind)} for kind in week.kinds],
        "reading_words": week.reading.words if week.reading else 0,
        "class_plan": _plan(week.class_plan),
        "short_class_plan": _plan(week.short_class_plan),
        "practices": list(week.practices),
    }


def _title(read: ReadCourse, week: Week, kind: str) -> str:
    """What a part is called; several titles where the part is several things."""
    if kind == "practices":
        return "; ".join(read.scripts[name].title for name in week.practices)
    if kind == "short":
        return read.scripts[week.short].title if week.short else ""
    if kind == "exercises":
        return "; ".join(exercise.text.title for exercise in week.exercises)
    if kind == "class_plan":
        return f"{week.class_plan.minutes} minutes" if week.class_plan else ""
    return str(getattr(week, kind).title)


def _plan(plan: ClassPlan | None) -> dict[str, object] | None:
    if plan is None:
        return None
    segments = [{"title": segment.text.title, "minutes": segment.minutes} for segment in plan.segments]
    return {"minutes": plan.minutes, "segments": segments}


def _meeting(meeting: Meeting) -> dict[str, object]:
    return {
        "id": meeting.id,
        "title": meeting.title,
        "after_week": meeting.after_week,
        **(_plan(meeting.class_plan) or {}),
    }


def _script(read: ReadCourse, name: str) -> dict[str, object]:
    script = read.scripts[name]
    lines = cues(script)
    return {
        **practice_row(read, name),
        "kind": script.kind,
        "strands": list(script.strands),
        "directions": list(script.directions),
        "lines": len(lines),
        "words": sum(_words(cue.text) for cue in lines),
    }


def _lines(read: ReadCourse) -> list[str]:
    course, prose = read.course, _prose(read)
    return [
        f"{course.title} ({course.id}, {read.hash[:12]})",
        *(_week_line(week) for week in course.weeks),
        *(f"   +  {m.title}: {m.minutes} minutes" for m in course.meetings),
        *(_script_line(_script(read, name)) for name in sorted(read.scripts)),
        f"{sum(map(_words, prose.values()))} words in {sum(map(_rows, prose.values()))} lines of text, "
        f"{sum(_class_minutes(week) for week in course.weeks)} minutes of class.",
    ]


def _week_line(week: Week) -> str:
    plans = [str(plan.minutes) for plan in (week.class_plan, week.short_class_plan) if plan]
    facts = [f"reading of {week.reading.words} words"] if week.reading else []
    facts += [f"class of {' or '.join(plans)} minutes"] if plans else []
    return f"  {week.number:>2}  {week.title}: {', '.join([*week.practices, *facts])}"


def _script_line(row: dict[str, object]) -> str:
    return (
        f"      {row['id']:<28} {row['lines']:>3} lines {row['words']:>4} words  "
        f"{row['shortest']:g} to {row['longest']:g} minutes  {row['title']}"
    )


def _class_minutes(week: Week) -> int:
    return week.class_plan.minutes if week.class_plan else 0


def _prose(read: ReadCourse) -> dict[str, str]:
    """The Markdown files in the language that was read, by path."""
    ending = f".{read.course.language}.md"
    return {path: text for path, text in read.files.items() if path.endswith(ending)}


def _words(text: str) -> int:
    return len(text.split())


def _rows(text: str) -> int:
    return sum(1 for row in text.split("\n") if row.strip())
