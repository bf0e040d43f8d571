"""A server to be measured: in a folder of its own, with somebody signed in and the first sound ready."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.journeys.conftest import Server, free_port
from tests.visitor import Page, Visitor, open_account


@dataclass(frozen=True)
class House:
    """A running server, somebody who practises there, and their player's page."""

    server: Server
    person: Visitor
    player: Page

    @property
    def cookies(self) -> str:
        return self.person.cookie_header


@contextmanager
def house(**environment: str) -> Iterator[House]:
    """Yield a house whose background work has come to rest."""
    with tempfile.TemporaryDirectory(prefix="hw-bench-") as folder:
        server = Server(Path(folder) / "data", free_port(), environment=environment).start()
        try:
            person = open_account(server.url, server.owner_link, name="Amara")
            yield House(server, person, _rested(server, person))
        finally:
            server.kill()


def _rested(server: Server, person: Visitor) -> Page:
    """The player's page, once no child process makes or speaks anything any more."""
    quiet = 0
    page = person.get("/practices/arrive/")
    while quiet < 5 or not page.attribute("data-rendering"):
        quiet = 0 if makers(server) else quiet + 1
        time.sleep(0.5)
        page = person.get("/practices/arrive/")
    return page


def processes(server: Server) -> list[int]:
    """Every process of a server: its group, and what its processes started."""
    assert server.process
    return [pid for pid in _pids() if _session(pid) == server.process.pid]


def makers(server: Server) -> list[int]:
    return [pid for pid in processes(server) if b"practice" in _words(pid)]


def cpu_seconds(server: Server) -> float:
    """Processor time that the processes of a server have used so far."""
    ticks = [_stat(pid)[11:13] for pid in processes(server)]
    return sum(int(tick) for one in ticks for tick in one) / os.sysconf("SC_CLK_TCK")


def _pids() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").glob("[0-9]*")]


def _session(pid: int) -> int:
    return int(_stat(pid)[3])


def _stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat from the state on; zeros for a process that has just ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ["0"] * 50


def _words(pid: int) -> list[bytes]:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return []
