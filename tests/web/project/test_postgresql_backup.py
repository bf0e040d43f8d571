"""On PostgreSQL a backup is pg_dump's, and a restore is all or nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from heartwood.errors import SetupError
from heartwood.web.project.backup import back_up, back_up_before_migration, restore
from heartwood.web.project.databases import PostgreSQL, ProgramMissing, database_of
from heartwood.web.project.folder import DataFolder
from tests.cluster import programs

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
URL = settings.OPTIONS.database_url.get_secret_value()

pytestmark = pytest.mark.skipif(not URL, reason="SQLite is asked for; these are the tests of PostgreSQL")


@pytest.fixture
def url(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a database of its own, with one person in it."""
    name = f"backup_{os.getpid()}"
    monkeypatch.setenv("PATH", f"{programs()}{os.pathsep}{os.environ['PATH']}")
    address = urlsplit(URL)._replace(path=f"/{name}").geturl()
    with _connected(URL) as server:
        server.execute(f"CREATE DATABASE {name}")
        _run(address, "CREATE TABLE person (name TEXT)", "INSERT INTO person VALUES ('amara')")
        yield address
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    made = DataFolder.at(tmp_path / "data")
    (made.keys / "master.key").write_text("a key")
    return made


def _connected(url: str) -> Any:
    import psycopg

    return closing(psycopg.connect(url, autocommit=True))


def _run(url: str, *statements: str) -> None:
    with _connected(url) as database:
        for statement in statements:
            database.execute(statement)


def _names(url: str) -> list[str]:
    with _connected(url) as database:
        return [name for (name,) in database.execute("SELECT name FROM person ORDER BY name").fetchall()]


def _tables(url: str) -> list[str]:
    with _connected(url) as database:
        rows = database.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    return sorted(name for (name,) in rows)


def test_a_restore_brings_back_that_moment_and_sets_the_present_aside(
    folder: DataFolder, tmp_path: Path, url: str
) -> None:
    database = database_of(folder, url)
    kept, _ = back_up(folder, database, tmp_path / "backups", at=NOON)
    _run(url, "INSERT INTO person VALUES ('bo')", "CREATE TABLE of_a_newer_version (n INT)")

    aside = restore(folder, database, kept, keys=None, at=NOON)

    assert (_names(url), _tables(url)) == (["amara"], ["person"])
    restore(folder, database, aside / "db", keys=folder.keys, at=NOON + timedelta(minutes=1))
    assert (_names(url), _tables(url)) == (["amara", "bo"], ["of_a_newer_version", "person"])


def test_a_copy_from_before_a_migration_can_be_restored(folder: DataFolder, url: str) -> None:
    database = database_of(folder, url)
    kept = back_up_before_migration(folder, database, at=NOON)
    _run(url, "ALTER TABLE person RENAME COLUMN name TO called")

    restore(folder, database, kept, keys=None, at=NOON)

    assert _names(url) == ["amara"]


def test_a_copy_that_was_cut_off_is_refused_and_nothing_moves(
    folder: DataFolder, tmp_path: Path, url: str
) -> None:
    database = database_of(folder, url)
    kept, _ = back_up(folder, database, tmp_path / "backups", at=NOON)
    dump = kept / "heartwood.sql"
    dump.write_bytes(dump.read_bytes()[:-200])

    with pytest.raises(SetupError, match="cut off"):
        restore(folder, database, kept, keys=None, at=NOON)

    assert _names(url) == ["amara"]


def test_a_copy_with_a_line_that_is_refused_leaves_all_as_it_was(
    folder: DataFolder, tmp_path: Path, url: str
) -> None:
    database = database_of(folder, url)
    kept, _ = back_up(folder, database, tmp_path / "backups", at=NOON)
    dump = kept / "heartwood.sql"
    dump.write_text(dump.read_text().replace("CREATE TABLE", "CREATE TABEL"))
    _run(url, "INSERT INTO person VALUES ('bo')")

    with pytest.raises(SetupError, match="psql refused: .*TABEL"):
        restore(folder, database, kept, keys=None, at=NOON)

    assert _names(url) == ["amara", "bo"]
    assert (folder.keys / "master.key").exists()


def test_a_backup_of_the_other_kind_is_named_as_such(folder: DataFolder, tmp_path: Path, url: str) -> None:
    kept, _ = back_up(folder, database_of(folder, url), tmp_path / "backups", at=NOON)

    with pytest.raises(SetupError, match="other kind of database"):
        restore(folder, database_of(folder, ""), kept, keys=None, at=NOON)


def test_without_the_program_nothing_is_made_and_the_remedy_is_named(
    folder: DataFolder, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")

    with pytest.raises(ProgramMissing, match="postgresql-client"):
        back_up_before_migration(folder, PostgreSQL(url), at=NOON)

    assert list(folder.backups.glob("before-*")) == []


def test_a_wrong_address_is_told_without_its_password(folder: DataFolder, url: str) -> None:
    wrong = "postgresql://heartwood:very-secret@localhost:1/heartwood"

    with pytest.raises(SetupError, match="pg_dump refused") as told:
        back_up_before_migration(folder, PostgreSQL(wrong), at=NOON)

    assert "very-secret" not in str(told.value)
