"""The player in a real browser: what is heard is kept, a way out is always there, nothing plays on."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.conftest import Server, free_port
from tests.journeys.every_page import AMARA

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-sync",
]
PRACTICE = "/practices/arrive/"
TIME = "document.querySelector('audio').currentTime"
WIDTHS = ((320, 640), (360, 640), (768, 1024), (1280, 800))


HANDLERS = """window.handlers = {};
const set = MediaSession.prototype.setActionHandler;
MediaSession.prototype.setActionHandler = function (name, call) {
  window.handlers[name] = call;
  return set.call(this, name, call);
};"""
NO_ROOM = """IDBObjectStore.prototype.put = () => {
  throw new DOMException('full', 'QuotaExceededError');
};"""
LOCKS = """window.locks = 0;
Object.defineProperty(navigator, 'wakeLock', { value: { request: async () => {
  window.locks += 1;
  return { released: false, release: async () => { window.locks -= 1; } };
} } });"""
WITHOUT_WORKER = "delete Navigator.prototype.serviceWorker"
TICKS = "window.ticks = 0; setInterval(() => { window.ticks += 1; }, 100)"
JUMP = """(to) => {
  const audio = document.querySelector('audio'), from = audio.currentTime;
  audio.currentTime = to;
  return from;
}"""
HOLD_BACK = """(seconds) => {
  const before = window.ticks, end = performance.now() + seconds * 1000;
  while (performance.now() < end);
  return window.ticks - before;
}"""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("player") / "data", free_port()).start()
    yield server
    server.kill()


@pytest.fixture(scope="module")
def signed_in(house: Server, chromium: Any) -> Any:
    """What Amara's browser holds after she has opened her account and begun."""
    context = chromium.new_context()
    page = context.new_page()
    page.goto(house.owner_link)
    page.get_by_label("name", exact=False).first.fill("Amara")
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.locator("main form").last.locator("button[type=submit]").last.click()
    page.goto(f"{house.url}/begin/")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/today/")
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def player(house: Server, chromium: Any, signed_in: Any) -> Iterator[Any]:
    """Amara's player, on a device that has not heard anything yet.

    Without a service worker: what goes through one, Playwright cannot hold back (test_offline has it).
    """
    context = chromium.new_context(
        storage_state=signed_in, viewport={"width": 360, "height": 640}, service_workers="block"
    )
    page = context.new_page()
    _open(page, house)
    yield page
    context.close()


def test_nothing_sounds_before_a_press_and_nothing_counts_before_the_sound_is_heard(
    player: Any, house: Server
) -> None:
    before = len(_observations(house))
    assert player.evaluate("document.querySelector('audio').paused")

    player.locator("[data-player-play]").click()
    _until(player, f"{TIME} > 0.3")
    player.get_by_role("button", name="I hear nothing").click()
    _until(player, f"{TIME} > 0.3")
    assert len(_observations(house)) == before

    player.get_by_role("button", name="I can hear it").click()
    _until(player, f"{TIME} > 0.2 && {TIME} < 5")
    _wait_for(lambda: len(_observations(house)) > before)


def test_a_sitting_is_kept_as_it_goes_and_gone_on_with_after_a_reload(player: Any, house: Server) -> None:
    _play(player)
    player.evaluate("document.querySelector('audio').playbackRate = 16")
    _until(player, f"{TIME} > 40")
    player.get_by_role("button", name="Pause").click()
    stood = player.evaluate(TIME)
    _wait_for(lambda: abs(_observations(house)[-1][1] - stood * 1000) < 500)

    player.reload()

    player.wait_for_selector("[data-player-play]:not([disabled])")
    player.get_by_text("Play goes on from there").wait_for()
    assert abs(player.evaluate(TIME) - stood) < 0.5
    sitting = _observations(house)[-1][2]
    player.locator("[data-player-play]").click()
    _until(player, f"{TIME} > {stood} + 0.3")
    player.get_by_role("button", name="Pause").click()
    _wait_for(lambda: _observations(house)[-1][1] > stood * 1000 + 200)
    assert _observations(house)[-1][2] == sitting


def test_at_the_end_nothing_plays_on_and_one_line_is_asked_for(player: Any) -> None:
    _play(player)
    player.evaluate("document.querySelector('audio').playbackRate = 16")

    player.get_by_role("heading", name="That was your practice.").wait_for(timeout=60_000)

    assert player.evaluate("document.querySelector('audio').paused")
    assert player.evaluate("document.activeElement.textContent") == "That was your practice."
    assert player.locator("textarea").is_visible()
    assert player.get_by_role("link", name="Back to Today").get_attribute("href") == "/today/"
    player.keyboard.press("Space")
    assert player.evaluate("document.querySelector('audio').paused")


