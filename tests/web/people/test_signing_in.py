"""Signing in: kind about mistakes, silent about who is here, and nobody can lock out another."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from heartwood.web.kit.ids import new_id
from heartwood.web.people import actions, limits
from heartwood.web.people.models import SignInAttempt, User

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
WORDS = "kettle on the stove"


@pytest.fixture
def amara_with_password(amara: User, at: datetime) -> User:
    actions.set_password(amara, WORDS, email=amara.email, at=at)
    return amara


def _try(
    password: str, *, email: str = "amara@example.org", address: str = "203.0.113.5", **more: Any
) -> Any:
    return Client(REMOTE_ADDR=address).post("/sign-in/", {"email": email, "password": password, **more})


def test_the_right_password_opens_in_any_case_of_the_address(amara_with_password: User) -> None:
    answer = _try(WORDS, email=" Amara@Example.ORG ")

    assert (answer.status_code, answer["Location"]) == (302, "/today/")


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(amara_with_password: User) -> None:
    wrong, unknown = _try("wrong"), _try("wrong", email="nobody@example.org")

    assert (wrong.status_code, unknown.status_code) == (422, 422)
    sentence = "do not go together"
    assert sentence in wrong.text and sentence in unknown.text


def test_it_leads_on_to_the_page_that_was_wanted_but_never_off_this_site(amara_with_password: User) -> None:
    inside, outside = _try(WORDS, next="/settings/"), _try(WORDS, next="https://elsewhere.example/")

    assert (inside["Location"], outside["Location"]) == ("/settings/", "/today/")


def test_eve_cannot_lock_amara_out(amara_with_password: User) -> None:
    tries = [
        _try("wrong", address="198.51.100.66").status_code for _ in range(limits.TRIES_FOR_AN_ACCOUNT + 1)
    ]

    assert tries == [422] * limits.TRIES_FOR_AN_ACCOUNT + [429]
    assert _try(WORDS, address="198.51.100.66").status_code == 429
    assert _try(WORDS, address="203.0.113.5").status_code == 302


def test_a_forged_forwarding_header_is_no_new_address(amara_with_password: User) -> None:
    for number in range(limits.TRIES_FOR_AN_ACCOUNT):
        Client(REMOTE_ADDR="198.51.100.66", HTTP_X_FORWARDED_FOR=f"10.0.0.{number}").post(
            "/sign-in/", {"email": "amara@example.org", "password": "wrong"}
        )

    assert _try("wrong", address="198.51.100.66").status_code == 429


def test_many_accounts_tried_from_one_address_are_limited_too(key_check: None, at: datetime) -> None:
    passed = [
        limits.begin(address="198.51.100.66", account=f"{number}@example.org", at=at) is not None
        for number in range(limits.TRIES_FROM_AN_ADDRESS + 5)
    ]

    assert passed.count(True) == limits.TRIES_FROM_AN_ADDRESS


def test_the_limit_ends_after_its_window(key_check: None, at: datetime) -> None:
    for _ in range(limits.TRIES_FOR_AN_ACCOUNT):
        limits.begin(address="a", account="b", at=at)

    assert limits.begin(address="a", account="b", at=at) is None
    assert limits.begin(address="a", account="b", at=at + limits.WINDOW + timedelta(seconds=1)) is not None


def test_signing_in_forgets_the_typing_errors_before_it(amara_with_password: User) -> None:
    for _ in range(3):
        _try("wrong")

    _try(WORDS)

    assert SignInAttempt.objects.count() == 0


def test_what_is_counted_holds_neither_address_nor_account(amara_with_password: User) -> None:
    _try("wrong")

    kept = str(list(SignInAttempt.objects.values()))
    assert SignInAttempt.objects.count() == 1
    assert "203.0.113.5" not in kept and "amara" not in kept


@pytest.mark.django_db(transaction=True)
def test_of_forty_tries_at_once_no_more_than_the_limit_pass(key_check: None, at: datetime) -> None:
    def attempt(_: int) -> bool:
        try:
            return limits.begin(address="198.51.100.66", account="amara@example.org", at=at) is not None
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        passed = list(pool.map(attempt, range(40)))

    assert 1 <= passed.count(True) <= limits.TRIES_FOR_AN_ACCOUNT


def test_signing_out_ends_the_session(amara: User, signed_in: Browser) -> None:
    browser = signed_in(amara)

    browser.post("/sign-out/")

    assert browser.get("/settings/").status_code == 302


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/signup/",
        "/signup/",
        "/accounts/login/",
        "/confirm-email/",
        "/password/reset/",
        "/mfa/",
        "/2fa/",
    ],
)
def test_no_other_way_to_an_account_is_open(client: Client, key_check: None, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_first_password_needs_an_address_and_ten_letters(eve: User, signed_in: Browser) -> None:
    browser = signed_in(eve)

    short = browser.post("/settings/password/", {"page_id": str(new_id()), "email": "", "password": "short"})
    long = browser.post("/settings/password/", {
        "page_id": str(new_id()), "email": "Eve@example.org", "password": WORDS,
    })  # fmt: skip

    assert short.status_code == 422
    assert "A few more letters: 10 or more keep it safe." in short.text
    assert long.status_code == 302
    assert _try(WORDS, email="eve@example.org").status_code == 302
    assert browser.get("/settings/").status_code == 200


def test_a_password_is_changed_only_by_who_knows_it_and_ends_other_sessions(
    amara_with_password: User, signed_in: Browser
) -> None:
    here, elsewhere = signed_in(amara_with_password), signed_in(amara_with_password)
    given = {"page_id": str(new_id()), "email": "amara@example.org", "password": "a lamp in the hall"}

    refused = here.post("/settings/password/", {**given, "current": "wrong"})
    changed = here.post("/settings/password/", {**given, "current": WORDS})

    assert (refused.status_code, changed.status_code) == (422, 302)
    assert here.get("/settings/").status_code == 200
    assert elsewhere.get("/settings/").status_code == 302


def test_the_passkey_page_asks_the_device_for_one_that_it_keeps(eve: User, signed_in: Browser) -> None:
    page = signed_in(eve).get("/settings/passkeys/add/", headers={"host": "localhost"})

    assert page.status_code == 200
    assert 'id="passkey-options"' in page.text and '"id": "localhost"' in page.text
    assert page["Cache-Control"] == "no-store, private"


def test_signing_in_with_a_passkey_begins_with_a_challenge(client: Client, key_check: None) -> None:
    asked = client.get(
        "/sign-in/passkey/", headers={"x-requested-with": "XMLHttpRequest", "host": "localhost"}
    )

    assert len(asked.json()["request_options"]["publicKey"]["challenge"]) > 20


@pytest.mark.parametrize(
    "credential", ["", "{}", "[]", "nonsense", '{"id": 7, "response": {"userHandle": "////"}}']
)
def test_a_forged_passkey_opens_nothing(client: Client, amara: User, credential: str) -> None:
    client.get("/sign-in/passkey/", headers={"x-requested-with": "XMLHttpRequest", "host": "localhost"})

    answer = client.post("/sign-in/passkey/", {"credential": credential}, headers={"host": "localhost"})

    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/")
    assert client.get("/settings/").status_code == 302


def test_the_settings_keep_what_was_typed_and_refuse_what_cannot_be(amara: User, signed_in: Browser) -> None:
    browser = signed_in(amara)
    given = {"page_id": str(new_id()), "name": "Amara 🌱", "email": "amara@example.org",
             "time_zone": "Asia/Tokyo", "day_boundary_minutes": "300", "counting_off": "on"}  # fmt: skip

    kept = browser.post("/settings/", given)
    refused = browser.post("/settings/", {**given, "day_boundary_minutes": "1500", "name": "Other"})

    amara.refresh_from_db()
    assert (kept.status_code, refused.status_code) == (302, 422)
    assert (amara.name, amara.time_zone, amara.day_boundary_minutes, amara.counting_off) == (
        "Amara 🌱", "Asia/Tokyo", 300, True,
    )  # fmt: skip


def test_the_export_holds_everything_but_no_key(amara_with_password: User, signed_in: Browser) -> None:
    answer = signed_in(amara_with_password).get("/settings/export/")

    held = answer.json()["people"]
    assert (held["name"], held["email"], held["has_password"]) == ("Amara Okafor", "amara@example.org", True)
    assert [consent["at"][:10] for consent in held["consents"]] == ["2026-11-24"]
    assert "argon2" not in answer.text
    assert timezone.now().isoformat()[:10] in str(held["last_signed_in_at"])


@pytest.mark.parametrize(
    "elsewhere", ["today", "25:99", "https://example.org/", "//example.org", "\\\\x", "١"]
)
def test_what_is_no_path_of_this_server_leads_to_today(
    amara: User, signed_in: Browser, elsewhere: str
) -> None:
    browser = signed_in(amara)

    assert [browser.get(page, {"next": elsewhere})["Location"] for page in ("/sign-in/", "/locked/")] == [
        "/today/", "/today/",
    ]  # fmt: skip
