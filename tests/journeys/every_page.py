"""Every page there is, for the tests and pictures that look at all of them."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from tests.journeys.conftest import LINK, Server

STRANGER = {
    "front-door": "/",
    "sit": "/sit/",
    "sign-in": "/sign-in/",
    "help": "/help/",
    "privacy": "/privacy/",
    "not-found": "/nothing-here/",
}
AMARA = {
    "today": "/today/",
    "weeks": "/weeks/",
    "week": "/weeks/1/",
    "reading": "/weeks/1/reading/",
    "research": "/weeks/1/research/",
    "reflection": "/weeks/1/reflection/",
    "exercise": "/weeks/1/exercises/two-minutes-each/",
    "class-plan": "/weeks/1/class/",
    "short-plan": "/weeks/1/class/?plan=short&from=18:30",
    "meeting": "/meetings/half-day/",
    "in-the-way": "/in-the-way/",
    "text": "/texts/before-you-begin/",
    "more": "/texts/",
    "library": "/library/",
    "for-teachers": "/for-teachers/",
    "player": "/practices/arrive/",
    "unguided": "/unguided/",
    "offline": "/offline/",
    "history": "/sittings/",
    "add": "/sittings/add/",
    "settings": "/settings/",
    "way-back": "/settings/way-back/",
    "password": "/settings/password/",
    "passkeys": "/settings/passkeys/",
    "browsers": "/settings/browsers/",
    "erase": "/settings/erase/",
    "invitations": "/invitations/",
    "desk": "/desk/",
}
"""Amara owns the server in these stories, so that the operator's pages are among hers."""


@dataclass(frozen=True)
class Page:
    """One page, and what the browser of its reader holds (None: a stranger's)."""

    name: str
    path: str
    state: Any


def pages_of(server: Server, browser: Any) -> list[Page]:
    """Every page of a server that nobody owns yet.

    Waits for the first sound, opens Amara's account, begins the course and adds
    a sitting, so that no page is empty.
    """
    context = browser.new_context()
    page = context.new_page()
    _wait_for_sound(page, server)
    _open_account(page, server.owner_link, name="Amara")
    begun = _begun(page, server)
    context.close()
    join, begin = Page("join", _guest_link(server), None), Page("begin", "/begin/", _guest(server, browser))
    return [join, begin, *_of(STRANGER, None), *_of(AMARA, begun)]


def _of(paths: dict[str, str], state: Any) -> list[Page]:
    return [Page(name, path, state) for name, path in paths.items()]


def _wait_for_sound(page: Any, server: Server) -> None:
    """The first sound is made in the background; the player is looked at once it is there."""
    for _ in range(180):
        page.goto(f"{server.url}/sit/")
        if page.locator("[data-player]").count():
            return
        time.sleep(0.5)
    raise AssertionError(page.locator("main").inner_text())


def _guest(server: Server, browser: Any) -> Any:
    """What the browser of somebody holds who has an account and has not begun."""
    context = browser.new_context()
    _open_account(context.new_page(), f"{server.url}{_guest_link(server)}", name="Eve")
    state = context.storage_state()
    context.close()
    return state


def _open_account(page: Any, link: str, *, name: str) -> None:
    page.goto(link)
    page.get_by_label("Your name").fill(name)
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Open my account").click()
    page.wait_for_url(lambda url: "/join/" not in url)


def _guest_link(server: Server) -> str:
    told = server.command("invite").stdout
    link = LINK.search(told)
    assert link, f"no link was printed: {told}"
    return link.group().removeprefix(server.url)


def _begun(page: Any, server: Server) -> Any:
    """Begin today and add a sitting; what Amara's browser holds then."""
    page.goto(f"{server.url}/begin/")
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url("**/today/")
    page.goto(f"{server.url}/sittings/add/")
    page.get_by_label("Minutes").fill("12")
    page.get_by_role("button", name="Add it").click()
    page.wait_for_url("**/sittings/")
    return page.context.storage_state()