def test_this_is_too_much_fades_the_sound_and_escape_leaves_it_quiet(player: Any) -> None:
    _play(player)
    player.evaluate(
        "window.volumes = []; document.querySelector('audio').addEventListener('volumechange',"
        " (event) => window.volumes.push(event.target.volume))"
    )

    player.get_by_role("button", name="This is too much").click()

    panel = player.get_by_role("dialog", name="This is too much")
    panel.wait_for()
    assert "your local emergency number" in panel.inner_text()
    _until(player, "document.querySelector('audio').paused", seconds=6)
    assert min(player.evaluate("window.volumes")) < 0.1
    player.keyboard.press("Escape")
    assert not panel.is_visible()
    assert player.evaluate("document.activeElement.textContent") == "This is too much"
    assert player.evaluate("document.querySelector('audio').paused")


def test_ending_here_keeps_the_sitting(player: Any, house: Server) -> None:
    _play(player)
    _until(player, f"{TIME} > 1")

    player.get_by_role("button", name="This is too much").click()
    player.get_by_role("button", name="End here").click()

    player.get_by_role("heading", name="That was your practice.").wait_for()
    _wait_for(lambda: _observations(house)[-1][0] in ("left", "paused"))
    assert _observations(house)[-1][1] > 900


def test_space_and_arrows_play_pause_and_step_fifteen_seconds(player: Any) -> None:
    _play(player)
    player.evaluate("document.activeElement.blur()")

    player.keyboard.press("ArrowRight")
    _until(player, f"{TIME} >= 15 && {TIME} < 20")
    player.keyboard.press("ArrowLeft")
    _until(player, f"{TIME} < 5")
    player.keyboard.press("Space")

    assert player.evaluate("document.querySelector('audio').paused")


def test_the_whole_middle_is_play_and_pause(player: Any) -> None:
    _play(player)

    player.locator("[data-part=rings]").click()
    _until(player, "document.querySelector('audio').paused")
    player.locator("h1").click()

    _until(player, "!document.querySelector('audio').paused")


def test_sound_that_leaves_by_another_way_stops_and_is_heard_anew_before_it_counts(
    player: Any, house: Server
) -> None:
    _play(player)
    _until(player, f"{TIME} > 3")

    player.evaluate("navigator.mediaDevices.dispatchEvent(new Event('devicechange'))")

    _until(player, "document.querySelector('audio').paused")
    player.get_by_text("The sound comes out elsewhere now").wait_for()
    stood = player.evaluate(TIME)
    _wait_for(lambda: abs(_observations(house)[-1][1] - stood * 1000) < 500)
    told = len(_observations(house))
    player.locator("[data-player-play]").click()
    _until(player, f"{TIME} > 0.2 && {TIME} < 2.5")
    assert len(_observations(house)) == told
    player.get_by_role("button", name="I can hear it").click()
    _until(player, f"{TIME} > {stood} + 0.2")
    player.get_by_role("button", name="Pause").click()
    _wait_for(lambda: _observations(house)[-1][0] == "paused" and len(_observations(house)) > told)
    assert _observations(house)[-1][1] < (stood + 20) * 1000


def test_lock_screen_and_headset_play_pause_and_step(house: Server, chromium: Any, signed_in: Any) -> None:
    with chromium.new_context(storage_state=signed_in) as context:
        context.add_init_script(HANDLERS)
        page = context.new_page()
        _open(page, house)
        _play(page)

        page.evaluate("handlers.nexttrack({})")
        _until(page, f"{TIME} >= 15")
        page.evaluate("handlers.seekbackward({seekOffset: 10})")
        _until(page, f"{TIME} < 10")
        page.evaluate("handlers.seekto({seekTime: 60})")
        _until(page, f"{TIME} >= 60")
        page.evaluate("handlers.pause({})")
        _until(page, "document.querySelector('audio').paused")
        told = page.evaluate(
            "(({title, artwork}) => ({title, types: artwork.map((one) => one.type)}))"
            "(navigator.mediaSession.metadata)"
        )
        artwork = page.evaluate("navigator.mediaSession.metadata.artwork[0].src")

        assert told == {"title": "Arrive", "types": ["image/png", "image/png", "image/svg+xml"]}
        assert page.request.get(artwork).headers["content-type"] == "image/png"


