"""What a phone keeps without a network, how one practises with it, and how to look at what waits on it."""

from __future__ import annotations

from typing import Any

from tests.journeys.conftest import wait_until

TIME = "document.querySelector('audio').currentTime"
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


def keep_two_weeks(page: Any, url: str) -> None:
    page.goto(f"{url}/offline/")
    page.get_by_role("button", name="The next two weeks").click()
    page.get_by_text("Sounds to keep").wait_for()
    page.get_by_role("button", name="Keep them here").click()
    page.locator("[data-offline=list] a").first.wait_for(timeout=60_000)
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


def write_an_act(page: Any, url: str, line: str) -> None:
    page.goto(f"{url}/acts/")
    page.get_by_label("What was it? One line.").fill(line)
    page.get_by_role("button", name="Keep it").click()
    page.get_by_text("No connection just now. Your line waits").wait_for()


def make_a_moment_an_act(page: Any, url: str) -> None:
    page.goto(f"{url}/moment/")
    page.get_by_role("button", name="Read it all at once").click()
    page.get_by_role("button", name="Make it a caring act").first.click()
    page.locator("main").get_by_text("It waits on this device, encrypted").first.wait_for()


def write_a_line(page: Any, line: str) -> None:
    page.get_by_label("One line, if you like").fill(line)
    page.get_by_role("button", name="Keep this line").click()
    page.get_by_text("Your line waits on this device, encrypted").wait_for()


def send_all(page: Any, url: str, *, tries: int) -> None:
    """Open the offline page again and again until nothing waits any more."""
    for _ in range(tries):
        page.goto(f"{url}/offline/")
        for _ in range(8):
            if page.evaluate(NUMBER_THAT_WAITS) == 0:
                return
            page.wait_for_timeout(100)
    raise AssertionError(f"{page.evaluate(NUMBER_THAT_WAITS)} letters wait still")
