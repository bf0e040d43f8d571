"""`heartwood doctor`: how this server is, in the words of the operator's page."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from heartwood.cli import rooms

if TYPE_CHECKING:
    from heartwood.web.desk.queries import Desk


def main(words: list[str]) -> int:
    """Exit status 0 when all is well, 1 when something needs a hand."""
    parser = argparse.ArgumentParser(prog="heartwood doctor", description=__doc__)
    parser.add_argument("--json", action="store_true", help="the same as one JSON object")
    parser.add_argument("--data", type=Path, help="folder for everything this server keeps")
    asked = parser.parse_args(words)
    rooms.enter(asked.data)
    from django.utils import timezone

    from heartwood.web.desk import queries

    found = queries.desk(at=timezone.now())
    print(json.dumps(asdict(found), default=str, ensure_ascii=False) if asked.json else _told(found))
    return 1 if found.wanting else 0


def _told(found: Desk) -> str:
    lines = [f"{'!' if line.needs_a_hand else ' '} {line.name:<12} {line.words}" for line in found.lines]
    failed = [f"  {each.at:%Y-%m-%d %H:%M}  {each.what}: {each.why}" for each in found.failures]
    closing = "Lines with ! need a hand." if found.wanting else "All is well."
    return "\n".join([*lines, *(["", "What failed:", *failed] if failed else []), "", closing])
