"""`heartwood restore DIR`: put a backup in the place of what is there."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from heartwood.web.project.backup import restore
from heartwood.web.project.databases import database_of
from heartwood.web.project.folder import DataFolder
from heartwood.web.project.sources import read


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="heartwood restore")
    parser.add_argument("source", type=Path, help="the folder heartwood-… that a backup made")
    parser.add_argument("--keys", type=Path, help="the folder heartwood-…-keys, when it lies elsewhere")
    parser.add_argument("--data", type=Path, help="folder for everything this server keeps")
    asked = parser.parse_args(words)
    options = read({"data": asked.data}).options
    folder = DataFolder.at(options.data)
    database = database_of(folder, options.database_url.get_secret_value())
    with folder.hold(purpose="restore"):
        aside = restore(folder, database, asked.source, keys=asked.keys, at=datetime.now(UTC))
    print(f"Restored from {asked.source}. What was there before lies in {aside}.")
    return 0
