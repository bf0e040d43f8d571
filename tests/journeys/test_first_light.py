"""First light: a stranger starts it, opens the link, practises, and loses nothing to a power cut."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from tests.journeys.conftest import Server

ROOT = Path(__file__).parents[2]
LINE = "The kettle was loud and I stayed."


def _open_account(page: Any, server: Server, *, name: str) -> None:
    page.goto(server.owner_link)
    page.get_by_label("name", exact=False).first.fill(name)
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.locator("main form").last.locator("button[type=submit]").last.click()


def _begin_today(page: Any, server: Server) -> None:
    page.goto(f"{server.url}/begin/")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/today/")


def test_amara_practises_and_a_power_cut_takes_nothing(server: Server, chromium: Any) -> None:
    amara = chromium.new_context()
    page = amara.new_page()

    page.goto(server.url)
    assert page.get_by_role("link", name="Sit for three minutes now").is_visible()
    _open_account(page, server, name="Amara")
    _begin_today(page, server)
    page.get_by_role("link", name="Begin").first.click()
    page.wait_for_selector("[data-player-play]:not([disabled])", timeout=90_000)
    page.locator("[data-player-play]").first.click()
    _skip_sound_check(page)
    page.evaluate("document.querySelector('audio').playbackRate = 16")
    page.wait_for_function("document.querySelector('audio').ended", timeout=120_000)
    page.locator("textarea").first.fill(LINE)
    page.get_by_role("button", name="Keep").first.click()
    page.wait_for_url("**/today/")

    server.kill()
    server.start()

    page.goto(f"{server.url}/sittings/")
    assert page.get_by_text(LINE).count() == 1
    assert page.locator("[data-sitting]").count() == 1


def _skip_sound_check(page: Any) -> None:
    heard = page.get_by_role("button", name="I can hear it")
    if heard.count() and heard.first.is_visible():
        heard.first.click()


def test_a_taken_port_says_so_and_offers_the_next(live: Server, tmp_path: Path) -> None:
    second = live.command("serve", "--data", str(tmp_path / "other"), "--port", str(live.port))

    assert second.returncode == 2
    assert f"Port {live.port} is taken" in second.stderr
    assert "./run --port" in second.stderr


def test_a_data_folder_in_use_is_refused_by_name(live: Server) -> None:
    second = live.command("serve", "--data", str(live.data), "--port", str(live.port + 1))

    assert second.returncode == 2
    assert f"is already in use by process {live.process.pid}" in second.stderr


def test_it_stops_within_five_seconds_when_asked(server: Server) -> None:
    seconds = server.stop()

    assert server.process.returncode == 0
    assert seconds < 5


def test_a_missing_master_key_is_refused_and_never_replaced(server: Server, chromium: Any) -> None:
    _open_account(chromium.new_context().new_page(), server, name="Amara")
    server.stop()
    keys = [key for key in (server.data / "keys").iterdir() if "master" in key.name]
    for key in keys:
        key.unlink()

    again = server.command("serve")

    assert again.returncode == 2
    assert "restore" in again.stderr.lower()
    assert [key for key in keys if key.exists()] == []


def test_every_practice_lists_as_json_alone() -> None:
    listed = subprocess.run(
        [sys.executable, "-m", "heartwood", "practice", "list", "--json"],
        env={"PYTHONPATH": str(ROOT / "src")}, capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert {"arrive"} <= {practice["id"] for practice in json.loads(listed.stdout)}


def test_a_stranger_hears_the_first_practice_within_ninety_seconds(tmp_path: Path, chromium: Any) -> None:
    from tests.journeys.conftest import free_port

    began = time.monotonic()
    server = Server(tmp_path / "fresh", free_port()).start()
    try:
        page = chromium.new_page()
        page.goto(server.url)
        page.get_by_role("link", name="Sit for three minutes now").click()
        page.wait_for_selector("[data-player-play]:not([disabled])", timeout=90_000)
        page.locator("[data-player-play]").first.click()
        _skip_sound_check(page)
        page.wait_for_function("document.querySelector('audio').currentTime > 1", timeout=20_000)
        assert time.monotonic() - began < 90
    finally:
        server.kill()
