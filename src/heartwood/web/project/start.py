"""What happens between the command and the first request, in a process of its own.

The serving process stays small because the work of starting is done by this
one, which prints what the operator should read and ends.
"""

from __future__ import annotations

import os
import sys
from datetime import datetime
from hashlib import sha256
from io import StringIO

import django
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError
from django.utils import timezone

from heartwood.errors import ContentError, HeartwoodError, SetupError
from heartwood.web.kit import mishaps
from heartwood.web.project.backup import back_up_before_migration
from heartwood.web.project.databases import ProgramMissing, database_of
from heartwood.web.project.expiry import delete_expired
from heartwood.web.project.folder import DataFolder


def prepare(*, at: datetime) -> None:
    """Bring database, keys, course and static files to this version's state. Safe to repeat."""
    folder = DataFolder.at(settings.DATA)
    _migrate(folder, at=at)
    _check_people(at=at)
    _publish(at=at)
    _collect_static(folder)
    delete_expired(folder.backups, at=at, days=settings.OPTIONS.backup_days)


def _migrate(folder: DataFolder, *, at: datetime) -> None:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    known = set(executor.loader.disk_migrations)
    rooms = {label for label, _ in known}
    newer = [f"{a}.{n}" for a, n in executor.loader.applied_migrations if (a, n) not in known and a in rooms]
    if newer:
        raise SetupError(
            f"This data folder was written by a newer Heartwood ({newer[0]}). "
            "Start that version, or restore a backup from before the upgrade."
        )
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return
    if executor.loader.applied_migrations:
        print(_copied(folder, at=at))
    call_command("migrate", verbosity=0, interactive=False)


def _copied(folder: DataFolder, *, at: datetime) -> str:
    """Copy the database before its shape changes. Returns a sentence: where it lies, or that none is."""
    database = database_of(folder, settings.OPTIONS.database_url.get_secret_value())
    try:
        kept = back_up_before_migration(folder, database, at=at)
    except ProgramMissing as missing:
        return f"The database changes shape, and no copy of it was made: {missing}"
    return f"The database changes shape; a copy from before lies in {kept}."


def _check_people(*, at: datetime) -> None:
    from heartwood.web.people import erasure, keys, leaving
    from heartwood.web.practices import tasks as practices

    keys.check_master_key()
    erasure.apply_ledger(at=at)
    leaving.apply_list(at=at)
    leaving.erase_due(at=at)
    practices.forget(at=at)
    erasure.empty_log()


def _publish(*, at: datetime) -> None:
    """Publish what is new. A fault in a text stops the start only while nothing was ever published."""
    from heartwood.web.library import actions, queries

    try:
        actions.publish_shipped(at=at)
    except ContentError as error:
        if queries.newest_version() is None:
            raise
        print(f"The course was not published anew; the last version goes on. {error}", file=sys.stderr)


def _collect_static(folder: DataFolder) -> None:
    """Collect and compress the pages' files when any of them changed since the last time."""
    from django.contrib.staticfiles.finders import get_finders

    digest = sha256()
    for finder in get_finders():
        for name, storage in sorted(finder.list(["*.scss"]), key=lambda found: found[0]):
            digest.update(f"{name}\0".encode() + storage.open(name).read())
    stamp = folder.path / "static" / ".made-from"
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0, stdout=StringIO())
    stamp.write_text(digest.hexdigest())


def hints() -> list[str]:
    """What the operator should know; none of it stops the start."""
    from heartwood.web.people import signing_up

    told = []
    if not settings.MAY_SIGN_UP:
        told.append(
            "Sign-up stays closed: others reach this address, and nobody is named whom they could turn to. "
            "Give --contact, or a line `contact` in heartwood.toml, and start again."
        )
    elif not signing_up.switched_on():
        told.append("Sign-up is closed. The operator's page opens it.")
    options = settings.OPTIONS
    if options.public_url.startswith("https://") and not options.proxies and not options.certificate:
        told.append(
            "The address is https, but neither a proxy nor a certificate is named. "
            "Behind a proxy on this machine give --proxies 127.0.0.1."
        )
    return told


def main() -> int:
    """Exit status 2 for what a person must mend, 1 for what may mend itself: systemd then tries again."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heartwood.web.project.settings")
    try:
        django.setup()
        prepare(at=timezone.now())
        from heartwood.web.people import invitations

        link = invitations.first_owner_link(at=timezone.now())
        if link:
            print(f"Nobody owns this Heartwood yet. Open this link once to begin: {link}")
        for sentence in hints():
            print(sentence)
    except HeartwoodError as error:
        print(error, file=sys.stderr)
        return 2
    except (DatabaseError, OSError) as error:
        mishap = mishaps.known(error)
        if mishap is None:
            raise
        print(_refusal(mishap), file=sys.stderr)
        return 1 if mishap is mishaps.Mishap.NO_ANSWER else 2
    return 0


def _refusal(mishap: mishaps.Mishap) -> str:
    """Why it cannot start now. What was begun is taken back or finished by the next start."""
    where = settings.DATA
    return {
        mishaps.Mishap.FULL: f"The disk of the data folder {where} is full. Make room and start again.",
        mishaps.Mishap.READ_ONLY: f"The data folder {where} cannot be written. Make it yours.",
        mishaps.Mishap.BUSY: "Another program holds the database. Close it and start again.",
        mishaps.Mishap.NO_ANSWER: "The database does not answer. Look at database_url, and whether it runs.",
    }[mishap] + " Nothing is lost."


if __name__ == "__main__":
    raise SystemExit(main())
