"""The second step: an app's code after the password, codes on paper for when the app is gone."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from heartwood.web.kit.models import AuditEntry
from heartwood.web.people import actions, erasure, holdings, invitations, limits, second_step
from heartwood.web.people.models import User

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
WORDS = "kettle on the stove"


@pytest.fixture(autouse=True)
def nothing_tried_before() -> None:
    cache.clear()


@pytest.fixture
def person(amara: User, at: datetime) -> User:
    actions.set_password(amara, WORDS, email=amara.email, at=at)
    return amara


@pytest.fixture
def browser(person: User) -> Client:
    """Amara, who has just typed her password once more."""
    client = _signing_in()
    client.post("/settings/confirm/", {"password": WORDS})
    return client


@pytest.fixture
def on_paper(browser: Client) -> list[str]:
    """Her codes on paper, once her app is set up."""
    _turn_on(browser)
    return re.findall(r"<code>(\d{8})</code>", browser.get("/settings/second-step/codes/").text)


def _signing_in(password: str = WORDS, **more: str) -> Client:
    client = Client(**more)
    client.post("/sign-in/", {"email": "amara@example.org", "password": password})
    return client


def _turn_on(browser: Client) -> Any:
    page = browser.get("/settings/second-step/").text
    found = re.search(r'id="secret"[^>]*value="([A-Z2-7=]+)"', page)
    assert found, page
    browser.secret = found[1]
    return browser.post("/settings/second-step/", {"code": _now(found[1])})


def _now(secret: str, *, later: int = 0) -> str:
    """What an app shows now, or so many half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))


def _is_in(browser: Client) -> bool:
    return browser.get("/settings/").status_code == 200


def test_setting_it_up_shows_a_code_to_scan_and_ten_codes_once(browser: Client, person: User) -> None:
    page = browser.get("/settings/second-step/").text

    answer = _turn_on(browser)
    first, again = (browser.get("/settings/second-step/codes/").text for _ in range(2))

    assert "<svg" in page and " style=" not in page
    typed, opened = re.findall(r'value="([A-Z2-7]{32})"|totp/amara%40example.org.secret=([A-Z2-7]{32})', page)
    assert typed[0] == opened[1]
    assert (answer.status_code, answer["Location"]) == (302, "/settings/second-step/codes/")
    assert len(re.findall(r"<code>\d{8}</code>", first)) == 10
    assert "<code>" not in again and "You have 10 left" in again
    assert AuditEntry.objects.filter(verb="second step added", by=person.id).count() == 1


def test_a_wrong_first_code_sets_nothing_up(browser: Client) -> None:
    browser.get("/settings/second-step/")

    answer = browser.post("/settings/second-step/", {"code": "12"})

    assert "This is not the code for this secret." in answer.text
    assert not Authenticator.objects.exists()


def test_the_password_alone_opens_nothing_any_more_and_with_the_code_it_does(
    browser: Client, on_paper: list[str]
) -> None:
    other = _signing_in()

    stands_outside = not _is_in(other)
    other = _signing_in()
    wrong = other.post("/sign-in/second-step/", {"code": "000000"})
    right = other.post("/sign-in/second-step/", {"code": _now(browser.secret, later=1)})

    assert stands_outside
    assert (wrong.status_code, "That did not open anything here." in wrong.text) == (200, True)
    assert (right.status_code, right["Location"], _is_in(other)) == (302, "/today/", True)


def test_it_leads_on_to_the_page_that_was_wanted(browser: Client, on_paper: list[str]) -> None:
    other = Client()
    other.post("/sign-in/", {"email": "amara@example.org", "password": WORDS, "next": "/weeks/"})

    assert other.post("/sign-in/second-step/", {"code": on_paper[0]})["Location"] == "/weeks/"


def test_a_code_on_paper_opens_once(person: User, on_paper: list[str]) -> None:
    first, second = _signing_in(), _signing_in()

    first.post("/sign-in/second-step/", {"code": on_paper[0]})
    second.post("/sign-in/second-step/", {"code": on_paper[0]})

    assert (_is_in(first), _is_in(second)) == (True, False)
    assert second_step.codes_left(person) == 9


def test_a_code_of_the_app_opens_once(browser: Client, on_paper: list[str]) -> None:
    code = _now(browser.secret, later=1)
    first, second = _signing_in(), _signing_in()

    first.post("/sign-in/second-step/", {"code": code})
    second.post("/sign-in/second-step/", {"code": code})

    assert (_is_in(first), _is_in(second)) == (True, False)


