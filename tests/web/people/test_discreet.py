"""Discreet: a plain name and icon wherever somebody else might look."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from heartwood.web.people.models import User

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
PAGES = (
    "/settings/",
    "/settings/discreet/",
    "/journal/",
    "/journal/letters/",
    "/acts/",
    "/moment/",
    "/help/",
    "/privacy/",
)
HEAD = re.compile(r"<head>.*</header>", re.DOTALL)


def test_titles_signs_and_the_app_have_a_plain_name(amara: User, signed_in: Browser) -> None:
    browser = signed_in(amara)
    named = {page: HEAD.findall(browser.get(page).text)[0] for page in PAGES}

    browser.post("/settings/discreet/", {"discreet": "on"})

    for page, before in named.items():
        seen = HEAD.findall(browser.get(page).text)[0]
        assert "· Heartwood</title>" in before and "/kit/app.webmanifest" in before
        assert "<title>Notes</title>" in seen and "/kit/plain.webmanifest" in seen
        assert "Heartwood" not in seen and "/kit/icon" not in seen and "mark__sign" not in seen


def test_it_is_taken_back_as_easily(amara: User, signed_in: Browser) -> None:
    browser = signed_in(amara)
    browser.post("/settings/discreet/", {"discreet": "on"})

    browser.post("/settings/discreet/", {})

    assert "<title>Settings · Heartwood</title>" in browser.get("/settings/").text


def test_of_two_people_only_the_one_who_wants_it_is_discreet(
    amara: User, eve: User, signed_in: Browser
) -> None:
    signed_in(amara).post("/settings/discreet/", {"discreet": "on"})

    assert "<title>Help · Heartwood</title>" in signed_in(eve).get("/help/").text
    assert "<title>Help · Heartwood</title>" in Client().get("/help/").text
