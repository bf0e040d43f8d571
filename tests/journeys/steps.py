"""What people do again and again in the journeys."""

from __future__ import annotations

from typing import Any

from tests.journeys.conftest import Server, wait_until


def open_account(page: Any, server: Server, *, name: str) -> None:
    page.goto(server.owner_link)
    page.get_by_label("name", exact=False).first.fill(name)
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.locator("main form").last.locator("button[type=submit]").last.click()
    page.wait_for_url("**/begin/")


def begin_today(page: Any) -> None:
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/today/")


def skip_sound_check(page: Any) -> None:
    heard = page.get_by_role("button", name="I can hear it")
    if heard.count() and heard.first.is_visible():
        heard.first.click()


def practise_through_power_cuts(page: Any, server: Server, *, line: str) -> None:
    """From the owner's link to a private line, with the server killed amid the sitting and after the line."""
    page.goto(server.url)
    assert page.get_by_role("link", name="Sit for three minutes now").is_visible()
    open_account(page, server, name="Amara")
    begin_today(page)
    page.locator(".today__lengths a").first.click()
    page.wait_for_selector("[data-player-play]:not([disabled])", timeout=120_000)
    page.locator("[data-player-play]").first.click()
    skip_sound_check(page)
    page.evaluate("document.querySelector('audio').playbackRate = 16")
    wait_until(page, "document.querySelector('audio').currentTime > 60", seconds=60)
    assert not page.get_by_text("stopped from outside").is_visible()

    server.kill()
    server.start()

    wait_until(page, "document.querySelector('audio').ended", seconds=120)
    page.get_by_label("One line, if you like").fill(line)
    page.get_by_role("button", name="Keep this line").click()
    page.wait_for_url("**/today/")

    server.kill()
    server.start()

    page.goto(f"{server.url}/sittings/")
    assert page.get_by_text(line).count() == 1
    assert page.locator("[data-sitting]").count() == 1
    assert page.get_by_text("7 minutes").count() == 1
