"""Accounts and mail: a code to sign in, an address that is shown to be one's own, an invitation by letter."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from heartwood.web.delivery.smtp import MailServer
from heartwood.web.kit.ids import new_id
from heartwood.web.people import actions, addresses, invitations, queries
from heartwood.web.people.models import User

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
ADDRESS = "amara@example.org"


@pytest.fixture
def mail_works(settings: Any) -> None:
    settings.MAIL = MailServer("mail.example.org", 587, "heartwood@example.org")


@pytest.fixture
def confirmed_amara(amara: User, at: datetime, mail_works: None) -> User:
    addresses.confirm(amara, at=at)
    return amara


def _ask(client: Client, email: str = ADDRESS) -> Any:
    return client.post("/sign-in/code/", {"email": email})


def _give(client: Client, code: str) -> Any:
    return client.post("/sign-in/code/type/", {"code": code})


def _code() -> str:
    found = re.search(r"^    (\S+)$", mail.outbox[-1].body, re.M)
    assert found, mail.outbox[-1].body
    return found[1]


def _link() -> str:
    found = re.search(r"http://localhost:8000(/\S+)", mail.outbox[-1].body.split(":\n")[1])
    assert found, mail.outbox[-1].body
    return found[1]


def test_a_code_signs_in_once(client: Client, confirmed_amara: User) -> None:
    asked = _ask(client, " Amara@Example.org")
    code = _code()
    given = _give(client, code)
    elsewhere = Client()
    _ask(elsewhere)

    assert (asked.status_code, asked["Location"]) == (302, "/sign-in/code/type/")
    assert (given.status_code, given["Location"]) == (302, "/today/")
    assert client.get("/settings/").status_code == 200
    assert _give(elsewhere, code).status_code == 200
    assert elsewhere.get("/settings/").status_code == 302


def test_the_letter_says_little_in_its_subject_and_goes_only_while_the_code_works(
    client: Client, confirmed_amara: User
) -> None:
    _ask(client)

    [letter] = mail.outbox
    assert (letter.subject, letter.to) == ("Your code", [ADDRESS])
    assert (letter.kind, letter.person) == ("sign-in code", confirmed_amara.id)
    assert _code() in letter.alternatives[0][0]
    assert letter.expires_at is not None


def test_an_unknown_and_an_unconfirmed_address_are_answered_alike_and_get_no_letter(
    amara: User, mail_works: None
) -> None:
    unconfirmed, unknown = _ask(Client()), _ask(Client(), "nobody@example.org")

    assert (unconfirmed.status_code, unconfirmed["Location"]) == (unknown.status_code, unknown["Location"])
    assert mail.outbox == []


def test_an_unknown_address_opens_nothing_whatever_is_typed(client: Client, mail_works: None) -> None:
    _ask(client, "nobody@example.org")

    answers = {_give(client, code).status_code for code in ("", "AAAAAA", "None")}

    assert answers == {200}
    assert client.get("/settings/").status_code == 302


def test_a_code_is_not_guessed(client: Client, confirmed_amara: User) -> None:
    _ask(client)

    answers = [_give(client, "WRONG1").status_code for _ in range(5)]

    assert answers == [200, 200, 200, 200, 302]
    assert _give(client, _code())["Location"] == "/sign-in/code/"
    assert client.get("/settings/").status_code == 302


def test_who_sits_in_the_same_room_uses_up_nobody_elses_tries(
    confirmed_amara: User, bo: User, at: datetime
) -> None:
    addresses.confirm(bo, at=at)
    fumbling, amara = Client(), Client()
    for _ in range(3):
        _ask(fumbling, bo.email)
        for _ in range(4):
            _give(fumbling, "WRONG1")
    cache.clear()  # a minute later: so long allauth itself holds an address back

    _ask(amara)

    assert _give(amara, _code())["Location"] == "/today/"


def test_codes_are_not_asked_for_without_end(confirmed_amara: User) -> None:
    statuses = [_ask(Client()).status_code for _ in range(12)]

    assert statuses[-1] in {200, 429}
    assert len(mail.outbox) <= 10


def test_it_leads_on_to_the_page_that_was_wanted(client: Client, confirmed_amara: User) -> None:
    client.post("/sign-in/code/?next=/weeks/", {"email": ADDRESS, "next": "/weeks/"})

    given = client.post("/sign-in/code/type/", {"code": _code(), "next": "/weeks/"})

    assert given["Location"] == "/weeks/"


def test_without_mail_no_page_offers_it(client: Client, amara: User, bo: User, signed_in: Browser) -> None:
    settings, invitations_page = signed_in(amara).get("/settings/"), signed_in(bo).get("/invitations/")

    assert "code" not in client.get("/sign-in/").text.split("<main")[1]
    assert client.get("/sign-in/code/").status_code == 404
    assert "confirm" not in settings.text
    assert "Send it to" not in invitations_page.text


def test_with_mail_the_sign_in_page_offers_a_code(client: Client, mail_works: None, key_check: None) -> None:
    assert "Send me a code by e-mail" in client.get("/sign-in/").text
    assert client.get("/sign-in/code/").status_code == 200


def test_an_address_is_confirmed_by_the_link_that_is_sent_to_it(
    amara: User, signed_in: Browser, mail_works: None
) -> None:
    browser = signed_in(amara)

    browser.post("/settings/address/")
    looked = Client().get(_link())
    before = addresses.is_confirmed(amara)
    Client().post(_link())

    assert "Is this your address?" in looked.text
    assert (before, addresses.is_confirmed(amara)) == (False, True)
    assert "is confirmed" in browser.get("/settings/").text
    assert queries.has_way_back(amara)


def test_a_link_for_an_address_that_changed_since_confirms_nothing(
    amara: User, mail_works: None, at: datetime
) -> None:
    addresses.ask_to_confirm(amara, at=at)
    link = _link()
    actions.describe(amara, email="other@example.org", at=at)

    assert Client().post(link).status_code == 410
    assert not addresses.is_confirmed(amara)


def test_a_changed_address_is_confirmed_anew(
    confirmed_amara: User, signed_in: Browser, client: Client
) -> None:
    given = {"page_id": str(new_id()), "name": "Amara", "email": "new@example.org",
             "time_zone": "UTC", "day_boundary_minutes": "240"}  # fmt: skip

    signed_in(confirmed_amara).post("/settings/", given)

    assert [(letter.to, letter.kind) for letter in mail.outbox] == [(["new@example.org"], "confirm address")]
    confirmed_amara.refresh_from_db()
    assert not addresses.is_confirmed(confirmed_amara)
    assert addresses.person_with(ADDRESS) is None


def test_asking_again_within_the_hour_is_the_same_letter(amara: User, mail_works: None, at: datetime) -> None:
    for minutes in (0, 10, 70):
        addresses.ask_to_confirm(amara, at=at + timedelta(minutes=minutes))

    keys = [letter.key for letter in mail.outbox]
    assert keys[0] == keys[1] != keys[2]


def test_opening_an_account_with_an_address_sends_its_link(
    client: Client, key_check: None, mail_works: None, at: datetime
) -> None:
    from django.utils import timezone

    link = invitations.owner_link(at=timezone.now()).removeprefix("http://localhost:8000")

    client.post(link, {"page_id": str(new_id()), "name": "Amara", "email": ADDRESS, "time_zone": "UTC",
                       "old_enough": "on", "agreed": "on"})  # fmt: skip

    assert [letter.kind for letter in mail.outbox] == ["confirm address"]


def test_an_invitation_goes_by_letter_and_is_still_shown(
    bo: User, signed_in: Browser, mail_works: None
) -> None:
    page = signed_in(bo).post(
        "/invitations/", {"page_id": str(new_id()), "days": "14", "email": "chen@example.org"}
    )

    [letter] = mail.outbox
    assert (letter.to, letter.subject) == (["chen@example.org"], "An invitation")
    assert _link() in page.text and "on its way by e-mail" in page.text
    assert Client().get(_link()).status_code == 200
