"""Without a network: what was kept opens, sounds and seeks; what was sat and written arrives once."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.journeys.conftest import Server, free_port, wait_until
from tests.journeys.steps import begin_today, open_account

DAYS = 14 if os.environ.get("HEARTWOOD_WHOLE") else 3
TIME = "document.querySelector('audio').currentTime"
DAY_MS = 24 * 60 * 60 * 1000


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path / "data", free_port()).start()
    yield server
    if server.process and server.process.poll() is None:
        server.kill()


@pytest.fixture
def amara(house: Server, chromium: Any) -> Iterator[Any]:
    """Amara's phone, with at least one sound of hers kept on it."""
    with chromium.new_context(viewport={"width": 360, "height": 640}) as context:
        page = context.new_page()
        open_account(page, house, name="Amara")
        begin_today(page)
        page.goto(f"{house.url}/practices/arrive/")
        page.wait_for_selector("[data-player-play]:not([disabled])", timeout=120_000)
        keep_two_weeks(page, house)
        yield page


def test_days_without_a_server_arrive_once_when_it_is_back(amara: Any, house: Server) -> None:
    house.stop()
    today = amara.evaluate("Date.now()")
    for day in range(DAYS):
        amara.clock.set_system_time((today + day * DAY_MS - DAYS * DAY_MS) / 1000)
        amara.goto(f"{house.url}/today/")
        assert amara.get_by_role("heading", name="Without a connection").is_visible()
        sit_from_device(amara)
        amara.get_by_label("One line, if you like").fill(f"Evening {day} by the canal.")
        amara.get_by_role("button", name="Keep this line").click()
        amara.get_by_text("Your line waits on this device, encrypted").wait_for()
    waiting = amara.evaluate(ALL_THAT_WAITS)
    assert "canal" not in waiting

    house.start()
    chance = Random(1)
    cuts = iter(range(6))

    def cut(route: Any) -> None:
        """At times no request goes out, at times no answer comes back."""
        if next(cuts, None) is None:
            route.continue_()
        elif chance.random() < 0.5:
            route.abort()
        else:
            route.fetch()
            route.abort()

    amara.clock.set_system_time(today / 1000)
    amara.route("**/api/**", cut)
    for _ in range(12):
        amara.goto(f"{house.url}/offline/")
        amara.wait_for_timeout(1_500)
        if amara.evaluate(NUMBER_THAT_WAITS) == 0:
            break

    assert amara.evaluate(NUMBER_THAT_WAITS) == 0
    assert rows(house, "SELECT count(*) FROM practices_sitting") == [(DAYS,)]
    assert rows(house, "SELECT count(*) FROM practices_reflection WHERE sitting_id IS NOT NULL") == [(DAYS,)]
    assert rows(house, "SELECT count(*) FROM practices_twin") == [(0,)]
    assert rows(house, "SELECT count(DISTINCT day) FROM practices_sitting") == [(DAYS,)]


def test_an_expired_sign_in_asks_and_loses_nothing(amara: Any, house: Server) -> None:
    house.stop()
    amara.goto(f"{house.url}/today/")
    sit_from_device(amara)
    house.start()
    cookies = amara.context.cookies()
    amara.context.clear_cookies()

    amara.goto(f"{house.url}/offline/")
    amara.get_by_text("You are signed out. What waits on this device stays").wait_for()
    assert amara.evaluate(NUMBER_THAT_WAITS) > 0
    amara.context.add_cookies(cookies)
    amara.reload()

    wait_until(amara, f"{NUMBER_THAT_WAITS}.then((number) => number === 0)", seconds=15)
    assert rows(house, "SELECT count(*) FROM practices_sitting") == [(1,)]


def test_signing_out_warns_of_what_waits_and_then_leaves_nothing(amara: Any, house: Server) -> None:
    amara.goto(f"{house.url}/settings/")
    amara.route("**/api/**", lambda route: route.abort())
    amara.evaluate(PUT_ONE)
    amara.get_by_role("button", name="Sign out").click()
    amara.get_by_text("still waits on this device").wait_for()

    amara.get_by_role("button", name="Sign out").click()
    amara.wait_for_url(f"{house.url}/")

    assert amara.evaluate("caches.keys()") == []
    assert amara.evaluate("indexedDB.databases()") == []


