"""What every page tells the browser not to do."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from heartwood.web.people.models import User

pytestmark = pytest.mark.django_db
PAGES = (
    "/",
    "/sign-in/",
    "/sit/",
    "/today/",
    "/weeks/",
    "/sittings/",
    "/acts/",
    "/journal/",
    "/journal/new/",
    "/journal/letters/",
    "/journal/day/",
    "/journal/voice/",
    "/journal/search/",
    "/settings/",
    "/reminders/",
    "/nowhere/",
)
INLINE = re.compile(r"<script(?![^>]* src=)[^>]*>|<style|\sstyle=|\son[a-z]+=", re.IGNORECASE)
NOT_RUN = re.compile(r"type=\"(importmap|application/json)\"")


@pytest.fixture
def browser(
    amara: User, signed_in: Callable[[User], Client], begin: Callable[..., Any], arrival: Any, at: datetime
) -> Client:
    begin(amara, starts_on=at.date())
    return signed_in(amara)


@pytest.mark.parametrize("page", PAGES)
def test_nothing_is_loaded_from_elsewhere_and_nothing_inline_runs(page: str, browser: Client) -> None:
    policy = browser.get(page)["Content-Security-Policy"]

    rules = {name: set(allowed) for name, *allowed in (rule.split() for rule in policy.split(";"))}
    nonces = {word for word in rules["script-src"] if word.startswith("'nonce-")}
    assert rules["default-src"] == {"'none'"}
    assert rules["script-src"] - nonces == {"'self'"}
    assert rules["style-src"] == {"'self'"}
    assert {word for words in rules.values() for word in words} - nonces == {"'self'", "'none'"}


@pytest.mark.parametrize("page", PAGES)
def test_the_import_map_is_the_one_inline_script(page: str, browser: Client) -> None:
    inline = INLINE.findall(browser.get(page).content.decode())

    assert [found for found in inline if not NOT_RUN.search(found)] == []


@pytest.mark.parametrize("page", PAGES)
def test_no_page_is_framed_sniffed_or_told_to_others(page: str, browser: Client) -> None:
    answer = browser.get(page)

    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
