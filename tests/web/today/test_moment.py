"""Meet this moment: ninety seconds for whoever opens the page, from whichever course there is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from django.test import Client

from heartwood import content
from heartwood.curriculum.ways import STRANDS
from heartwood.web.cohorts.models import Enrolment
from heartwood.web.library import actions
from heartwood.web.people.models import User

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]


@pytest.fixture
def with_moment(another_folder: Callable[[str, str, str], Path], at: datetime) -> None:
    """The tiny course with one moment of its own, on the shelf."""
    folder = another_folder("course.toml", 'id = "tiny"', 'id = "tiny"\nmoments = ["here"]')
    (folder / "moments" / "here").mkdir(parents=True)
    lines = "".join(f'[[line]]\nstrand = "{s}"\ncue = "{s}-it"\npause = 15\n' for s in STRANDS)
    toml = f'purpose = "whom"\ndirections = ["self"]\nacts = ["act"]\n{lines}'
    words = "".join(f"## {strand}-it\nThe line to {strand}.\n" for strand in STRANDS)
    (folder / "moments" / "here" / "moment.toml").write_text(toml)
    (folder / "moments" / "here" / "moment.en.md").write_text(
        f"# Here\n\nJust here.\n{words}## act\nWater a plant.\n"
    )
    actions.publish(folder, at=at)


def test_a_stranger_meets_all_moments_of_the_course_on_offer(with_moment: None) -> None:
    page = Client().get("/moment/").text

    assert page.count("data-moment ") == 1
    lines = [f"The line to {strand}." for strand in STRANDS]
    assert [line for line in lines if line not in page] == []
    assert 'data-from-ms="17' in page and "Water a plant." in page


def test_where_no_course_has_moments_those_that_are_shipped_are_met(
    amara: User, signed_in: Browser, begin: Callable[..., Enrolment], at: datetime
) -> None:
    begin(amara, starts_on=at.date())
    titles = [moment.title for moment in content.shipped_moments()]

    for browser in (Client(), signed_in(amara)):
        page = browser.get("/moment/").text
        assert [title in page for title in titles] == [True] * 8


def test_the_page_that_a_device_keeps_is_the_same_for_everybody_and_holds_nobody(
    amara: User, signed_in: Browser
) -> None:
    assert amara.name not in signed_in(amara).get("/moment/").text
    assert Client().get("/moment/").cookies == {}


def test_every_page_with_a_header_leads_to_it_and_to_help(
    amara: User, signed_in: Browser, begin: Callable[..., Enrolment], at: datetime
) -> None:
    begin(amara, starts_on=at.date())
    browser = signed_in(amara)

    for path in ("/", "/today/", "/weeks/", "/sittings/", "/settings/", "/offline/", "/privacy/", "/help/"):
        page = browser.get(path).text
        assert 'href="/moment/"' in page and 'href="/help/"' in page, path


def test_a_small_act_can_become_a_caring_act_by_whoever_has_an_account(
    amara: User, signed_in: Browser, with_moment: None
) -> None:
    page = signed_in(amara).get("/moment/").text

    assert 'action="/acts/propose/"' in page and 'name="line" value="Water a plant."' in page
    proposed = signed_in(amara).post("/acts/propose/", {"line": "Water a plant.", "direction": "self"}).text
    assert "Water a plant." in proposed
    assert "/acts/propose/" not in Client().get("/moment/").text


def test_nothing_of_it_is_kept(amara: User, signed_in: Browser) -> None:
    assert signed_in(amara).post("/moment/").status_code == 405
