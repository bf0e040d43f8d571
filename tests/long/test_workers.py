"""A running server that loses the process that works for it: it goes on by itself, and says what was."""

from __future__ import annotations

import os
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.conftest import Server, free_port
from tests.visitor import Visitor, open_account


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    live = Server(tmp_path / "data", free_port()).start()
    yield live
    live.kill()


def test_a_killed_worker_is_replaced_and_what_it_was_making_is_made(server: Server) -> None:
    amara = open_account(server.url, server.owner_link, name="Amara")
    amara.get("/practices/arrive/")
    [worker] = children_of(server.process.pid)
    maker = wait_for(lambda: makers_of(worker))[0]

    os.kill(worker, signal.SIGKILL)

    wait_for(lambda: answers(amara))
    [another] = children_of(server.process.pid)
    assert another != worker
    assert amara.get("/settings/").url.endswith("/settings/")
    assert "  Worker       At work; last seen" in server.command("doctor").stdout
    wait_for(lambda: not alive(maker))
    wait_for(lambda: states(server) == {"ready"}, seconds=120)


def test_a_killed_maker_is_told_with_a_reason_and_tried_again(server: Server) -> None:
    amara = open_account(server.url, server.owner_link, name="Amara")
    [worker] = children_of(server.process.pid)
    amara.get("/practices/arrive/")

    killed = set()
    while states(server) != {"failed"}:
        for maker in makers_of(worker):
            if maker not in killed:
                os.kill(maker, signal.SIGKILL)
                killed.add(maker)
        time.sleep(0.01)

    told = server.command("doctor").stdout
    assert "! Sounds" in told and "The maker ended with -9." in told
    assert amara.get("/today/").status == 200
    assert children_of(server.process.pid) == [worker]


def answers(visitor: Visitor) -> bool:
    try:
        return visitor.get("/readyz").status == 200
    except OSError:
        return False


def children_of(process: int) -> list[int]:
    told = Path(f"/proc/{process}/task").glob("*/children")
    return [int(child) for file in told for child in file.read_text().split()]


def makers_of(worker: int) -> list[int]:
    """The children of a worker that make a sound now."""
    return [child for child in children_of(worker) if b"render-job" in words_of(child)]


def words_of(process: int) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""


def alive(process: int) -> bool:
    return bool(words_of(process))


def states(server: Server) -> set[str]:
    with closing(sqlite3.connect(server.data / "db" / "heartwood.sqlite3")) as database:
        return {state for (state,) in database.execute("SELECT state FROM library_rendering")}


def wait_for(ask: Callable[[], Any], *, seconds: float = 30) -> Any:
    """Ask until the answer is one. Python's own `wait` knows only its own children."""
    for _ in range(int(seconds * 20)):
        if answer := ask():
            return answer
        time.sleep(0.05)
    raise AssertionError(f"it did not come about within {seconds} seconds")
