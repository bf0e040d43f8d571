"""`heartwood course`: check a course as files, look at it, publish it."""

from __future__ import annotations

import argparse
import json
import sys
from importlib import import_module
from pathlib import Path

from heartwood import content

SHIPPED = "heartwood-8w"


def main(words: list[str]) -> int:
    if words and words[0] == "publish":
        return int(import_module("heartwood.cli.publishing").main(words[1:]))
    asked = _parser().parse_args(words)
    return int(asked.run(asked))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="heartwood course")
    verbs = parser.add_subparsers(required=True, metavar="check | show | publish")
    check = verbs.add_parser("check", help="name everything amiss, by file and line")
    check.set_defaults(run=_check)
    show = verbs.add_parser("show", help="what the course holds")
    show.set_defaults(run=_show)
    verbs.add_parser("publish", help="publish the course on this server", add_help=False)
    for verb in (check, show):
        verb.add_argument(
            "folder", nargs="?", type=Path, help="folder of the course (default: the shipped one)"
        )
        verb.add_argument("--language", default="en", help="language of the texts (default: en)")
        verb.add_argument("--json", action="store_true", help="JSON instead of lines")
    return parser


def _check(asked: argparse.Namespace) -> int:
    """Print every finding. The exit status is 2 when there is one."""
    folder = _folder(asked)
    findings = content.check_course(folder, asked.language)
    if asked.json:
        rows = [{"path": f.path, "line": f.line or None, "message": f.message} for f in findings]
        print(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            print(
                f"{folder / finding.path}{f':{finding.line}' if finding.line else ''}: {finding.message}",
                file=sys.stderr,
            )
        print(_verdict(folder, len(findings)))
    return 2 if findings else 0


def _verdict(folder: Path, count: int) -> str:
    if not count:
        return f"{folder}: everything is well."
    return f"{folder}: {count} thing{'s' if count > 1 else ''} to mend."


def _show(asked: argparse.Namespace) -> int:
    read = content.read_course(_folder(asked), asked.language)
    course = read.course
    if asked.json:
        weeks = [{"number": w.number, "title": w.title, "practices": list(w.practices)} for w in course.weeks]
        print(
            json.dumps(
                {
                    "id": course.id,
                    "title": course.title,
                    "hash": read.hash,
                    "language": course.language,
                    "weeks": weeks,
                    "practices": sorted(read.scripts),
                    "texts": sorted(course.texts),
                },
                ensure_ascii=False,
                indent=2,
            )
        )
        return 0
    print(f"{course.title} ({course.id}, {read.hash[:12]})")
    for week in course.weeks:
        print(f"  {week.number:>2}  {week.title}: {', '.join(week.practices)}")
    return 0


def _folder(asked: argparse.Namespace) -> Path:
    return asked.folder or content.shipped_courses() / SHIPPED
