"""`heartwood backup DIR`: copy everything this server keeps, the keys apart."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from heartwood.web.project.backup import back_up
from heartwood.web.project.folder import DataFolder
from heartwood.web.project.sources import read


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="heartwood backup")
    parser.add_argument("into", type=Path, help="folder that receives the backup")
    parser.add_argument("--data", type=Path, help="folder for everything this server keeps")
    asked = parser.parse_args(words)
    kept, keys = back_up(
        DataFolder.at(read({"data": asked.data}).options.data), asked.into, at=datetime.now(UTC)
    )
    print(f"Database and files: {kept}\nKeys:               {keys}\nKeep the two in different places.")
    return 0