def test_reading_along_shows_every_line_with_the_one_now_and_is_on_again_next_time(player: Any) -> None:
    player.get_by_role("button", name="Read along").click()
    _play(player)
    player.keyboard.press("ArrowRight")
    player.keyboard.press("ArrowRight")
    now = player.locator("[data-part=along] [aria-current]")
    now.wait_for()
    assert now.inner_text() == player.locator("[data-part=now]").text_content()

    player.reload()
    player.wait_for_selector("[data-player-play]:not([disabled])")

    assert player.locator("[data-part=along]").is_visible()


def test_hidden_and_with_its_scripts_held_back_a_practice_ends_with_its_bell_and_counts_whole(
    house: Server, chromium: Any, signed_in: Any, tmp_path: Path
) -> None:
    with _browser(chromium, tmp_path / "profile", signed_in) as (page, _):
        _open(page, house)
        page.evaluate(TICKS)
        _play(page)
        _until(page, f"{TIME} > 6")
        page.context.new_page().bring_to_front()
        _until(page, "document.visibilityState === 'hidden' && ticks > 0")

        amid = _held_back(page, seconds=20)
        length = page.evaluate("document.querySelector('audio').duration")
        before = page.evaluate(JUMP, length - 17)
        _until(page, f"{TIME} > {length - 16.5}")
        across = _held_back(page, seconds=20)

        assert amid["ticks"] == across["ticks"] == 0
        assert abs(amid["heard"] - amid["passed"]) < 0.5
        _until(page, "document.querySelector('audio').ended")
        _wait_for(lambda: _observations(house)[-1][0] == "finished")
        _, position, sitting, _ = _observations(house)[-1]
        assert abs(position - length * 1000) <= 20
        assert abs(_practised(house, sitting) - (before + 17) * 1000) < 1_000


def test_frozen_only_what_was_heard_counts_and_it_goes_on_when_the_person_is_back(
    house: Server, chromium: Any, signed_in: Any, tmp_path: Path
) -> None:
    with _browser(chromium, tmp_path / "profile", signed_in) as (page, _):
        _open(page, house)
        page.evaluate("document.addEventListener('freeze', () => { window.froze = true; })")
        _play(page)
        _until(page, f"{TIME} > 6")
        page.context.new_page().bring_to_front()
        _until(page, "document.visibilityState === 'hidden'")
        devtools = page.context.new_cdp_session(page)
        devtools.send("Page.setWebLifecycleState", {"state": "frozen"})
        time.sleep(6)  # the freeze itself: as long as it lasts nothing of this page can be asked
        page.bring_to_front()
        devtools.send("Page.setWebLifecycleState", {"state": "active"})

        _until(page, "window.froze === true")
        stood = page.evaluate(TIME)
        assert stood < 12
        assert not page.get_by_role("dialog", name="This is too much").is_visible()
        if page.evaluate("document.querySelector('audio').paused"):
            page.locator("[data-player-play]").click()
        _until(page, f"{TIME} > {stood} + 1")
        page.get_by_role("button", name="Pause").click()
        heard = page.evaluate(TIME) * 1000
        _wait_for(lambda: abs(_observations(house)[-1][1] - heard) < 500)
        sitting = _observations(house)[-1][2]
        assert abs(_practised(house, sitting) - heard) < 1_000


def test_without_a_connection_it_is_said_and_everything_goes_in_afterwards(
    player: Any, house: Server
) -> None:
    player.route("**/api/**", lambda route: route.abort())
    before = len(_observations(house))
    _play(player)
    player.get_by_text("No connection just now").first.wait_for()
    _until(player, f"{TIME} > 2")
    player.get_by_role("button", name="Pause").click()
    assert len(_observations(house)) == before

    player.unroute("**/api/**")
    player.reload()

    _wait_for(lambda: len(_observations(house)) >= before + 2)
    assert [kind for kind, *_ in _observations(house)[before:]][:2] == ["started", "paused"]


def test_a_device_that_can_keep_nothing_says_so_and_the_open_page_sends_it_later(
    player: Any, house: Server
) -> None:
    player.add_init_script(NO_ROOM)
    player.reload()
    player.route("**/api/**", lambda route: route.abort())
    before = len(_observations(house))
    _play(player)
    said = player.get_by_text("Leave this page open until there is a connection")
    said.wait_for()
    assert player.get_by_text("Your sitting is kept on this device").first.is_hidden()
    player.get_by_role("button", name="Pause").click()

    player.unroute("**/api/**")
    player.evaluate("dispatchEvent(new Event('online'))")

    _wait_for(lambda: len(_observations(house)) >= before + 2)
    assert [kind for kind, *_ in _observations(house)[before:]] == ["started", "paused"]
    said.wait_for(state="hidden")


