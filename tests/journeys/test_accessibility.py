"""Every page, for everybody: nothing for axe to find, nothing too wide, nothing too small to press."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.journeys.conftest import Server, free_port
from tests.journeys.every_page import Page, pages_of

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
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
TWICE_THE_TEXT = "document.documentElement.style.fontSize = '200%'"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("every-page") / "data", free_port()).start()
    yield server
    server.kill()


@pytest.fixture(scope="module")
def every_page(house: Server, chromium: Any) -> list[Page]:
    return pages_of(house, chromium)


def _opened(chromium: Any, house: Server, pages: list[Page], **look: Any) -> Iterator[tuple[str, Any]]:
    """Each page in turn, settled, in a browser of its own."""
    for one in pages:
        with chromium.new_context(storage_state=one.state, reduced_motion="reduce", **look) as context:
            page = context.new_page()
            page.goto(f"{house.url}{one.path}")
            page.wait_for_load_state("networkidle")
            yield one.name, page


def test_every_page_is_there_and_leads_nowhere_else(
    chromium: Any, house: Server, every_page: list[Page]
) -> None:
    astray = []
    for one in every_page:
        with chromium.new_context(storage_state=one.state) as context:
            page = context.new_page()
            status = page.goto(f"{house.url}{one.path}").status
        if (status, page.url) != (404 if one.name == "not-found" else 200, f"{house.url}{one.path}"):
            astray.append(f"{one.name}: {status} at {page.url}")

    assert astray == []


def test_what_is_hidden_is_not_to_be_seen(chromium: Any, house: Server, every_page: list[Page]) -> None:
    found = []
    for name, page in _opened(chromium, house, every_page):
        found += [f"{name}: {part}" for part in page.evaluate(SEEN_THOUGH_HIDDEN)]

    assert found == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(chromium: Any, house: Server, every_page: list[Page], scheme: str) -> None:
    found = []
    for name, page in _opened(chromium, house, every_page, color_scheme=scheme):
        violations = Axe().run(page, options=RULES).response["violations"]
        found += [f"{name}: {each['id']} at {each['nodes'][0]['html'][:120]}" for each in violations]

    assert found == []


def test_axe_finds_nothing_in_this_is_too_much(chromium: Any, house: Server, every_page: list[Page]) -> None:
    player = [page for page in every_page if page.name == "player"]
    for _, page in _opened(chromium, house, player, viewport={"width": 360, "height": 640}):
        page.get_by_role("button", name="This is too much").click()
        page.get_by_role("dialog").wait_for()

        assert Axe().run(page, options=RULES).response["violations"] == []


def test_nothing_is_too_wide_at_320_even_with_twice_the_text(
    chromium: Any, house: Server, every_page: list[Page]
) -> None:
    found = []
    for name, page in _opened(chromium, house, every_page, viewport={"width": 320, "height": 640}):
        found += [f"{name}: {part}" for part in page.evaluate(TOO_WIDE)]
        page.evaluate(TWICE_THE_TEXT)
        found += [f"{name}, twice the text: {part}" for part in page.evaluate(TOO_WIDE)]

    assert found == []


def test_everything_to_press_is_as_large_as_a_finger(
    chromium: Any, house: Server, every_page: list[Page]
) -> None:
    found = []
    for name, page in _opened(chromium, house, every_page, viewport={"width": 360, "height": 640}):
        found += [f"{name}: {part}" for part in page.evaluate(TOO_SMALL)]

    assert found == []


def test_begin_is_in_sight_on_a_small_phone(chromium: Any, house: Server, every_page: list[Page]) -> None:
    today = [page for page in every_page if page.name == "today"]
    for _, page in _opened(chromium, house, today, viewport={"width": 360, "height": 640}):
        begin = page.get_by_role("link", name="Begin").bounding_box()
        ways = page.get_by_role("navigation", name="Main").bounding_box()

        assert begin["y"] + begin["height"] < ways["y"] < 640
