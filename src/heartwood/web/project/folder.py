"""The data folder: everything one server keeps, and the lock that gives it to one server at a time."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from heartwood.errors import SetupError

PARTS = ("db", "media", "static", "backups", "logs", "keys")
FOR_US_ALONE = 0o700
"""Other users of the machine have no business in it, also where it is started by hand."""


@dataclass(frozen=True, slots=True)
class DataFolder:
    """Where each kind of thing lies.

    keys lies apart from the database on purpose: a copy of one without the
    other opens nothing.
    """

    path: Path

    @classmethod
    def at(cls, path: Path) -> DataFolder:
        """The folder, made when it is not there yet. Raises SetupError when it cannot be written."""
        folder = cls(path.absolute())
        try:
            for part in PARTS:
                (folder.path / part).mkdir(mode=FOR_US_ALONE, parents=True, exist_ok=True)
        except OSError as error:
            raise _unwritable(folder.path, error) from error
        return folder

    @property
    def keys(self) -> Path:
        return self.path / "keys"

    @property
    def database(self) -> Path:
        return self.path / "db" / "heartwood.sqlite3"

    @property
    def media(self) -> Path:
        return self.path / "media"

    @property
    def backups(self) -> Path:
        return self.path / "backups"

    def hold(self, *, purpose: str, url: str = "") -> IO[str]:
        """Take this folder for as long as the returned file is open.

        The lock is the kernel's, so it ends with the process however that ends. The file says who
        holds it, and under which address, for commands that print links.
        Raises SetupError naming who holds it, or why it cannot be written.
        """
        try:
            lock = (self.path / "lock").open("a+", encoding="utf-8")
        except OSError as error:
            raise _unwritable(self.path, error) from error
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise SetupError(_taken(self.path, lock)) from error
        holder = {"process": os.getpid(), "machine": socket.gethostname(), "for": purpose, "url": url}
        try:
            lock.truncate(0)
            lock.write(json.dumps(holder))
            lock.flush()
        except OSError as error:
            raise _unwritable(self.path, error) from error
        return lock


def _unwritable(path: Path, error: OSError) -> SetupError:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return SetupError(
            f"The disk of the data folder {path} is full. Make room and start again; nothing is lost."
        )
    return SetupError(
        f"The data folder {path} cannot be written ({error.strerror}). "
        "Give another one with --data, or make this one yours."
    )


def _taken(path: Path, lock: IO[str]) -> str:
    lock.seek(0)
    try:
        holder = json.load(lock)
        who = f"process {holder['process']} on {holder['machine']} (heartwood {holder['for']})"
    except (ValueError, KeyError):
        who = "another Heartwood"
    return (
        f"The data folder {path} is already in use by {who}. "
        "Stop that one first, or start this one with --data ANOTHER_FOLDER."
    )