def test_a_killed_browser_loses_at_most_ten_seconds(
    house: Server, chromium: Any, signed_in: Any, tmp_path: Path
) -> None:
    before = len(_observations(house))
    with _browser(chromium, tmp_path / "profile", signed_in) as (page, process):
        page.add_init_script(WITHOUT_WORKER)
        _open(page, house)
        page.route("**/api/**", lambda route: route.abort())
        _play(page)
        _until(page, f"{TIME} > 13", seconds=30)
        heard = page.evaluate(TIME) * 1000
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    assert len(_observations(house)) == before

    with _browser(chromium, tmp_path / "profile", signed_in) as (page, _):
        _open(page, house)
        _wait_for(lambda: len(_observations(house)) > before)
        _wait_for(lambda: heard - _observations(house)[-1][1] <= 10_000)
        assert heard - page.evaluate(TIME) * 1000 <= 10_000


def test_after_a_pause_on_a_locked_screen_the_way_out_comes_first(
    house: Server, chromium: Any, signed_in: Any, tmp_path: Path
) -> None:
    with _browser(chromium, tmp_path / "profile", signed_in) as (page, _):
        _open(page, house)
        _play(page)
        _until(page, f"{TIME} > 1")
        other = page.context.new_page()
        other.bring_to_front()
        _until(page, "document.visibilityState === 'hidden'")
        assert not page.evaluate("document.querySelector('audio').paused")

        page.evaluate("document.querySelector('audio').pause()")
        page.wait_for_timeout(300)
        page.bring_to_front()

        page.get_by_role("dialog", name="This is too much").wait_for()


def test_two_tabs_speak_one_at_a_time_and_number_their_sitting_as_one(player: Any, house: Server) -> None:
    _play(player)
    _until(player, f"{TIME} > 6")
    player.get_by_role("button", name="Pause").click()
    second = player.context.new_page()
    _open(second, house)
    second.locator("[data-player-play]").click()
    _until(second, "!document.querySelector('audio').paused")

    player.locator("[data-player-play]").click()

    _until(second, "document.querySelector('audio').paused")
    player.get_by_role("button", name="Pause").click()
    sitting = _observations(house)[-1][2]
    numbers = [sequence for *_, of, sequence in _observations(house) if of == sitting]
    assert numbers == sorted(set(numbers))


def test_a_stranger_leaves_nothing_on_the_device_nor_in_the_house(house: Server, chromium: Any) -> None:
    before = _sittings(house)
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{house.url}/sit/")
    page.wait_for_selector("[data-player-play]:not([disabled])", timeout=90_000)
    _play(page)
    _until(page, f"{TIME} > 1")
    page.get_by_role("button", name="Pause").click()

    stored = page.evaluate(
        "(async () => [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length])()"
    )

    assert stored == [0, 0, 0]
    assert context.cookies() == []
    assert _sittings(house) == before


def test_without_javascript_there_is_the_sound_the_words_and_the_way_out(
    house: Server, chromium: Any, signed_in: Any
) -> None:
    context = chromium.new_context(java_script_enabled=False, storage_state=signed_in)
    page = context.new_page()
    page.goto(f"{house.url}{PRACTICE}")

    assert page.locator("audio[controls]").is_visible()
    assert page.get_by_text("The words", exact=True).is_visible()
    assert page.get_by_text("This is too much", exact=True).first.is_visible()
    assert not page.locator("[data-player-play]").is_visible()


