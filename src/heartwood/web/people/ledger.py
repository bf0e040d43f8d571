"""Lists beside the keys, outside the database, so that no restore undoes what they say.

Each line is one JSON object with the id of a person and a moment, and nothing more of them.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import structlog


def write(path: Path, person: UUID, *, at: datetime, **more: str | None) -> None:
    """Add a line and flush it, with the folder it lies in."""
    line = json.dumps({"person": str(person), "at": at.isoformat(), **more}) + "\n"
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, line.encode())
        os.fsync(handle)
    finally:
        os.close(handle)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def lines(path: Path) -> Iterator[tuple[UUID, dict[str, Any]]]:
    """Each line with whom it names. One torn by a power cut was never acknowledged; it is told in the log."""
    if not path.exists():
        return
    for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
        try:
            told = json.loads(line)
            yield UUID(told["person"]), told
        except (ValueError, KeyError, TypeError):
            structlog.get_logger().error("ledger_line_unreadable", line=number)
