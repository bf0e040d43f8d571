"""Without a network: what was kept opens, sounds and seeks; what was sat and written arrives once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.journeys.conftest import Server, free_port, wait_until
from tests.journeys.phone import (
    ALL_THAT_WAITS,
    NUMBER_THAT_WAITS,
    PUT_ONE,
    SOUNDS_HERE,
    keep_two_weeks,
    make_a_moment_an_act,
    send_all,
    sit_from_device,
    write_a_line,
    write_an_act,
)
from tests.journeys.steps import begin_today, open_account
from tests.journeys.wire import Wire

DAYS = 3
DAY_MS = 24 * 60 * 60 * 1000


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path / "data", free_port()).start()
    yield server
    if server.process and server.process.poll() is None:
        server.kill()


@pytest.fixture
def line(house: Server) -> Iterator[Wire]:
    """What stands between Amara's phone and the house."""
    wire = Wire(house.port, Random(1))
    yield wire
    wire.close()


@pytest.fixture
def amara(house: Server, line: Wire, chromium: Any) -> Iterator[Any]:
    """Amara's phone, with at least one sound of hers kept on it."""
    with chromium.new_context(viewport={"width": 360, "height": 640}) as context:
        page = context.new_page()
        open_account(page, house, name="Amara")
        begin_today(page)
        page.goto(f"{line.url}/practices/arrive/")
        page.wait_for_selector("[data-player-play]:not([disabled])", timeout=120_000)
        keep_two_weeks(page, line.url)
        yield page


def test_days_without_a_server_arrive_once_when_it_is_back(amara: Any, house: Server, line: Wire) -> None:
    house.stop()
    today = amara.evaluate("Date.now()")
    for day in range(DAYS):
        amara.clock.set_system_time((today + day * DAY_MS - DAYS * DAY_MS) / 1000)
        amara.goto(f"{line.url}/today/")
        assert amara.get_by_role("heading", name="Without a connection").is_visible()
        sit_from_device(amara)
        write_a_line(amara, f"Evening {day} by the canal.")
    make_a_moment_an_act(amara, line.url)
    waiting = amara.evaluate(ALL_THAT_WAITS)
    assert "canal" not in waiting and "/api/acts/" in waiting

    amara.clock.set_system_time(today / 1000)  # before anything can be sent: what a device says of now counts
    house.start()
    line.cuts = 6
    send_all(amara, line.url, tries=40)

    assert line.done == 6
    assert rows(house, "SELECT count(*) FROM practices_sitting") == [(DAYS,)]
    assert rows(house, "SELECT count(*) FROM practices_reflection WHERE sitting_id IS NOT NULL") == [(DAYS,)]
    assert rows(house, "SELECT count(*) FROM practices_twin") == [(0,)]
    assert rows(house, "SELECT count(DISTINCT day) FROM practices_sitting") == [(DAYS,)]
    assert rows(house, "SELECT count(*) FROM practices_caringact") == [(1,)]


def test_an_expired_sign_in_asks_and_loses_nothing(amara: Any, house: Server, line: Wire) -> None:
    house.stop()
    amara.goto(f"{line.url}/today/")
    sit_from_device(amara)
    house.start()
    cookies = amara.context.cookies()
    amara.context.clear_cookies()

    amara.goto(f"{line.url}/offline/")
    amara.get_by_text("You are signed out. What waits on this device stays").wait_for(timeout=60_000)
    assert amara.evaluate(NUMBER_THAT_WAITS) > 0
    amara.context.add_cookies(cookies)
    amara.reload()

    wait_until(amara, f"{NUMBER_THAT_WAITS}.then((number) => number === 0)", seconds=15)
    assert rows(house, "SELECT count(*) FROM practices_sitting") == [(1,)]


def test_signing_out_warns_of_what_waits_and_then_leaves_nothing(
    amara: Any, house: Server, line: Wire
) -> None:
    amara.goto(f"{line.url}/settings/")
    amara.route("**/api/**", lambda route: route.abort())
    amara.evaluate(PUT_ONE)
    amara.get_by_role("button", name="Sign out").click()
    amara.get_by_text("still waits on this device").wait_for()

    amara.get_by_role("button", name="Sign out").click()
    amara.wait_for_url(f"{line.url}/")

    assert amara.evaluate("caches.keys()") == []
    assert amara.evaluate("indexedDB.databases()") == []


def test_one_address_gets_rid_of_a_worker_and_keeps_what_waits(amara: Any, house: Server, line: Wire) -> None:
    amara.evaluate(PUT_ONE)

    amara.goto(f"{line.url}/fresh/")
    amara.get_by_text("Done.").wait_for()

    assert amara.evaluate("caches.keys()") == []
    assert amara.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
    assert amara.evaluate(NUMBER_THAT_WAITS) == 1


def test_the_device_of_an_erased_account_lets_go_of_everything(amara: Any, house: Server, line: Wire) -> None:
    assert amara.evaluate(SOUNDS_HERE) > 0
    other = amara.context.new_page()
    other.goto(f"{line.url}/settings/erase/")
    for _ in range(2):
        other.locator("main form button[type=submit]").last.click()
        other.wait_for_load_state()

    amara.goto(f"{line.url}/offline/")

    wait_until(amara, f"{SOUNDS_HERE}.then((number) => number === 0)", seconds=10)
    assert amara.locator("[data-offline=list] a").count() == 0


def test_settings_and_an_act_wait_without_a_connection_and_today_sends_them(
    amara: Any, house: Server, line: Wire
) -> None:
    amara.goto(f"{line.url}/settings/")
    house.stop()
    amara.get_by_label("Time zone").select_option("Africa/Lagos")
    amara.get_by_role("button", name="Keep", exact=True).click()
    amara.get_by_text("wait on this device, encrypted").wait_for()
    write_an_act(amara, line.url, "Fed the swans.")
    waiting = amara.evaluate(ALL_THAT_WAITS)
    assert "Lagos" not in waiting and "swans" not in waiting

    house.start()
    amara.goto(f"{line.url}/today/")

    wait_until(amara, f"{NUMBER_THAT_WAITS}.then((number) => number === 0)", seconds=15)
    assert rows(house, "SELECT time_zone FROM people_user") == [("Africa/Lagos",)]
    amara.get_by_role("link", name="Write down a caring act").click()
    amara.locator("main bdi", has_text="Fed the swans.").wait_for()


def test_a_borrowed_phone_keeps_nothing(amara: Any, house: Server, line: Wire) -> None:
    amara.get_by_role("button", name="This phone is borrowed").click()
    amara.get_by_text("nothing is kept on it").wait_for()

    assert amara.evaluate("caches.keys()") == []
    assert amara.evaluate("indexedDB.databases()") == []


def rows(server: Server, query: str) -> list[Any]:
    path = server.data / "db" / "heartwood.sqlite3"
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        return database.execute(query).fetchall()
