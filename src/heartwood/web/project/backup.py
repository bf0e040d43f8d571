"""Backups: a copy of everything this server keeps, the keys apart; and the way back.

A backup is a folder with a name of its own. It is written under another name
and renamed when it is whole, so a half-made backup is never mistaken for one.
"""

from __future__ import annotations

import os
import shutil
from datetime import datetime
from pathlib import Path

from heartwood.errors import SetupError
from heartwood.web.desk import kept as noted
from heartwood.web.project.databases import POSTGRESQL_FILE, SQLITE_FILE, Database
from heartwood.web.project.expiry import copies
from heartwood.web.project.folder import DataFolder
from heartwood.web.project.sources import FILE

KEPT_BEFORE_MIGRATION = 3
LEDGERS = ("erased.jsonl", "leaving.jsonl")


def back_up(
    folder: DataFolder, database: Database, target: Path, *, at: datetime, settings: Path | None = None
) -> tuple[Path, Path]:
    """Copy database and files into target/heartwood-TIME, and the keys into target/heartwood-TIME-keys.

    settings  heartwood.toml; it may hold secrets, so it goes to the keys
    The server may be running: a database's own means take one moment's state of it.
    Returns both folders.
    """
    name = f"heartwood-{at:%Y%m%dT%H%M%S}"
    kept, keys = target / name, target / f"{name}-keys"
    if kept.exists():
        raise SetupError(f"{kept} is there already. Wait a second and try again.")
    try:
        target.mkdir(parents=True, exist_ok=True)
        _whole(keys, lambda place: _copy_secrets(folder, place, settings=settings), mode=0o700)
        _whole(kept, lambda place: _copy_state(folder, database, place), mode=0o700)
        noted.note(folder.path, noted.BACKUP, at=at, place=kept)
    except OSError as error:
        raise SetupError(
            f"The backup into {target} did not succeed: {error}. Nothing was changed."
        ) from error
    return kept, keys


def back_up_before_migration(folder: DataFolder, database: Database, *, at: datetime) -> Path:
    """Keep the database as it is now, before its shape changes. The newest three such copies stay."""
    kept = folder.backups / f"before-migration-{at:%Y%m%dT%H%M%S%f}"
    _whole(kept, database.copy, mode=0o700)
    for old in copies(folder.backups, kind="before-migration")[:-KEPT_BEFORE_MIGRATION]:
        shutil.rmtree(old)
    return kept


def restore(folder: DataFolder, database: Database, source: Path, *, keys: Path | None, at: datetime) -> Path:
    """Put a backup in the place of what is there; what is there is set aside and its folder returned.

    The lists of erased people, and of those who asked to be erased or took it back, are
    joined from both sides, never shortened, so nobody who was erased comes back.
    A heartwood.toml of today stays; where there is none, the backup's is put into the data folder.
    """
    if not (source / database.file).is_file():
        raise SetupError(_not_for(database, source))
    keys = keys or source.with_name(f"{source.name}-keys")
    if not any(keys.glob("*")) and not any(folder.keys.glob("master*")):
        raise SetupError(f"There are no keys in {keys}. Give the folder of the keys with --keys.")
    database.check(source / database.file)
    lists = {name: _lines(folder.keys / name) | _lines(keys / name) for name in LEDGERS}
    aside = folder.backups / f"before-restore-{at:%Y%m%dT%H%M%S}"
    aside.mkdir(mode=0o700, parents=True)
    database.put_back(source / database.file, aside=aside)
    for part in ("media", "keys"):
        if (folder.path / part).exists():
            os.replace(folder.path / part, aside / part)
    shutil.copytree(keys if keys.exists() else aside / "keys", folder.keys)
    folder.keys.chmod(0o700)
    if (source / "media").exists():
        shutil.copytree(source / "media", folder.media)
    for name, lines in lists.items():
        _write_list(folder.keys / name, lines)
    _restore_settings(folder)
    noted.note_restore(folder.path, at=at, source=source)
    return aside


def _whole(place: Path, make: object, *, mode: int) -> None:
    partial = place.with_name(f".{place.name}.partial")
    if partial.exists():
        shutil.rmtree(partial)
    make(partial)  # type: ignore[operator]
    partial.chmod(mode)
    _flush(partial)
    os.replace(partial, place)
    _flush_folder(place.parent)


def _copy_secrets(folder: DataFolder, place: Path, *, settings: Path | None) -> None:
    shutil.copytree(folder.keys, place)
    if settings and settings.is_file():
        shutil.copyfile(settings, place / FILE)
        (place / FILE).chmod(0o600)


def _restore_settings(folder: DataFolder) -> None:
    """Take heartwood.toml out of the restored keys; it counts only where there is none."""
    brought, today = folder.keys / FILE, folder.path / FILE
    if brought.exists() and not today.exists():
        os.replace(brought, today)
    brought.unlink(missing_ok=True)


def _copy_state(folder: DataFolder, database: Database, place: Path) -> None:
    database.copy(place)
    if folder.media.exists():
        shutil.copytree(folder.media, place / "media", ignore=shutil.ignore_patterns("*.partial"))


def _not_for(database: Database, source: Path) -> str:
    if any((source / file).is_file() for file in (SQLITE_FILE, POSTGRESQL_FILE)):
        return (
            f"{source} is a backup of the other kind of database: this server's holds {database.file}. "
            "Check database_url with `./run config`."
        )
    return f"{source} holds no {database.file}, so it is not a Heartwood backup."


def _lines(ledger: Path) -> set[str]:
    return set(ledger.read_text(encoding="utf-8").splitlines()) if ledger.exists() else set()


def _write_list(ledger: Path, lines: set[str]) -> None:
    if lines:
        ledger.write_text("".join(f"{line}\n" for line in sorted(lines)), encoding="utf-8")
        ledger.chmod(0o600)


def _flush(folder: Path) -> None:
    for file in folder.rglob("*"):
        if file.is_file():
            with file.open("rb") as handle:
                os.fsync(handle.fileno())


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