def test_codes_cannot_be_tried_without_end_from_wherever(browser: Client, on_paper: list[str]) -> None:
    for number in range(7):
        guessing = _signing_in(REMOTE_ADDR=f"198.51.100.{number}")
        guessing.post("/sign-in/second-step/", {"code": f"{number:06}"})
    late = _signing_in(REMOTE_ADDR="198.51.100.99")

    late.post("/sign-in/second-step/", {"code": on_paper[0]})

    assert not _is_in(late)


def test_who_sits_in_the_same_room_uses_up_nobody_elses_tries(
    on_paper: list[str], bo: User, at: datetime
) -> None:
    actions.set_password(bo, WORDS, email=bo.email, at=at)
    TOTP.activate(bo, generate_totp_secret())
    fumbling = Client()
    fumbling.post("/sign-in/", {"email": bo.email, "password": WORDS})
    for number in range(limits.TRIES_FOR_AN_ACCOUNT):
        fumbling.post("/sign-in/second-step/", {"code": f"{number:06}"})
    cache.clear()  # a minute later: so long allauth itself holds an address back
    amara = _signing_in()

    amara.post("/sign-in/second-step/", {"code": on_paper[0]})

    assert _is_in(amara)


def test_without_a_password_before_it_the_step_leads_back(client: Client, key_check: None) -> None:
    for answer in (client.get("/sign-in/second-step/"), client.post("/sign-in/second-step/", {"code": "1"})):
        assert (answer.status_code, answer["Location"]) == (302, "/sign-in/")


def test_what_is_no_code_at_all_is_asked_for_again(on_paper: list[str]) -> None:
    other = _signing_in()

    answer = other.post("/sign-in/second-step/", {"credential": "{}"})

    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/second-step/")


def test_a_passkey_alone_asks_for_no_second_step(person: User) -> None:
    Authenticator.objects.create(user=person, type="webauthn", data={"name": "Phone", "credential": {}})

    assert _is_in(_signing_in())


def test_a_link_back_in_asks_for_no_second_step(person: User, on_paper: list[str]) -> None:
    link = invitations.return_link("amara@example.org", by=None, at=timezone.now())
    other = Client()

    page = other.get(link)
    other.post(link, {"page_id": page.context["form"]["page_id"].value()})

    assert _is_in(other)


def test_taken_away_the_password_is_enough_and_the_papers_open_nothing(
    browser: Client, person: User, on_paper: list[str]
) -> None:
    answer = browser.post("/settings/second-step/remove/")

    assert (answer.status_code, answer["Location"]) == (302, "/settings/")
    assert not Authenticator.objects.exists()
    assert _is_in(_signing_in())
    assert AuditEntry.objects.filter(verb="second step removed").count() == 1


def test_taken_away_beside_a_passkey_the_papers_go_too(
    browser: Client, person: User, on_paper: list[str]
) -> None:
    Authenticator.objects.create(user=person, type="webauthn", data={"name": "Phone", "credential": {}})

    browser.post("/settings/second-step/remove/")

    assert [way.type for way in Authenticator.objects.all()] == ["webauthn"]


def test_new_papers_replace_the_old(browser: Client, on_paper: list[str]) -> None:
    browser.post("/settings/second-step/codes/new/")
    other = _signing_in()

    other.post("/sign-in/second-step/", {"code": on_paper[0]})

    assert not _is_in(other)
    assert len(re.findall(r"<code>\d{8}</code>", browser.get("/settings/second-step/codes/").text)) == 10
    assert AuditEntry.objects.filter(verb="codes on paper renewed").count() == 1


def test_whoever_only_holds_the_session_changes_nothing(person: User, signed_in: Browser) -> None:
    browser = signed_in(person)

    for path in ("", "remove/", "codes/", "codes/new/"):
        answer = browser.get(f"/settings/second-step/{path}")
        assert answer.status_code in {302, 404}
        assert "secret" not in answer.text


def test_the_secret_lies_sealed_and_is_in_no_export(
    browser: Client, person: User, on_paper: list[str]
) -> None:
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))

    held = holdings.collect_all(person)["people"]["second_step"]

    assert browser.secret not in kept and not any(code in kept for code in on_paper)
    assert held["codes_left"] == 10 and set(held) == {"added_at", "codes_left"}
    assert browser.secret not in str(dict(browser.session))


def test_an_erasure_takes_it_along(person: User, on_paper: list[str], at: datetime) -> None:
    erasure.erase(person, by=None, at=at)

    assert not Authenticator.objects.exists()
