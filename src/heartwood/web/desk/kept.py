"""Small files beside the database: when each worker was last at work, and the last backup and restore.

They lie outside the database on purpose. A restore brings the database of
another day; it must not bring that day's memory of backups with it.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
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
    _write(data / "backups" / what, at=at, place=place)


def note_restore(data: Path, *, at: datetime, source: Path) -> None:
    """A backup was brought back into this data folder.

    It is noted beside the backup as well, where that can be written: so the house that made it
    learns that it was tried elsewhere.
    """
    note(data, RESTORE, at=at, place=source)
    with suppress(OSError):
        _write(source.absolute().with_name(RESTORE), at=at, place=source)


def last_restore(data: Path) -> datetime | None:
    """When a backup was last brought back: into this folder, or the folder of its last backup elsewhere."""
    elsewhere = _read(data / "backups" / BACKUP, "place")
    tried = _moment(Path(elsewhere).with_name(RESTORE)) if elsewhere else None
    return max(filter(None, (last(data, RESTORE), tried)), default=None)


def last(data: Path, what: str) -> datetime | None:
    """When that last happened; None when never, or when the note cannot be read."""
    return _moment(data / "backups" / what)


def _write(file: Path, *, at: datetime, place: Path) -> None:
    partial = file.with_suffix(".partial")
    partial.write_text(json.dumps({"at": at.isoformat(), "place": str(place.absolute())}), encoding="utf-8")
    os.replace(partial, file)


def _moment(file: Path) -> datetime | None:
    told = _read(file, "at")
    try:
        return datetime.fromisoformat(told) if told else None
    except ValueError:
        return None


def _read(file: Path, key: str) -> str | None:
    try:
        told = json.loads(file.read_text(encoding="utf-8"))[key]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return told if isinstance(told, str) else None
