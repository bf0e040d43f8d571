"""A power cut amid a migration: the next start goes on from a database that is whole."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.journeys.conftest import Server, free_port
from tests.journeys.test_mishaps import write_line
from tests.visitor import open_account

ROOT = Path(__file__).parents[2]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    live = Server(tmp_path / "data", free_port()).start()
    yield live
    live.kill()


@pytest.mark.parametrize("seconds", [0.5, 0.8, 1.1, 1.5, 2.0, 3.0])
def test_a_power_cut_amid_a_migration_leaves_everything_and_the_next_start_goes_on(
    server: Server, seconds: float
) -> None:
    amara = open_account(server.url, server.owner_link, name="Amara")
    assert write_line(amara)() == 200
    server.stop()
    _go_back(server)

    _cut_the_power(server, seconds)
    server.start()

    assert amara.get("/settings/").status == 200
    with closing(sqlite3.connect(server.data / "db" / "heartwood.sqlite3")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("SELECT count(*) FROM practices_reflection").fetchone() == (1,)


def _go_back(server: Server) -> None:
    """Some rooms to the shape before their first migration, so that there is much to migrate."""
    for room in ("care", "mfa"):
        subprocess.run(
            [sys.executable, "-m", "django", "migrate", "-v", "0", room, "zero"],
            env=_environment(server),
            check=True,
        )


def _cut_the_power(server: Server, seconds: float) -> None:
    with (server.data / "cut.log").open("w") as log:
        starting = subprocess.Popen(
            [sys.executable, "-m", "heartwood.web.project.start"], env=_environment(server),
            stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
        time.sleep(seconds)
        os.killpg(starting.pid, signal.SIGKILL)
        starting.wait(timeout=10)


def _environment(server: Server) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "heartwood.web.project.settings",
        "HEARTWOOD_DATA": str(server.data),
        "PYTHONPATH": str(ROOT / "src"),
    }
