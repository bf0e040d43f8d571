"""When what lies beneath the pages cannot keep anything: which trouble it is, in words.

Full disks, folders that cannot be written, a database that another program
holds or that does not answer: reading goes on, and whatever could not be kept
is answered with a sentence instead of an accident. Nothing of it was stored.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from enum import Enum

from django.utils.translation import gettext as _

SECONDS_TO_WAIT = 60


class Mishap(Enum):
    """What stands in the way."""

    FULL = "full"
    READ_ONLY = "read only"
    BUSY = "busy"
    NO_ANSWER = "no answer"


_BY_SQLITE = {
    sqlite3.SQLITE_FULL: Mishap.FULL,
    sqlite3.SQLITE_READONLY: Mishap.READ_ONLY,
    sqlite3.SQLITE_BUSY: Mishap.BUSY,
    sqlite3.SQLITE_LOCKED: Mishap.BUSY,
    sqlite3.SQLITE_CANTOPEN: Mishap.NO_ANSWER,
}
_BY_SQLSTATE = {"53100": Mishap.FULL, "25006": Mishap.READ_ONLY, "55P03": Mishap.BUSY}
_BY_NUMBER = {
    errno.ENOSPC: Mishap.FULL,
    errno.EDQUOT: Mishap.FULL,
    errno.EROFS: Mishap.READ_ONLY,
    errno.EACCES: Mishap.READ_ONLY,
}
_LOST = ("08", "57")
"""PostgreSQL's classes for a connection that is not there and a server that is going down."""


def known(error: BaseException | None) -> Mishap | None:
    """What an error comes down to; None for one that is a fault of ours."""
    return next(filter(None, map(_one, _causes(error))), None)


def words(mishap: Mishap) -> tuple[str, str, str]:
    """Title, what happened and what is safe, what to do."""
    happened = {
        Mishap.FULL: _("The disk of this server is full."),
        Mishap.READ_ONLY: _("The folder in which this server keeps things cannot be written."),
        Mishap.BUSY: _("Another program holds the database at this moment."),
        Mishap.NO_ANSWER: _("The database of this server does not answer."),
    }[mishap]
    return (
        _("Nothing new can be kept just now"),
        happened + " " + _("Everything kept before is safe; only this was not stored."),
        _("Go back: what you typed is still there. Try again later, or tell whoever runs this Heartwood."),
    )


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__


def _one(error: BaseException) -> Mishap | None:
    if isinstance(error, sqlite3.Error):
        return _BY_SQLITE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
    if isinstance(error, OSError):
        return _BY_NUMBER.get(error.errno or 0)
    if type(error).__module__.startswith("psycopg"):
        return _of_postgresql(error)
    return None


def _of_postgresql(error: BaseException) -> Mishap | None:
    state = getattr(error, "sqlstate", None)
    if state is None:
        return Mishap.NO_ANSWER if type(error).__name__ == "OperationalError" else None
    return _BY_SQLSTATE.get(state) or (Mishap.NO_ANSWER if state.startswith(_LOST) else None)
