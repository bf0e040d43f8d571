"""Every page there is, for the tests and pictures that look at all of them."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from tests.journeys.conftest import LINK, Server
from tests.journeys.second_course import publish_its_next_version, publish_second_course

STRANGER = {
    "front-door": "/",
    "sit": "/sit/",
    "sign-in": "/sign-in/",
    "help": "/help/",
    "moment": "/moment/",
    "act-alone": "/acts/alone/",
    "privacy": "/privacy/",
    "not-found": "/nothing-here/",
}
AMARA = {
    "today": "/today/",
    "path": "/path/",
    "when-and-where": "/path/when-and-where/",
    "leave": "/path/leave/",
    "shelf": "/shelf/",
    "growth": "/growth/?numbers=1",
    "shown": "/growth/shown/",
    "monthly": "/path/monthly/",
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
    "how-it-was": "/how-it-was/",
    "self-check": "/weeks/3/check/",
    "fears": "/texts/fears-of-compassion/",
    "obstacle": "/texts/gets-in-the-way-numb/",
    "text": "/texts/before-you-begin/",
    "guide": "/texts/teachers-guide/",
    "more": "/texts/",
    "library": "/library/",
    "for-teachers": "/for-teachers/",
    "player": "/practices/arrive/",
    "unguided": "/unguided/",
    "offline": "/offline/",
    "history": "/sittings/",
    "add": "/sittings/add/",
    "acts": "/acts/",
    "journal": "/journal/",
    "write": "/journal/new/",
    "find": "/journal/search/",
    "letters": "/journal/letters/",
    "day": "/journal/day/",
    "voice": "/journal/voice/",
    "reminders": "/reminders/",
    "reminded": "/reminded/",
    "settings": "/settings/",
    "way-back": "/settings/way-back/",
    "password": "/settings/password/",
    "passkeys": "/settings/passkeys/",
    "second-step": "/settings/second-step/",
    "browsers": "/settings/browsers/",
    "discreet": "/settings/discreet/",
    "lock": "/settings/lock/",
    "bring": "/settings/bring/",
    "erase": "/settings/erase/",
    "invitations": "/invitations/",
    "desk": "/desk/",
}
"""Amara owns the server in these stories, so that the operator's pages are among hers."""
EVE = {"left": "/path/left/", "choose": "/begin/", "begin": "/begin/heartwood-8w/"}
"""Eve has an account and has not begun."""
BEA = {
    "offered": "/today/",
    "change": "/change/",
    "small-week": "/weeks/1/",
    "offered-in-player": "/practices/land/",
}
"""Bea is in a course of four weeks, of which a newer version is there, corrected for safety."""


@dataclass(frozen=True)
class Page:
    """One page, and what the browser of its reader holds (None: a stranger's)."""

    name: str
    path: str
    state: Any


def pages_of(server: Server, browser: Any) -> list[Page]:
    """Every page of a server that nobody owns yet.

    Waits for the first sound, opens Amara's account, begins the course and adds
    a sitting, so that no page is empty. Then a second course comes, and changes.
    """
    context = browser.new_context()
    page = context.new_page()
    _wait_for_sound(page, server)
    _open_account(page, server.owner_link, name="Amara")
    begun = _begun(page, server)
    context.close()
    publish_second_course(server)
    eve, bea = _guest(server, browser, name="Eve"), _guest(server, browser, name="Bea", course="four-weeks")
    publish_its_next_version(server)
    join = Page("join", _guest_link(server), None)
    return [join, *_of(STRANGER, None), *_of(AMARA, begun), *_of(EVE, eve), *_of(BEA, bea)]


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


def _guest(server: Server, browser: Any, *, name: str, course: str = "") -> Any:
    """What the browser of somebody holds who has an account, and has begun this course if one is named."""
    context = browser.new_context()
    page = context.new_page()
    _open_account(page, f"{server.url}{_guest_link(server)}", name=name)
    if course:
        _begin(page, server, f"/begin/{course}/")
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
    _begin(page, server, "/begin/")
    page.goto(f"{server.url}/sittings/add/")
    page.get_by_label("Minutes").fill("12")
    page.get_by_role("button", name="Add it").click()
    page.wait_for_url("**/sittings/")
    return page.context.storage_state()


def _begin(page: Any, server: Server, path: str) -> None:
    page.goto(f"{server.url}{path}")
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url("**/today/")
