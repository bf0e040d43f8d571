"""From Today to a source in a reading and back, with a keyboard and nothing else."""

from __future__ import annotations

from typing import Any

from tests.journeys.conftest import Server
from tests.journeys.steps import begin_today, open_account

MOST_STOPS = 120
HERE = """() => {
  const here = document.activeElement;
  return {
    words: here === document.body ? "" : (here.ariaLabel ?? here.textContent).replace(/\\s+/g, " ").trim(),
    kind: here.className,
    marked: here === document.body || getComputedStyle(here).outlineStyle !== "none",
  };
}"""


def _here(page: Any) -> dict[str, Any]:
    """What has the focus: its words, its kind, and whether one sees that it has it."""
    return page.evaluate(HERE)


def _tab_to(page: Any, *, words: str = "", kind: str = "") -> None:
    """Press Tab until it is reached; every stop on the way has to be seen."""
    stops = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        here = _here(page)
        stops.append(here["words"])
        assert here["marked"], f"nothing shows that {here} has the focus"
        if words in here["words"] and kind in here["kind"]:
            return
    raise AssertionError(f"neither {words!r} nor {kind!r} was reached over {stops}")


def _follow(page: Any, words: str, *, to: str) -> None:
    _tab_to(page, words=words)
    page.keyboard.press("Enter")
    page.wait_for_url(to)


def test_a_source_in_a_reading_is_opened_closed_and_left_without_a_pointer(
    server: Server, chromium: Any
) -> None:
    page = chromium.new_context(viewport={"width": 1280, "height": 800}).new_page()
    open_account(page, server, name="Amara")
    begin_today(page)

    page.keyboard.press("Tab")
    assert _here(page)["words"] == "Skip to the page"
    page.keyboard.press("Enter")
    assert _here(page)["kind"].startswith("page")

    _follow(page, "Weeks", to="**/weeks/")
    _follow(page, "Week 1:", to="**/weeks/1/")
    _follow(page, "To read", to="**/weeks/1/reading/")

    _tab_to(page, kind="cited")
    citation = _here(page)
    page.keyboard.press("Enter")
    note = page.get_by_role("dialog")
    note.wait_for()
    assert "What it shows." in note.inner_text()
    assert _here(page)["kind"] == "note"

    page.keyboard.press("Tab")
    assert note.evaluate("note => note.contains(document.activeElement)")
    page.keyboard.press("Escape")
    note.wait_for(state="hidden")
    assert _here(page) == citation

    _follow(page, "Back to the week", to="**/weeks/1/")
    _follow(page, "Today", to="**/today/")
