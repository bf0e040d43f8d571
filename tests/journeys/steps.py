"""What people do again and again in the journeys."""

from __future__ import annotations

from typing import Any

from tests.journeys.conftest import Server


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
