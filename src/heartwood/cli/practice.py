"""`heartwood practice`: look at the practices, and hear them (list, timeline, render)."""

from __future__ import annotations

import argparse
import json
from importlib import import_module
from pathlib import Path

from heartwood import content, practice
from heartwood.content import ReadCourse

SHIPPED = "heartwood-8w"


def main(words: list[str]) -> int:
    if words and words[0].startswith(("render", "unguided", "voices", "speak")):
        return int(import_module("heartwood.cli.rendering").main(words))
    asked = _parser().parse_args(words)
    return int(asked.run(asked))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="heartwood practice")
    verbs = parser.add_subparsers(required=True, metavar="list | timeline | render | unguided")
    listing = verbs.add_parser("list", help="every practice with its lengths")
    listing.set_defaults(run=_list)
    timeline = verbs.add_parser("timeline", help="what sounds when, at one length")
    timeline.add_argument("id", help="the practice, as the list names it")
    timeline.add_argument("--minutes", required=True, help="its length, such as 12 or 7.5")
    timeline.add_argument("--voice", default="built-in", help="built-in (default) or bells")
    timeline.set_defaults(run=_timeline)
    verbs.add_parser("render", help="one sound file, at one length", add_help=False)
    verbs.add_parser("unguided", help="sitting without words, as a sound file", add_help=False)
    for verb in (listing, timeline):
        verb.add_argument("--json", action="store_true", help="JSON instead of a table")
        verb.add_argument("--course", type=Path, default=None, help="folder of another course")
    return parser


def _list(asked: argparse.Namespace) -> int:
    read = _course(asked)
    rows = [practice_row(read, name) for name in sorted(read.scripts, key=lambda n: (_week(read, n) or 0, n))]
    if asked.json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return 0
    for row in rows:
        week = f"week {row['week']}" if row["week"] is not None else ""
        lengths = f"{row['shortest']:g} to {row['longest']:g} min, usually {row['default']:g}"
        print(f"{row['id']:<32} {week:<8} {lengths:<32} {row['title']}")
    return 0


def practice_row(read: ReadCourse, name: str) -> dict[str, object]:
    """One practice as the list shows it, lengths in tenths of a minute."""
    script = read.scripts[name]
    shortest, longest = practice.tenths_inward(script.shortest_ms, script.longest_ms)
    return {
        "id": name,
        "title": script.title,
        "week": _week(read, name),
        "shortest": shortest,
        "longest": longest,
        "default": round(script.default_ms / 60_000, 1),
    }


def _week(read: ReadCourse, name: str) -> int | None:
    """The first week that has this practice; None for one that belongs to no week."""
    return next((week.number for week in read.course.weeks if name in week.practices), None)


def _timeline(asked: argparse.Namespace) -> int:
    script = _course(asked).script(asked.id)
    length = practice.read_minutes(asked.minutes)
    practice.check_length(script, length)
    sound = import_module("heartwood.sound")
    spoken = sound.spoken_lengths(script, sound.voice(asked.voice))
    timeline = practice.lay_out(script, length, spoken=spoken)
    if asked.json:
        print(json.dumps(_as_json(timeline), ensure_ascii=False, indent=2))
        return 0
    for event in timeline.events:
        minutes, rest = divmod(event.start_ms, 60_000)
        start, lasts = f"{minutes:>3}:{rest / 1000:06.3f}", event.length_ms / 1000
        print(f"{start}  {lasts:>8.3f} s  {event.kind:<8} {event.text}")
    return 0


def _as_json(timeline: practice.Timeline) -> dict[str, object]:
    return {
        "id": timeline.script_id,
        "seconds": timeline.milliseconds / 1000,
        "events": [
            {
                "kind": event.kind,
                "start": event.start_ms / 1000,
                "seconds": event.length_ms / 1000,
                "text": event.text,
            }
            for event in timeline.events
        ],
    }


def _course(asked: argparse.Namespace) -> ReadCourse:
    return content.read_course(asked.course or content.shipped_courses() / SHIPPED)
