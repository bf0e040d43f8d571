"""`heartwood course publish [FOLDER]`: make a course a version that people can begin."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from heartwood.cli import rooms


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="heartwood course publish")
    parser.add_argument("folder", type=Path, nargs="?", help="the course's folder")
    parser.add_argument("--data", type=Path, help="folder that the server keeps everything in")
    asked = parser.parse_args(words)
    rooms.enter(asked.data)
    from heartwood.web.library import actions

    now = datetime.now(UTC)
    published = [actions.publish(asked.folder, at=now)] if asked.folder else actions.publish_shipped(at=now)
    for version in published:
        print(f"{version.title}: {version.hash[:12]}, published {version.published_at:%Y-%m-%d %H:%M}")
    return 0
