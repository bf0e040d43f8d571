"""What lies around the rooms: the folder's lock, the shape of the database, its clock, a certificate."""

from __future__ import annotations

import fcntl
from datetime import datetime
from pathlib import Path

from cryptography import x509
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def is_held(data: Path) -> bool:
    """Whether a server holds this data folder."""
    try:
        with (data / "lock").open("r", encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except FileNotFoundError:
        return False
    return False


def migrations() -> tuple[list[str], list[str]]:
    """Which migrations the database lacks, and which it has from a newer version."""
    executor = MigrationExecutor(connection)
    known = set(executor.loader.disk_migrations)
    rooms = {label for label, _ in known}
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    newer = [f"{a}.{n}" for a, n in executor.loader.applied_migrations if (a, n) not in known and a in rooms]
    return [f"{each.app_label}.{each.name}" for each, _ in missing], newer


def clock_of_database(at: datetime) -> datetime | None:
    """What a database on perhaps another machine says the time is; None for SQLite, which has no clock."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        told: datetime = cursor.fetchone()[0]
    return told


def certificate_ends(certificate: Path) -> datetime | None:
    """Until when the first certificate of this file holds; None when it holds none."""
    try:
        return x509.load_pem_x509_certificates(certificate.read_bytes())[0].not_valid_after_utc
    except ValueError:
        return None
