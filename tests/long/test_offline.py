"""Two weeks on a phone while the house is away, then a line that is cut again and again: all of it, once.

The browser is closed after every evening. Its clock is moved; nothing else of it is held still.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.cluster import programs
from tests.journeys.conftest import Server, free_port
from tests.journeys.phone import ALL_THAT_WAITS, keep_two_weeks, send_all, sit_from_device, write_a_line
from tests.journeys.steps import begin_today, open_account
from tests.journeys.wire import Wire
from tests.long.stores import Row, Store, read_postgresql, read_sqlite
from tests.long.test_kills import cluster_of

SEED = os.environ.get("HEARTWOOD_SEED", "1")
DAYS, CUTS = (3, 10) if os.environ.get("HEARTWOOD_SAMPLE") else (14, 100)
TRIES = 40 + 10 * CUTS
DAY_MS = 24 * 60 * 60 * 1000


def test_two_weeks_without_a_house_arrive_once_on_sqlite(playwright: Any, tmp_path: Path) -> None:
    with house_of(tmp_path) as house:
        store = partial(read_sqlite, house.data / "db/heartwood.sqlite3")
        two_weeks_away(house, store, playwright, tmp_path)


@pytest.mark.skipif(not programs(), reason="no PostgreSQL here (Debian: apt install postgresql)")
def test_two_weeks_without_a_house_arrive_once_on_postgresql(
    playwright: Any,
    tmp_path: Path,
) -> None:
    with cluster_of(tmp_path) as cluster, house_of(tmp_path, HEARTWOOD_DATABASE_URL=cluster.address) as house:
        two_weeks_away(house, partial(read_postgresql, cluster), playwright, tmp_path)


def two_weeks_away(house: Server, store: Callable[[], Store], browsers: Any, folder: Path) -> None:
    """Keep, go away, sit every evening, come back over a bad line; then hold the phone against the tables."""
    line = Wire(house.port, Random(f"{SEED} {folder.name}"))
    with phone_in(folder, browsers) as page:
        open_account(page, house, name="Amara")
        begin_today(page)
        page.goto(f"{line.url}/practices/arrive/")
        page.wait_for_selector("[data-player-play]:not([disabled])", timeout=120_000)
        keep_two_weeks(page, line.url)
        today = page.evaluate("Date.now()")
    house.stop()
    for day in range(DAYS):
        with phone_in(folder, browsers) as page:
            page.clock.set_system_time((today - (DAYS - day) * DAY_MS) / 1000)
            page.goto(f"{line.url}/today/")
            assert page.get_by_role("heading", name="Without a connection").is_visible()
            sit_from_device(page)
            write_a_line(page, f"Evening {day} by the canal.")
            waiting = json.loads(page.evaluate(ALL_THAT_WAITS))

    house.start()
    line.cuts = CUTS
    with phone_in(folder, browsers) as page:
        send_all(page, line.url, tries=TRIES)
        page.goto(f"{line.url}/sittings/")
        shown = page.locator("[data-sitting]").count()
    line.close()

    kept = store()
    assert line.done == CUTS
    assert sorted(kept.observations) == sorted(observed(waiting))
    assert sorted(identity for identity, _ in kept.lines) == sorted(written(waiting))
    assert {sitting for _, sitting in kept.lines} == {sitting for sitting, _ in kept.sittings}
    assert (len(kept.sittings), len(kept.lines), len(kept.twins), shown) == (DAYS, DAYS, 0, DAYS)
    assert all(1_000 <= practised < 16_000 for _, practised in kept.sittings)
    print(f"{DAYS} days, {CUTS} cuts, {len(waiting)} letters: each there once", flush=True)


def observed(waiting: list[Any]) -> Iterator[Row]:
    """Each observation that waits on the phone, as the row that should come of it."""
    for letter in waiting:
        if seen := letter.get("event"):
            places = (seen["sequence"], seen["kind"], seen["position_ms"], seen["wall_ms"])
            yield (seen["id"], letter["sitting"], *places)


def written(waiting: list[Any]) -> Iterator[str]:
    return (letter["id"] for letter in waiting if "sealed" in letter)


@contextmanager
def house_of(folder: Path, **environment: str) -> Iterator[Server]:
    house = Server(folder / "data", free_port(), environment=environment).start()
    try:
        yield house
    finally:
        if house.process and house.process.poll() is None:
            house.kill()


@contextmanager
def phone_in(folder: Path, browsers: Any) -> Iterator[Any]:
    """Amara's phone, switched on. What it keeps lies in a folder, and is there the next time."""
    path = shutil.which("chromium")
    assert path, "Chromium is not installed. On Debian: apt install chromium"
    phone = browsers.chromium.launch_persistent_context(
        folder / "phone", executable_path=path, viewport={"width": 360, "height": 640},
        args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"],
    )  # fmt: skip
    try:
        yield phone.pages[0] if phone.pages else phone.new_page()
    finally:
        phone.close()
