"""Course prose on a page: its headings below the page's own, and nothing that could act."""

from __future__ import annotations

import re

import pytest

from heartwood.web.kit.prose import plain_opening, to_html


@pytest.mark.parametrize(
    ("markdown", "under", "levels"),
    [
        ("### The idea\n\n### The study", 1, ["h2", "h2"]),
        ("### The idea\n\n### The study", 2, ["h3", "h3"]),
        ("## One\n\n### Two", 1, ["h2", "h3"]),
        ("# One\n\n###### Deep", 2, ["h3", "h4"]),
        ("No heading at all.", 1, []),
    ],
)
def test_headings_come_right_below_the_pages_own(markdown: str, under: int, levels: list[str]) -> None:
    assert re.findall(r"<(h\d)>", to_html(markdown, under=under)) == levels


def test_nothing_in_prose_can_act() -> None:
    page = to_html(
        'A <script>alert(1)</script><img src="https://elsewhere.example/x">line '
        "[here](javascript:alert(1)) and [there](https://example.org/).",
        under=1,
    )

    assert "<script" not in page
    assert "<img" not in page
    assert re.findall(r'href="([^"]+)"', page) == ["https://example.org/"]


def test_the_opening_is_the_first_paragraph_in_plain_words() -> None:
    markdown = "### Door\n\nPause at *one* [door](https://example.org)\ntoday.\n\nMore."

    assert plain_opening(markdown) == "Pause at one door today."
    assert plain_opening("") == ""


def test_the_opening_is_a_paragraph_rather_than_the_point_of_a_list() -> None:
    assert plain_opening("- Your *name*.\n- Your zone.\n\nThat is\nall.") == "That is all."
    assert plain_opening("## Kept\n\n- Your *name*.\n- Your zone.") == "Your name."
