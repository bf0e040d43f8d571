"""The player's page: one practice of one's own course, at the length that the address asks for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from heartwood.web.cohorts.models import Enrolment
from heartwood.web.library import actions as library
from heartwood.web.library import queries as shelf
from heartwood.web.library.models import CourseVersion, Rendering
from heartwood.web.people.models import Session, User
from heartwood.web.practices.models import Sitting
from tests.web.shelf import put_on_shelf

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]


@pytest.fixture
def browser(amara: User, begin: Callable[..., Enrolment], signed_in: Browser) -> Client:
    """Amara's, on her first day."""
    begin(amara, starts_on=timezone.now().date() - timedelta(days=1))
    return signed_in(amara)


def test_a_ready_practice_is_there_to_be_heard(browser: Client, settle: Rendering) -> None:
    page = browser.get("/practices/settle/")

    assert page.status_code == 200
    assert "Settle through the body" in page.text
    assert f'src="/sound/{settle.id}.m4a"' in page.text
    assert "Feel your feet." in page.text


def test_each_page_carries_a_sitting_and_a_line_of_its_own(browser: Client, settle: Rendering) -> None:
    pages = [browser.get("/practices/settle/").text for _ in range(2)]

    sittings = [page.split('data-sitting="')[1].split('"')[0] for page in pages]
    lines = [page.split('name="id" value="')[1].split('"')[0] for page in pages]
    assert len({*sittings, *lines}) == 4


def test_a_page_that_is_only_looked_at_keeps_no_sitting(browser: Client, settle: Rendering) -> None:
    browser.get("/practices/settle/")

    assert not Sitting.objects.exists()


def test_a_new_length_is_spoken_for_whoever_asks_and_says_how_far_it_is(
    browser: Client, version: CourseVersion
) -> None:
    page = browser.get("/practices/settle/?minutes=1.2")

    wanted = Rendering.objects.get(milliseconds=72_000)
    assert (wanted.script, wanted.state, wanted.priority) == ("settle", "due", library.AT_ONCE)
    assert f'data-making="/api/renderings/{wanted.id}"' in page.text
    assert "<audio" not in page.text


@pytest.mark.parametrize(
    ("minutes", "sentence"),
    [
        ("40", "0.8"),
        ("0.1", "0.8"),
        ("-3", "no length for a practice"),
        ("1e9", "no length for a practice"),
        ("nan", "no length for a practice"),
        ("ten", "is not a number of minutes"),
        ("1.05", "finer than a tenth"),
        ("<script>", "&lt;script&gt;"),
        ("9" * 5000, "no length for a practice"),
    ],
)
def test_a_length_that_does_not_fit_is_refused_with_the_usual_one_and_starts_nothing(
    browser: Client, minutes: str, sentence: str
) -> None:
    rows = Rendering.objects.count()

    page = browser.get("/practices/settle/", {"minutes": minutes})

    assert page.status_code == 422
    assert sentence in page.text
    assert "The usual length is 1 minute" in page.text
    assert Rendering.objects.count() == rows


def test_bells_only_is_a_choice_and_any_other_voice_is_not_there(browser: Client) -> None:
    page = browser.get("/practices/settle/", {"minutes": "1.2", "voice": "bells"})

    assert Rendering.objects.get(milliseconds=72_000).voice == "bells"
    assert '<option value="bells" selected>' in page.text
    assert "minutes=1&amp;voice=bells" in page.text
    assert browser.get("/practices/settle/", {"voice": "thunder"}).status_code == 404


@pytest.mark.parametrize("minutes", ["", "1", "ten"])
def test_a_practice_that_the_course_does_not_have_is_not_there(browser: Client, minutes: str) -> None:
    assert browser.get("/practices/fly/", {"minutes": minutes}).status_code == 404


def test_who_is_on_no_path_is_asked_to_begin(amara: User, signed_in: Browser, version: CourseVersion) -> None:
    answer = signed_in(amara).get("/practices/settle/")

    assert (answer.status_code, answer["Location"]) == (302, "/begin/")


def test_a_person_hears_the_words_of_their_own_version(
    browser: Client, settle: Rendering, another_folder: Callable[[str, str, str], Path], at: datetime
) -> None:
    newer = library.publish(
        another_folder("practices/settle/script.en.md", "Settle through the body", "Land"),
        at=at + timedelta(days=1),
    )
    put_on_shelf(library.want(newer, "settle", at=at), at=at)

    page = browser.get("/practices/settle/").text

    assert "Settle through the body" in page and f"/sound/{settle.id}.m4a" in page
    assert "Land" not in page


def test_a_stranger_hears_three_minutes_and_nothing_of_them_is_stored(
    client: Client, arrival: Rendering
) -> None:
    page = client.get("/sit/")

    assert page.status_code == 200
    assert f'src="/sound/{arrival.id}.m4a"' in page.text
    assert "/api/sittings/" not in page.text and "data-token" not in page.text
    assert 'name="body"' not in page.text
    assert dict(client.cookies) == {}
    assert (Session.objects.count(), Sitting.objects.count()) == (0, 0)


def test_without_a_course_a_stranger_is_told_to_come_back(client: Client, key_check: None) -> None:
    answer = client.get("/sit/")

    assert answer.status_code == 503
    assert "Come back in a minute." in answer.text


def test_while_a_newer_arrival_is_being_made_a_stranger_hears_the_one_that_is_there(
    client: Client, arrival: Rendering, another_folder: Callable[[str, str, str], Path], at: datetime
) -> None:
    newer = library.publish(
        another_folder("practices/arrive/script.en.md", "Sit down, wherever", "Sit or stand, wherever"),
        at=at + timedelta(days=1),
    )
    before = client.get("/sit/").text
    made = put_on_shelf(library.want(newer, "arrive", at=at), at=at)
    after = client.get("/sit/").text

    assert f"/sound/{arrival.id}.m4a" in before
    assert f"/sound/{made.id}.m4a" in after


def test_a_lost_file_is_shown_as_being_made_and_not_as_a_broken_sound(
    browser: Client, settle: Rendering
) -> None:
    (shelf.sound_folder() / f"{settle.id}.m4a").unlink()

    page = browser.get("/practices/settle/").text

    assert "data-making" in page and "<audio" not in page
    settle.refresh_from_db()
    assert settle.state == "due"


def test_where_the_second_voice_cannot_speak_the_page_says_which_one_does(
    browser: Client, tmp_path: Path, settings: Any
) -> None:
    says = "The second voice is not speaking just now. This is the usual one."
    model = tmp_path / "ann.onnx"
    settings.PIPER = {
        "program": "piper",
        "model": str(model),
        "language": "en",
        "consent": "Ann, who agreed.",
    }

    without = browser.get("/practices/settle/", {"voice": "piper"})
    model.write_text("a model")
    speaking = browser.get("/practices/settle/", {"voice": "piper"})

    assert says in without.text
    assert says not in speaking.text
    assert "Hear it in the usual voice" in speaking.text
    assert '<option value="piper" selected>Second voice</option>' in speaking.text
