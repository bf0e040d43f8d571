"""The clock of a running server is set back a day, and put right again: nothing is lost, and it is told.

Debian's libfaketime moves the clock of the server's processes alone; nothing in the source knows of it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.journeys.conftest import Server, free_port
from tests.journeys.test_mishaps import write_line
from tests.long.another_day import MOVES, Clock
from tests.visitor import open_account

pytestmark = MOVES
PAGES = ("/today/", "/weeks/", "/practices/arrive/", "/sittings/", "/settings/", "/desk/", "/help/")


class WallClock(Clock):
    """What can be set on a real machine: the clock on the wall. The one that never goes back runs on."""

    @property
    def environment(self) -> dict[str, str]:
        return {**super().environment, "FAKETIME_DONT_FAKE_MONOTONIC": "1"}


@pytest.fixture
def clock(tmp_path: Path) -> Clock:
    clock = WallClock(tmp_path / "clock")
    clock.goes("+0")
    return clock


@pytest.fixture
def server(clock: Clock, tmp_path: Path) -> Iterator[Server]:
    live = Server(tmp_path / "data", free_port(), environment=clock.environment).start()
    yield live
    live.kill()


def test_a_day_back_and_forth_loses_nothing_and_is_told(server: Server, clock: Clock) -> None:
    amara = open_account(server.url, server.owner_link, name="Amara")
    assert write_line(amara)() == 200
    before = server.command("doctor").stdout

    clock.goes("-1d")
    pages = [amara.get(page).status for page in PAGES]
    meanwhile = write_line(amara)()
    told = server.command("doctor").stdout
    server.stop()
    server.start()
    after_a_start = amara.get("/today/").status
    clock.goes("+0")

    assert "! Clock" not in before
    assert pages == [200] * len(PAGES)
    assert "! Clock        It says" in told and "Set the clock; nothing kept is lost." in told
    assert (meanwhile, after_a_start, write_line(amara)()) == (200, 200, 200)
    assert "! Clock" not in server.command("doctor").stdout
    with closing(sqlite3.connect(server.data / "db" / "heartwood.sqlite3")) as database:
        assert database.execute("SELECT count(*) FROM practices_reflection").fetchone() == (3,)
