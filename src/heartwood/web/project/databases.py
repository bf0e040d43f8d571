"""The database of a server, copied whole and put back: SQLite in the data folder, PostgreSQL by its address.

PostgreSQL is copied and put back by its own programs, pg_dump and psql. They get the
password by the environment, since whoever is on the machine can read a command line.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit, urlunsplit

from heartwood.errors import SetupError
from heartwood.web.project.folder import DataFolder

SQLITE_FILE, POSTGRESQL_FILE = "heartwood.sqlite3", "heartwood.sql"

_WHOLE = b"-- PostgreSQL database dump complete"
_EMPTY = """
DO $$ DECLARE name text; BEGIN
  FOR name IN SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
    WHERE schemaname = current_schema() AND tableowner = current_user
  LOOP EXECUTE 'DROP TABLE IF EXISTS ' || name || ' CASCADE'; END LOOP;
END $$;
"""
"""Drops what Heartwood owns in its schema: a newer version may have tables that a copy does not know."""


class Database(Protocol):
    """A database as far as copies of it go.

    file  the name of its copy inside a backup
    """

    file: str

    def copy(self, place: Path) -> None:
        """Write one moment's state into the folder `place`, which must not be there. Raises SetupError."""

    def check(self, copy: Path) -> None:
        """Raise SetupError unless the copy is whole."""

    def put_back(self, copy: Path, *, aside: Path) -> None:
        """Set what is there aside into a folder and put the copy in its place. Raises SetupError."""


def database_of(folder: DataFolder, url: str) -> Database:
    """The database at `url`, or the data folder's own where that is empty."""
    return PostgreSQL(url) if url else SQLite(folder.database)


@dataclass(frozen=True)
class SQLite:
    path: Path
    file = SQLITE_FILE

    def copy(self, place: Path) -> None:
        if not self.path.exists():
            raise SetupError(
                f"There is no database at {self.path} yet. Start Heartwood once, or check --data."
            )
        place.mkdir(parents=True)
        with (
            closing(sqlite3.connect(self.path)) as source,
            closing(sqlite3.connect(place / self.file)) as copy,
        ):
            source.backup(copy)
        self.check(place / self.file)

    def check(self, copy: Path) -> None:
        try:
            with closing(sqlite3.connect(f"file:{copy}?mode=ro", uri=True)) as opened:
                verdict = opened.execute("PRAGMA quick_check").fetchone()[0]
        except sqlite3.DatabaseError as error:
            verdict = str(error)
        if verdict != "ok":
            raise SetupError(f"{copy} is damaged ({verdict}). Use another backup.")

    def put_back(self, copy: Path, *, aside: Path) -> None:
        if self.path.parent.exists():
            os.replace(self.path.parent, aside / self.path.parent.name)
        self.path.parent.mkdir()
        shutil.copyfile(copy, self.path)


@dataclass(frozen=True)
class PostgreSQL:
    url: str
    file = POSTGRESQL_FILE

    def copy(self, place: Path) -> None:
        place.mkdir(parents=True)
        target = place / self.file
        self._run("pg_dump", "--no-owner", "--no-privileges", f"--file={target}")
        self.check(target)

    def check(self, copy: Path) -> None:
        with copy.open("rb") as opened:
            opened.seek(max(0, copy.stat().st_size - 400))
            if _WHOLE not in opened.read():
                raise SetupError(f"{copy} was cut off: its last line is missing. Use another backup.")

    def put_back(self, copy: Path, *, aside: Path) -> None:
        """In one transaction: when a line of the copy is refused, everything stays as it was."""
        self.copy(aside / "db")
        self._run(
            "psql", "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1",
            "--output=/dev/null", f"--command={_EMPTY}", f"--file={copy}",
        )  # fmt: skip

    def _run(self, program: str, *words: str) -> None:
        if not shutil.which(program):
            raise ProgramMissing(program)
        parts = urlsplit(self.url)
        who, at, where = parts.netloc.rpartition("@")
        url = urlunsplit(parts._replace(netloc=f"{who.partition(':')[0]}{at}{where}"))
        secret = {"PGPASSWORD": unquote(parts.password)} if parts.password else {}
        done = subprocess.run(
            [program, f"--dbname={url}", *words],
            env={**os.environ, **secret}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise SetupError(f"{program} refused: {done.stderr.strip()} Nothing was changed.")


class ProgramMissing(SetupError):
    """A program of PostgreSQL's that is not installed here."""

    def __init__(self, program: str) -> None:
        super().__init__(
            f"{program} is not here, and PostgreSQL is copied with it "
            "(Debian: apt install postgresql-client). Nothing was changed."
        )
