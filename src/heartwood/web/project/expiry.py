"""Backups end: what is older than the stated days is deleted, so that nobody erased lives on in copies.

Only what Heartwood made is ever touched. It is known by its name, which carries
its time, and by what lies in it: a folder that holds anything else is somebody's own.
"""

from __future__ import annotations

import re
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

DATABASE = {"heartwood.sqlite3", "heartwood.sqlite3-wal", "heartwood.sqlite3-shm", "heartwood.sql"}
KINDS = {
    "heartwood": {*DATABASE, "media"},
    "heartwood-keys": {"master.key", "session.key", "erased.jsonl", "leaving.jsonl", "heartwood.toml"},
    "before-migration": DATABASE,
    "before-restore": {"db", "media", "keys"},
}
"""What each kind of copy may hold. One that was cut off holds less of it."""
NAME = re.compile(
    r"(?P<kind>heartwood|before-migration|before-restore)-(?P<time>\d{8}T\d{6})(?P<micro>\d{6})?(?P<keys>-keys)?"
)
CUT_OFF = re.compile(r"\.(.+)\.partial")


def delete_expired(
    target: Path, *, at: datetime, days: int, secrets: frozenset[str] = frozenset()
) -> tuple[list[Path], list[Path]]:
    """Delete each copy in a folder that is older than so many days.

    secrets  names of further files in the folder of keys, which copies of it hold too
    Returns what is gone, and what was left because something else lies in it, each oldest first.
    """
    end = at - timedelta(days=days)
    expired = [place for place in _named_as_ours(target) if made_at(place) < end]
    gone = [place for place in expired if _holds_only_ours(place, secrets)]
    for place in gone:
        shutil.rmtree(place)
    return gone, [place for place in expired if place not in gone]


def copies(target: Path, *, kind: str) -> list[Path]:
    """The copies of one kind in a folder that Heartwood made and nobody added to, oldest first."""
    return [p for p in _named_as_ours(target) if p.name.startswith(kind) and _holds_only_ours(p, frozenset())]


def made_at(copy: Path) -> datetime:
    """The time in a copy's name, which is in UTC. A copy moved or touched later keeps it."""
    found = _match(copy.name)
    if not found:
        raise ValueError(f"{copy.name} is no name of a copy")
    told = datetime.strptime(f"{found['time']}{found['micro'] or '000000'}", "%Y%m%dT%H%M%S%f")
    return told.replace(tzinfo=UTC)


def _named_as_ours(target: Path) -> list[Path]:
    found = [place for place in target.iterdir() if _is_named_as_ours(place)] if target.is_dir() else []
    return sorted(found, key=made_at)


def _is_named_as_ours(place: Path) -> bool:
    try:
        made_at(place)
    except ValueError:
        return False
    return place.is_dir() and not place.is_symlink()


def _holds_only_ours(place: Path, secrets: frozenset[str]) -> bool:
    found = _match(place.name)
    kind = f"{found['kind']}{found['keys'] or ''}" if found else ""
    may_hold = KINDS.get(kind, set()) | (secrets if kind == "heartwood-keys" else set())
    return {part.name for part in place.iterdir()} <= may_hold


def _match(name: str) -> re.Match[str] | None:
    cut_off = CUT_OFF.fullmatch(name)
    return NAME.fullmatch(cut_off[1] if cut_off else name)
