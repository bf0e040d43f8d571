"""Every page, for everybody: nothing for axe to find, nothing too wide, nothing too small to press."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.journeys.conftest import Server, free_port
from tests.journeys.every_page import Page, pages_of

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
COLOURS = {"runOnly": ["color-contrast"]}
"""What a darker look can change of what axe finds."""
PHONE = {"width": 360, "height": 640}
NARROW = {"width": 320, "height": 640}
TOO_SMALL = """() => [...document.querySelectorAll('a, button, select, textarea, input, summary')]
  .filter(part => part.checkVisibility({visibilityProperty: true}) && part.type !== 'hidden')
  .filter(part => getComputedStyle(part).display !== 'inline' && !part.closest('label, .skip'))
  .filter(part => part.getBoundingClientRect().height < 43.5)
  .map(part => part.outerHTML.slice(0, 90))"""
SEEN_THOUGH_HIDDEN = """() => [...document.querySelectorAll('[hidden]')]
  .filter(part => getComputedStyle(part).display !== 'none').map(part => part.outerHTML.slice(0, 90))"""
TOO_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
  [...document.querySelectorAll('main *, header *, footer *')]
  .filter(part => part.getBoundingClientRect().right > innerWidth + 1)
  .map(part => part.outerHTML.slice(0, 90))"""
IN_TWO_ROWS = """
  new Set([...document.querySelectorAll('.ways__way')].map((way) => way.getBoundingClientRect().top)).size > 1
    ? ['the ways stand in two rows'] : []
"""
TWICE_THE_TEXT = "document.documentElement.style.fontSize = '200%'"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("every-page") / "data", free_port()).start()
    yield server
    server.kill()


@pytest.fixture(scope="module")
def every_page(house: Server, chromium: Any) -> list[Page]:
    return pages_of(house, chromium)


@pytest.fixture(scope="module")
def findings(chromium: Any, house: Server, every_page: list[Page]) -> dict[str, list[str]]:
    """What each look at each page found. A page is opened once: opening costs most."""
    found: dict[str, list[str]] = {}
    for one, page, status in _opened(chromium, house, every_page, color_scheme="light", viewport=PHONE):
        for kind, parts in _looked_at(page, one, status, house):
            found.setdefault(kind, []).extend(f"{one.name}: {part}" for part in parts)
    return found


def _opened(chromium: Any, house: Server, pages: list[Page], **look: Any) -> Iterator[tuple[Page, Any, int]]:
    """Each page in turn, settled, in a browser of its own; and the status it was answered with."""
    for one in pages:
        with chromium.new_context(storage_state=one.state, reduced_motion="reduce", **look) as context:
            page = context.new_page()
            status = page.goto(f"{house.url}{one.path}").status
            page.wait_for_load_state("networkidle")
            yield one, page, status


def _looked_at(page: Any, one: Page, status: int, house: Server) -> Iterator[tuple[str, list[str]]]:
    meant = (404 if one.name == "not-found" else 200, f"{house.url}{one.path}")
    yield "astray", [] if (status, page.url) == meant else [f"{status} at {page.url}"]
    yield "hidden", page.evaluate(SEEN_THOUGH_HIDDEN)
    yield "small", page.evaluate(TOO_SMALL)
    yield "rows", page.evaluate(IN_TWO_ROWS)
    yield "light", _violations(page, RULES)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    yield "dark", _violations(page, COLOURS)
    page.set_viewport_size(NARROW)
    yield "wide", page.evaluate(TOO_WIDE)
    page.evaluate(TWICE_THE_TEXT)
    yield "wide", [f"with twice the text, {part}" for part in page.evaluate(TOO_WIDE)]


def _violations(page: Any, rules: dict[str, list[str]]) -> list[str]:
    found = Axe().run(page, options=rules).response["violations"]
    return [f"{each['id']} at {each['nodes'][0]['html'][:120]}" for each in found]


def test_every_page_is_there_and_leads_nowhere_else(findings: dict[str, list[str]]) -> None:
    assert findings["astray"] == []


def test_what_is_hidden_is_not_to_be_seen(findings: dict[str, list[str]]) -> None:
    assert findings["hidden"] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(findings: dict[str, list[str]], scheme: str) -> None:
    assert findings[scheme] == []


def test_nothing_is_too_wide_at_320_even_with_twice_the_text(findings: dict[str, list[str]]) -> None:
    assert findings["wide"] == []


def test_the_ways_stand_in_one_row_on_a_phone(findings: dict[str, list[str]]) -> None:
    assert findings["rows"] == []


def test_everything_to_press_is_as_large_as_a_finger(findings: dict[str, list[str]]) -> None:
    assert findings["small"] == []


def test_axe_finds_nothing_in_this_is_too_much(chromium: Any, house: Server, every_page: list[Page]) -> None:
    player = [page for page in every_page if page.name == "player"]
    for _, page, _ in _opened(chromium, house, player, viewport=PHONE):
        page.get_by_role("button", name="This is too much").click()
        page.get_by_role("dialog").wait_for()

        assert Axe().run(page, options=RULES).response["violations"] == []


def test_begin_is_in_sight_on_a_small_phone(chromium: Any, house: Server, every_page: list[Page]) -> None:
    today = [page for page in every_page if page.name == "offered"]
    for _, page, _ in _opened(chromium, house, today, viewport=PHONE):
        begin = page.get_by_role("link", name="Begin").bounding_box()
        ways = page.get_by_role("navigation", name="Main").bounding_box()

        assert begin["y"] + begin["height"] < ways["y"] < 640
