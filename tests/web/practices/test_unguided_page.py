"""Sitting without words, as its page offers it and its player opens it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from heartwood.web.library.models import Rendering
from heartwood.web.people.models import User
from tests.web.shelf import put_on_shelf

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]


@pytest.fixture
def browser(amara: User, signed_in: Browser) -> Client:
    return signed_in(amara)


def test_a_plain_timer_with_interval_bells_is_asked_for_as_one_sound(browser: Client) -> None:
    page = browser.get("/unguided/", {"minutes": "20", "interval": "5", "closing_bell": "deep"})

    wanted = Rendering.objects.get()
    assert page.status_code == 200
    assert f'data-making="/api/renderings/{wanted.id}"' in page.text
    assert wanted.unguided == {
        "stretches": [["sit", 1_200_000]], "interval_ms": 300_000, "open_end": False,
    }  # fmt: skip
    assert (wanted.choices["closing_bell"], wanted.voice) == ("deep", "bells")


def test_sit_walk_sit_with_an_open_end_and_time_to_settle(browser: Client) -> None:
    browser.get("/unguided/", {"minutes": "10", "walk": "5", "open_end": "on", "settling_seconds": "30"})

    wanted = Rendering.objects.get()
    parts = [["sit", 600_000], ["walk", 300_000], ["sit", 600_000]]
    assert wanted.unguided == {"stretches": parts, "interval_ms": 0, "open_end": True}
    assert wanted.choices["settling_seconds"] == 30


def test_its_player_has_a_way_to_be_done(browser: Client, at: datetime) -> None:
    browser.get("/unguided/", {"minutes": "2", "open_end": "on"})
    put_on_shelf(Rendering.objects.get(), at=at)

    page = browser.get("/unguided/", {"minutes": "2", "open_end": "on"}).text

    assert "2 minutes, then open" in page and "I am done" in page and "data-too-much" in page


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"minutes": "0"}, "greater than or equal to 1"),
        ({"minutes": "ten"}, "whole number"),
        ({"minutes": "200", "walk": "100"}, "Choose another length"),
        ({"minutes": "10", "closing_bell": "gong"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_is_said_and_starts_nothing(
    browser: Client, asked: dict[str, str], sentence: str
) -> None:
    page = browser.get("/unguided/", asked)

    assert page.status_code == 422
    assert sentence in page.text
    assert not Rendering.objects.exists()