def test_one_address_gets_rid_of_a_worker_and_keeps_what_waits(amara: Any, house: Server) -> None:
    amara.evaluate(PUT_ONE)

    amara.goto(f"{house.url}/fresh/")
    amara.get_by_text("Done.").wait_for()

    assert amara.evaluate("caches.keys()") == []
    assert amara.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
    assert amara.evaluate(NUMBER_THAT_WAITS) == 1


def test_the_device_of_an_erased_account_lets_go_of_everything(amara: Any, house: Server) -> None:
    assert amara.evaluate(SOUNDS_HERE) > 0
    other = amara.context.new_page()
    other.goto(f"{house.url}/settings/erase/")
    for _ in range(2):
        other.locator("main form button[type=submit]").last.click()
        other.wait_for_load_state()

    amara.goto(f"{house.url}/offline/")

    wait_until(amara, f"{SOUNDS_HERE}.then((number) => number === 0)", seconds=10)
    assert amara.locator("[data-offline=list] a").count() == 0


def test_a_borrowed_phone_keeps_nothing(amara: Any, house: Server) -> None:
    amara.get_by_role("button", name="This phone is borrowed").click()
    amara.get_by_text("nothing is kept on it").wait_for()

    assert amara.evaluate("caches.keys()") == []
    assert amara.evaluate("indexedDB.databases()") == []


OPENED = """new Promise((resolve, reject) => {
  const asked = indexedDB.open('heartwood');
  asked.onsuccess = () => resolve(asked.result);
  asked.onerror = reject;
}).then((database) => new Promise((resolve) => {
  const all = database.transaction(['waiting']).objectStore('waiting').getAll();
  all.onsuccess = () => { database.close(); resolve(all.result); };
}))"""
SOUNDS_HERE = "caches.open('heartwood-sounds').then((cache) => cache.keys()).then((all) => all.length)"
NUMBER_THAT_WAITS = f"{OPENED}.then((all) => all.length)"
ALL_THAT_WAITS = f"{OPENED}.then((all) => JSON.stringify(all))"
PUT_ONE = """new Promise((resolve) => {
  const asked = indexedDB.open('heartwood');
  asked.onsuccess = () => {
    const change = asked.result.transaction(['waiting'], 'readwrite');
    change.objectStore('waiting').put({id: 'one', owner: 'x', url: '/', event: {sequence: 1}});
    change.oncomplete = () => { asked.result.close(); resolve(); };
  };
})"""


def keep_two_weeks(page: Any, house: Server) -> None:
    page.goto(f"{house.url}/offline/")
    page.get_by_role("button", name="The next two weeks").click()
    page.get_by_text("are still being made").wait_for()
    page.get_by_role("button", name="Keep them here").click()
    page.get_by_text("All of it is here now.").wait_for(timeout=60_000)
    wait_until(page, "caches.match('/offline/').then(Boolean)", seconds=20)


def sit_from_device(page: Any) -> None:
    """Open the first practice of the device, jump in it, and end it."""
    page.locator("[data-offline=list] a").first.click()
    page.wait_for_selector("[data-player-play]:not([disabled])")
    page.locator("[data-player-play]").click()
    heard = page.get_by_role("button", name="I can hear it")
    if heard.is_visible():
        heard.click()
    wait_until(page, f"{TIME} > 1", seconds=15)
    page.keyboard.press("ArrowRight")
    wait_until(page, f"{TIME} > 16.5", seconds=15)
    page.get_by_role("button", name="This is too much").click()
    page.get_by_role("button", name="End here").click()
    page.get_by_role("heading", name="That was your practice.").wait_for()


def rows(server: Server, query: str) -> list[Any]:
    path = server.data / "db" / "heartwood.sqlite3"
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        return database.execute(query).fetchall()
