"""Small files beside the database: when each worker was last at work, and the last backup and restore.

They lie outside the database on purpose. A restore brings the database of
another day; it must not bring that day's memory of backups with it.
"""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path

WORKERS = ("ticker", "postman", "messenger")
BACKUP, RESTORE = "last-backup.json", "last-restore.json"


def note_work(data: Path, worker: str, *, at: datetime) -> None:
    """The worker is alive. The moment is the file's own time, so that it needs no room on the disk."""
    place = data / "logs" / f"{worker}.alive"
    place.touch()
    os.utime(place, (at.timestamp(), at.timestamp()))


def last_work(data: Path, worker: str) -> datetime | None:
    try:
        return datetime.fromtimestamp((data / "logs" / f"{worker}.alive").stat().st_mtime, UTC)
    except FileNotFoundError:
        return None


def note(data: Path, what: str, *, at: datetime, place: Path) -> None:
    """Write down that a backup was made or a restore done. Whole or not at all."""
    file = data / "backups" / what
    partial = file.with_suffix(".partial")
    partial.write_text(json.dumps({"at": at.isoformat(), "place": str(place)}), encoding="utf-8")
    os.replace(partial, file)


def last(data: Path, what: str) -> datetime | None:
    """When that last happened; None when never, or when the note cannot be read."""
    try:
        told = json.loads((data / "backups" / what).read_text(encoding="utf-8"))
        return datetime.fromisoformat(told["at"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
