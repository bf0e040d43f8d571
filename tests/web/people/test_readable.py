"""Everything held, as a page for reading: nothing less than the JSON, and nothing that runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

from heartwood.web.kit.ids import new_id
from heartwood.web.people.models import User

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
HOSTILE = 'She said "well" & left.\n</dd><script>alert(1)</script><img src=x onerror=alert(2)>'


@pytest.fixture
def browser(amara: User, signed_in: Browser) -> Client:
    """Amara's, after she wrote lines, one of them hostile, and added a sitting by hand."""
    client = signed_in(amara)
    for body in (HOSTILE, "The kettle was loud."):
        assert client.post("/lines/", {"id": str(new_id()), "body": body}).status_code == 302
    sitting = {
        "id": str(new_id()),
        "day": "2026-11-20",
        "time": "07:30",
        "minutes": "12",
        "title": "<b>Dawn</b>",
    }
    assert client.post("/sittings/add/", sitting).status_code == 302
    return client


def test_everything_in_the_json_is_on_the_page(browser: Client) -> None:
    held = browser.get("/settings/export/").json()
    del held["heartwood"]

    page = _as_read(browser)

    assert HOSTILE in {line["body"] for line in held["practices"]["lines"]}
    assert [words for words in _leaves(held) if words not in page] == []


def test_hostile_text_stands_there_as_text(browser: Client) -> None:
    page = browser.get("/settings/export/page/").content.decode()

    assert "&lt;script&gt;alert(1)" in page and "&lt;b&gt;Dawn" in page


def test_the_page_is_one_file_that_runs_and_asks_for_nothing(browser: Client) -> None:
    answer = browser.get("/settings/export/page/")
    found = Tags()
    found.feed(answer.content.decode())

    assert answer["Content-Disposition"] == 'attachment; filename="heartwood-everything-held.html"'
    assert answer["Cache-Control"] == "no-store, private"
    assert found.tags & {"script", "link", "img", "iframe", "form", "b", "a"} == set()
    assert found.attributes == {"lang", "charset", "name", "content", "class", "scope", "datetime"}


def test_nobody_else_is_on_the_page(browser: Client, eve: User, signed_in: Browser) -> None:
    page = signed_in(eve).get("/settings/export/page/").content.decode()

    assert "Amara" not in page and "kettle" not in page


class Tags(HTMLParser):
    """What a browser would find on a page: its tags and their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


def _as_read(browser: Client) -> str:
    return unescape(browser.get("/settings/export/page/").content.decode())


def _leaves(value: Any) -> Iterator[str]:
    """Every name, word, number and moment; yes, no and nothing are said in words."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield name.replace("_", " ")
            yield from _leaves(one)
    elif isinstance(value, list):
        for one in value:
            yield from _leaves(one)
    elif value not in (None, "") and not isinstance(value, bool):
        yield str(value)