@pytest.mark.parametrize(("width", "height"), WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_play_and_the_way_out_are_in_sight_at_every_width(
    house: Server, chromium: Any, signed_in: Any, width: int, height: int, scheme: str
) -> None:
    context = chromium.new_context(
        storage_state=signed_in, viewport={"width": width, "height": height}, color_scheme=scheme
    )
    page = context.new_page()
    _open(page, house)

    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for name in ("Play", "Back 15 seconds", "Forward 15 seconds", "This is too much"):
        box = page.get_by_role("button", name=name, exact=True).bounding_box()
        assert min(box["width"], box["height"]) >= 44, name
        assert box["y"] + box["height"] <= height, name
    context.close()


def test_an_exercise_rests_goes_to_its_next_step_and_begins_again(
    house: Server, chromium: Any, signed_in: Any
) -> None:
    page = chromium.new_context(storage_state=signed_in).new_page()
    page.add_init_script(LOCKS)
    page.clock.install()
    page.goto(f"{house.url}{AMARA['exercise']}")
    clock = page.locator("[data-clock]").first
    left, place = clock.locator("[data-clock-left]"), clock.locator("[data-clock-place]")
    lengths = [int(step.get_attribute("data-seconds")) for step in clock.locator("[data-seconds]").all()]
    assert page.evaluate("locks") == 0

    clock.get_by_role("button", name="Start the clock").click()
    page.clock.run_for(5_000)
    assert left.inner_text() == _face(lengths[0] - 5)
    _until(page, "locks === 1")

    clock.get_by_role("button", name="Pause").click()
    page.clock.run_for(60_000)
    _until(page, "locks === 0")
    clock.get_by_role("button", name="Next step").click()
    assert place.inner_text() == f"Step 2 of {len(lengths)}"
    assert left.inner_text() == _face(lengths[1])
    page.clock.run_for(60_000)
    assert left.inner_text() == _face(lengths[1])

    clock.get_by_role("button", name="Go on").click()
    page.clock.run_for(sum(lengths[1:]) * 1_000 + 200)
    clock.get_by_text("That was all of it.").wait_for()
    _until(page, "locks === 0")
    assert clock.get_by_role("button", name="Next step").is_hidden()

    clock.get_by_role("button", name="Go on").click()
    assert place.inner_text() == f"Step 1 of {len(lengths)}"
    assert left.inner_text() == _face(lengths[0])


def _open(page: Any, server: Server) -> None:
    page.goto(f"{server.url}{PRACTICE}")
    page.wait_for_selector("[data-player-play]:not([disabled])", timeout=90_000)


def _play(page: Any) -> None:
    """Press play, and say that the bell is heard where that is asked."""
    page.locator("[data-player-play]").click()
    heard = page.get_by_role("button", name="I can hear it")
    if heard.is_visible():
        heard.click()
    _until(page, "!document.querySelector('audio').paused")


def _observations(server: Server) -> list[tuple[str, int, str, int]]:
    """Kind, position, sitting and number of everything observed, as the database holds it, by the clock."""
    path = server.data / "db" / "heartwood.sqlite3"
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        rows = database.execute(
            "SELECT kind, position_ms, sitting_id, sequence FROM practices_sittingevent"
            " ORDER BY wall_ms, sequence"
        )
        return rows.fetchall()


def _practised(server: Server, sitting: str) -> int:
    path = server.data / "db" / "heartwood.sqlite3"
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        row = database.execute("SELECT practised_ms FROM practices_sitting WHERE id = ?", [sitting])
        return int(row.fetchone()[0])


def _held_back(page: Any, *, seconds: float) -> dict[str, float]:
    """Let no script of the page run for so long: how often a timer ticked, and how far the sound came."""
    asked = f"[{TIME}, performance.now() / 1000]"
    stood, began = page.evaluate(asked)
    ticks = page.evaluate(HOLD_BACK, seconds)
    came, ended = page.evaluate(asked)
    return {"ticks": ticks, "heard": came - stood, "passed": ended - began}


def _sittings(server: Server) -> set[str]:
    return {sitting for _, _, sitting, _ in _observations(server)}


def _until(page: Any, so: str, *, seconds: float = 15) -> None:
    """Until the page says that it is so. The page's own policy forbids Playwright's wait_for_function."""
    _wait_for(lambda: bool(page.evaluate(so)), seconds=seconds)


def _wait_for(so: Callable[[], bool], *, seconds: float = 15) -> None:
    """Until it is so; what never becomes so fails."""
    end = time.monotonic() + seconds
    while not so():
        assert time.monotonic() < end, "it did not become so"
        time.sleep(0.1)


@contextmanager
def _browser(chromium: Any, profile: Path, state: Any) -> Iterator[tuple[Any, subprocess.Popen[bytes]]]:
    """A Chromium of its own, that can be killed and whose pages can be hidden."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert path, "Chromium is not installed"
    port = free_port()
    own = ["--headless", f"--remote-debugging-port={port}", f"--user-data-dir={profile}"]
    process = subprocess.Popen(
        [path, *own, *FLAGS, "about:blank"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        _wait_for(lambda: _listens(port), seconds=30)
        browser = chromium.browser_type.connect_over_cdp(f"http://127.0.0.1:{port}", no_defaults=True)
        context = browser.contexts[0]
        context.add_cookies(state["cookies"])
        yield context.new_page(), process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _face(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02}"
