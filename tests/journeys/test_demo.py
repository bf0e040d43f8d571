"""The house to look at, beside a real one."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.conftest import Server, free_port


@pytest.fixture
def demo(live: Server, tmp_path: Path) -> Iterator[Server]:
    """A demo started where the environment names the data folder of a running house."""
    place = tmp_path / "throw-aways"
    place.mkdir()
    around = {"HEARTWOOD_DATA": str(live.data), "HEARTWOOD_PORT": str(live.port), "TMPDIR": str(place)}
    shown = Server(tmp_path / "demo", free_port(), noun=("demo",), environment=around).start()
    yield shown
    if shown.process and shown.process.poll() is None:
        shown.kill()


def test_somebody_in_week_three_can_be_looked_at(demo: Server, live: Server, chromium: Any) -> None:
    before = sorted(path.name for path in live.data.rglob("*.sqlite3"))
    link = re.search(r"Amara: (\S+)", demo.said)
    assert link
    page = chromium.new_context().new_page()

    page.goto(link[1])
    page.locator("main form button[type=submit]").last.click()
    page.goto(f"{demo.url}/today/")

    assert "Week 3" in page.locator("main").inner_text()
    page.goto(f"{demo.url}/sittings/")
    assert page.get_by_text("Too tired. Sat anyway, with the window open.").count() == 1
    assert sorted(path.name for path in live.data.rglob("*.sqlite3")) == before


def test_nothing_of_it_is_left_when_it_stops(demo: Server) -> None:
    place = Path(demo.environment["TMPDIR"])
    assert [name for name in os.listdir(place) if name.startswith("heartwood-demo-")]

    demo.stop()

    assert [name for name in os.listdir(place) if name.startswith("heartwood-demo-")] == []
