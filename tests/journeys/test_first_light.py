"""First light: a stranger starts it, opens the link, practises, and loses nothing to a power cut."""

from __future__ import annotations

from typing import Any

from tests.journeys.conftest import Server, wait_until
from tests.journeys.steps import begin_today, open_account, skip_sound_check

LINE = "The kettle was loud and I stayed."


def test_amara_practises_and_a_power_cut_takes_nothing(server: Server, chromium: Any) -> None:
    amara = chromium.new_context()
    page = amara.new_page()

    page.goto(server.url)
    assert page.get_by_role("link", name="Sit for three minutes now").is_visible()
    open_account(page, server, name="Amara")
    begin_today(page)
    page.locator(".today__lengths a").first.click()
    page.wait_for_selector("[data-player-play]:not([disabled])", timeout=90_000)
    page.locator("[data-player-play]").first.click()
    skip_sound_check(page)
    page.evaluate("document.querySelector('audio').playbackRate = 16")
    wait_until(page, "document.querySelector('audio').ended", seconds=120)
    page.get_by_label("One line, if you like").fill(LINE)
    page.get_by_role("button", name="Keep this line").click()
    page.wait_for_url("**/today/")

    server.kill()
    server.start()

    page.goto(f"{server.url}/sittings/")
    assert page.get_by_text(LINE).count() == 1
    assert page.locator("[data-sitting]").count() == 1
