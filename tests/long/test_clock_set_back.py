"""The clock of a running server is set back a day, and put right again: nothing is lost, and it is told.

Debian's libfaketime moves the clock of the server's processes alone; nothing in the source knows of it.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.journeys.conftest import Server, free_port
from tests.journeys.test_mishaps import write_line
from tests.visitor import open_account

PAGES = ("/today/", "/weeks/", "/practices/arrive/", "/sittings/", "/settings/", "/desk/", "/help/")


class Clock:
    """What the server's clock says, beside the true time."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self.goes("+0")

    def goes(self, apart: str) -> None:
        self._place.write_text(apart)

    @property
    def environment(self) -> dict[str, str]:
        [library] = Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1")
        return {
            "LD_PRELOAD": str(library),
            "FAKETIME_TIMESTAMP_FILE": str(self._place),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }


@pytest.fixture
def clock(tmp_path: Path) -> Clock:
    if not shutil.which("faketime"):
        pytest.skip("no faketime here (Debian: apt install faketime)")
    return Clock(tmp_path / "clock")


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
