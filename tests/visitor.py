"""Somebody with a browser, without the browser: cookies, forms and JSON over plain HTTP.

Standard library only, and nothing of Heartwood's own code: what this sees is what any client sees.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPMessage
from http.cookiejar import LWPCookieJar
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPCookieProcessor, Request, build_opener

SECONDS_TO_WAIT = 60


@dataclass
class Form:
    """A form as a browser would send it when nothing is typed."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Form] = []
        self._select = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "form":
            self.found.append(Form(given.get("action", "")))
        elif self.found and tag == "select":
            self._select = given.get("name", "")
        elif self.found and tag == "option" and self._select:
            self._choose(given)
        elif self.found and tag == "input" and "name" in given:
            self._fill(given)

    def _choose(self, option: dict[str, str]) -> None:
        if "selected" in option:
            self.found[-1].fields[self._select] = option.get("value", "")

    def _fill(self, box: dict[str, str]) -> None:
        if box.get("type") not in {"checkbox", "radio"}:
            self.found[-1].fields[box["name"]] = box.get("value", "")
        elif "checked" in box:
            self.found[-1].fields[box["name"]] = box.get("value", "on")


@dataclass(frozen=True)
class Page:
    """An answer: whatever came back, errors too."""

    status: int
    url: str
    headers: HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def forms(self) -> list[Form]:
        reader = _Forms()
        reader.feed(self.text)
        return reader.found

    def attribute(self, name: str) -> str:
        """The first value of an attribute such as data-rendering; empty when the page has none."""
        found = re.search(rf'\b{re.escape(name)}="([^"]*)"', self.text)
        return found[1] if found else ""


class Visitor:
    """One person in one browser."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.cookies = LWPCookieJar()
        self._opener = build_opener(HTTPCookieProcessor(self.cookies))

    @property
    def cookie_header(self) -> str:
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.cookies)

    def get(self, path: str) -> Page:
        return self._ask(Request(urljoin(self.url, path)))

    def submit(self, page: Page, **typed: str) -> Page:
        """Send the last form of a page with what was typed into it."""
        form = page.forms[-1]
        body = urlencode({**form.fields, **typed}).encode()
        return self._ask(Request(urljoin(page.url, form.action), data=body, headers={"Origin": self.url}))

    def send(self, method: str, path: str, content: Any, *, token: str) -> Page:
        """Send JSON as a page's script does, with the token that the page carried."""
        headers = {"Content-Type": "application/json", "X-CSRFToken": token, "Origin": self.url}
        body = json.dumps(content).encode()
        return self._ask(Request(urljoin(self.url, path), data=body, headers=headers, method=method))

    def _ask(self, request: Request) -> Page:
        try:
            with self._opener.open(request, timeout=SECONDS_TO_WAIT) as answer:
                return Page(answer.status, answer.url, answer.headers, answer.read())
        except HTTPError as refusal:
            with refusal:
                return Page(refusal.code, refusal.url or "", refusal.headers, refusal.read())


def open_account(url: str, link: str, *, name: str, email: str = "") -> Visitor:
    """Open an account behind a link, and begin the course today."""
    visitor = Visitor(url)
    agreed = {"old_enough": "on", "agreed": "on"}
    begin = visitor.submit(visitor.get(link), name=name, email=email, **agreed)
    assert begin.url.endswith("/begin/"), f"no account: {begin.status} {begin.text[:2000]}"
    today = visitor.submit(begin)
    assert today.url.endswith("/today/"), f"not begun: {today.status} {today.text[:2000]}"
    return visitor
