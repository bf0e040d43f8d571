"""A reading read aloud: ready or asked for, for whoever has it open, and never a sitting."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256

import pytest
from django.test import Client
from django.utils import timezone

from heartwood.web.cohorts.models import Enrolment
from heartwood.web.cohorts.tasks import want_open_weeks
from heartwood.web.kit.ids import new_id
from heartwood.web.library import actions, queries
from heartwood.web.library.models import Rendering
from heartwood.web.people.models import User
from heartwood.web.practices.models import Sitting
from tests.web.practices.observed import half_a_minute, send
from tests.web.shelf import SOUND

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]


@pytest.fixture
def browser(amara: User, begin: Callable[..., Enrolment], signed_in: Browser) -> Client:
    begin(amara, starts_on=timezone.now().date() - timedelta(days=1))
    want_open_weeks(at=timezone.now())
    return signed_in(amara)


def _reading() -> Rendering:
    return Rendering.objects.get(reading=1)


def _made(at: datetime) -> Rendering:
    claimed = actions.claim(_reading().id, at=at)
    assert claimed
    queries.sound_folder().mkdir(parents=True, exist_ok=True)
    (queries.sound_folder() / f"{claimed.id}.m4a").write_bytes(SOUND)
    told = {"timeline": [], "bytes": len(SOUND), "sha256": sha256(SOUND).hexdigest(), "milliseconds": 61_000}
    actions.finish(claimed, told, at=at)
    return _reading()


def test_the_reading_of_an_open_week_is_laid_in_store_after_every_practice(browser: Client) -> None:
    due = list(Rendering.objects.order_by("priority").values_list("reading", flat=True))

    assert due == [None, None, 1]
    assert _reading().in_store_until


def test_a_reading_that_is_made_plays_without_script_and_names_its_voice(
    browser: Client, at: datetime
) -> None:
    made = _made(at)
    page = browser.get("/weeks/1/reading/").text

    assert f'<audio controls preload="none" src="/sound/{made.id}.m4a"' in page
    assert "built-in voice" in page and "2 minutes" in page


def test_seeking_in_it_is_answered_with_a_slice_and_a_stranger_hears_nothing(
    browser: Client, client: Client, at: datetime
) -> None:
    address = f"/sound/{_made(at).id}.m4a"

    assert browser.get(address, headers={"Range": "bytes=10-19"}).status_code == 206
    assert client.get(address).status_code == 404


def test_while_it_is_made_the_page_says_so_and_the_text_is_there(browser: Client) -> None:
    page = browser.get("/weeks/1/reading/").text

    assert f'data-making="/api/renderings/{_reading().id}"' in page
    assert "hummingbird" in page and "<audio" not in page


@pytest.mark.parametrize("away", ["gone", "away"])
def test_what_was_let_go_of_is_made_again_for_whoever_asks(browser: Client, at: datetime, away: str) -> None:
    made = _made(at)
    if away == "gone":
        (queries.sound_folder() / f"{made.id}.m4a").unlink()
    else:
        Rendering.objects.filter(id=made.id).update(state="away")

    assert "Listen to this reading</button>" in browser.get("/weeks/1/reading/").text
    answer = browser.post("/weeks/1/reading/listen/")

    assert answer["Location"] == "/weeks/1/reading/#listen"
    assert (_reading().state, _reading().priority) == ("due", actions.AT_ONCE)


def test_a_week_that_is_not_open_is_not_read_aloud(browser: Client) -> None:
    assert browser.post("/weeks/2/reading/listen/").status_code == 404
    assert not Rendering.objects.filter(reading=2).exists()


def test_a_machine_without_a_voice_offers_nothing(browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "default_voice", lambda: "bells")

    assert 'id="listen"' not in browser.get("/weeks/1/reading/").text
    assert browser.post("/weeks/1/reading/listen/").status_code == 404


def test_listening_is_never_a_sitting(browser: Client, at: datetime) -> None:
    answer = send(browser, new_id(), _made(at), half_a_minute(at))

    assert answer.status_code == 404
    assert not Sitting.objects.exists()
