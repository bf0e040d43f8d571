"""`heartwood course`: check a course as files, look at it, publish it."""

from __future__ import annotations

import argparse
import json
import sys
from importlib import import_module
from pathlib import Path

from heartwood import content
from heartwood.cli.showing import show as show_course

SHIPPED = "heartwood-8w"


def main(words: list[str]) -> int:
    elsewhere = {"publish": "heartwood.cli.publishing", "preview": "heartwood.cli.preview"}
    if words and words[0] in elsewhere:
        return int(import_module(elsewhere[words[0]]).main(words[1:]))
    asked = _parser().parse_args(words)
    return int(asked.run(asked))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="heartwood course")
    verbs = parser.add_subparsers(required=True, metavar="check | show | preview | publish")
    check = verbs.add_parser("check", help="name everything amiss, by file and line")
    check.set_defaults(run=_check)
    show = verbs.add_parser("show", help="what the course holds, in words, lines and minutes")
    show.set_defaults(run=_show)
    verbs.add_parser("preview", help="read and hear it while it is being written", add_help=False)
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
    findings = content.judge_course(folder, asked.language)
    if asked.json:
        rows = [
            {"path": f.path, "line": f.line or None, "message": f.message, "rule": f.rule} for f in findings
        ]
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
    return show_course(_folder(asked), asked)


def _folder(asked: argparse.Namespace) -> Path:
    return asked.folder or content.shipped_courses() / SHIPPED
