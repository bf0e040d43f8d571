"""`heartwood backup DIR`: copy everything this server keeps, the keys apart."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from heartwood.web.project.backup import back_up
from heartwood.web.project.databases import database_of
from heartwood.web.project.expiry import delete_expired
from heartwood.web.project.folder import DataFolder
from heartwood.web.project.sources import FILE, read


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="heartwood backup")
    parser.add_argument("into", type=Path, help="folder that receives the backup")
    parser.add_argument("--data", type=Path, help="folder for everything this server keeps")
    asked = parser.parse_args(words)
    options, at = read({"data": asked.data}).options, datetime.now(UTC)
    folder, settings = DataFolder.at(options.data), options.config or options.data / FILE
    database = database_of(folder, options.database_url.get_secret_value())
    kept, keys = back_up(folder, database, asked.into, at=at, settings=settings)
    print(f"Database and files: {kept}\nKeys and settings:  {keys}\nKeep the two in different places.")
    secrets = frozenset(path.name for path in folder.keys.iterdir())
    for place in (asked.into, folder.backups):
        gone, left = delete_expired(place, at=at, days=options.backup_days, secrets=secrets)
        for copy in gone:
            print(f"Older than {options.backup_days} days, and deleted: {copy}")
        for copy in left:
            print(
                f"Older than {options.backup_days} days; delete it by hand, it holds something else: {copy}"
            )
    return 0
