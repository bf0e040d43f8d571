"""Backups are whole, keep the keys apart, and never bring an erased person back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from heartwood.errors import SetupError
from heartwood.web.desk import kept as noted
from heartwood.web.project.backup import back_up, back_up_before_migration, restore
from heartwood.web.project.databases import database_of
from heartwood.web.project.folder import DataFolder

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    """A data folder with one row, one sound and one key."""
    made = DataFolder.at(tmp_path / "data")
    _write_row(made, "amara")
    (made.media / "one.m4a").write_bytes(b"sound")
    (made.keys / "master.key").write_text("a key")
    return made


def _write_row(folder: DataFolder, name: str) -> None:
    with closing(sqlite3.connect(folder.database)) as database, database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE IF NOT EXISTS person (name TEXT)")
        database.execute("INSERT INTO person VALUES (?)", [name])


def _names(database: Path) -> list[str]:
    with closing(sqlite3.connect(database)) as opened:
        return [name for (name,) in opened.execute("SELECT name FROM person ORDER BY name")]


def test_a_backup_holds_database_and_files_and_the_keys_lie_apart(folder: DataFolder, tmp_path: Path) -> None:
    kept, keys = back_up(folder, database_of(folder, ""), tmp_path / "backups", at=NOON)

    assert _names(kept / "heartwood.sqlite3") == ["amara"]
    assert (kept / "media" / "one.m4a").read_bytes() == b"sound"
    assert (keys / "master.key").read_text() == "a key"
    assert [found.name for found in kept.rglob("master.key")] == []


def test_a_restore_brings_back_that_moment_and_sets_the_present_aside(
    folder: DataFolder, tmp_path: Path
) -> None:
    kept, _ = back_up(folder, database_of(folder, ""), tmp_path / "backups", at=NOON)
    _write_row(folder, "bo")

    aside = restore(folder, database_of(folder, ""), kept, keys=None, at=NOON)

    assert _names(folder.database) == ["amara"]
    assert _names(aside / "db" / "heartwood.sqlite3") == ["amara", "bo"]


def test_a_backup_tried_in_another_folder_is_known_to_the_house_that_made_it(
    folder: DataFolder, tmp_path: Path
) -> None:
    kept, _ = back_up(folder, database_of(folder, ""), tmp_path / "kept", at=NOON)
    elsewhere = DataFolder.at(tmp_path / "elsewhere")

    restore(elsewhere, database_of(elsewhere, ""), kept, keys=None, at=NOON + timedelta(days=1))

    assert noted.last_restore(folder.path) == NOON + timedelta(days=1)
    assert noted.last(folder.path, noted.RESTORE) is None


def test_a_restore_joins_the_ledgers_of_the_erased(folder: DataFolder, tmp_path: Path) -> None:
    (folder.keys / "erased.jsonl").write_text("first\n")
    kept, _ = back_up(folder, database_of(folder, ""), tmp_path / "backups", at=NOON)
    (folder.keys / "erased.jsonl").write_text("first\nsecond\n")

    restore(folder, database_of(folder, ""), kept, keys=None, at=NOON)

    assert (folder.keys / "erased.jsonl").read_text() == "first\nsecond\n"


def test_a_folder_that_is_no_backup_is_refused_and_nothing_moves(folder: DataFolder, tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="not a Heartwood backup"):
        restore(folder, database_of(folder, ""), tmp_path, keys=None, at=NOON)

    assert _names(folder.database) == ["amara"]


def test_the_newest_three_copies_from_before_a_migration_stay(folder: DataFolder) -> None:
    for minutes in range(5):
        back_up_before_migration(folder, database_of(folder, ""), at=NOON + timedelta(minutes=minutes))

    kept = sorted(copy.name for copy in folder.backups.iterdir())
    assert kept == [f"before-migration-20261124T120{minutes}00000000" for minutes in (2, 3, 4)]


def test_a_data_folder_in_use_says_by_whom(folder: DataFolder) -> None:
    with folder.hold(purpose="serve"), pytest.raises(SetupError, match=r"in use by process \d+ on .*serve"):
        folder.hold(purpose="serve")


def test_the_settings_go_to_the_keys_and_come_back_only_where_there_are_none(
    folder: DataFolder, tmp_path: Path
) -> None:
    (folder.path / "heartwood.toml").write_text('mail_password = "secret"')
    kept, keys = back_up(
        folder,
        database_of(folder, ""),
        tmp_path / "backups",
        at=NOON,
        settings=folder.path / "heartwood.toml",
    )
    elsewhere = DataFolder.at(tmp_path / "elsewhere")
    (folder.path / "heartwood.toml").write_text("port = 8001")

    restore(elsewhere, database_of(elsewhere, ""), kept, keys=keys, at=NOON)
    restore(folder, database_of(folder, ""), kept, keys=keys, at=NOON)

    assert [found.name for found in kept.rglob("*.toml")] == []
    assert (elsewhere.path / "heartwood.toml").read_text() == 'mail_password = "secret"'
    assert (elsewhere.path / "heartwood.toml").stat().st_mode & 0o777 == 0o600
    assert (folder.path / "heartwood.toml").read_text() == "port = 8001"
    assert not (folder.keys / "heartwood.toml").exists()


def test_what_merely_looks_like_a_copy_from_before_a_migration_stays(folder: DataFolder) -> None:
    (folder.backups / "before-migration-notes").mkdir()
    for minutes in range(5):
        back_up_before_migration(folder, database_of(folder, ""), at=NOON + timedelta(minutes=minutes))

    assert (folder.backups / "before-migration-notes").is_dir()
