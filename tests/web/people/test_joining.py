"""A link opens one account, once, for whoever holds it first."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from heartwood.errors import LengthError, SetupError, UnknownName
from heartwood.web.kit.ids import new_id
from heartwood.web.people import actions, consent, invitations, keys
from heartwood.web.people.invitations import State
from heartwood.web.people.models import Consent, Invitation, User

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]


def _form(**changes: Any) -> dict[str, Any]:
    given = {"page_id": str(new_id()), "name": "Amara", "email": "", "time_zone": "Africa/Lagos",
             "old_enough": "on", "agreed": "on"}  # fmt: skip
    return {**given, **changes}


@pytest.fixture
def owner_link(key_check: None) -> str:
    return invitations.owner_link(at=timezone.now())


@pytest.fixture
def invitation(bo: User) -> str:
    return invitations.participant_link(by=bo, at=timezone.now())


def test_the_owner_link_makes_one_who_is_operator_and_participant_at_once(
    client: Client, owner_link: str
) -> None:
    answer = client.post(owner_link, _form())

    amara = User.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, "/begin/")
    assert (amara.name, amara.is_operator, amara.time_zone) == ("Amara", True, "Africa/Lagos")
    assert client.get("/settings/").status_code == 200


def test_opening_an_account_keeps_the_version_and_the_time_of_consent(
    client: Client, owner_link: str
) -> None:
    before = timezone.now()

    client.post(owner_link, _form())

    agreed = Consent.objects.get()
    assert agreed.version == consent.VERSION
    assert before <= agreed.at <= timezone.now()


def test_a_new_person_has_a_key_that_opens_what_they_write(amara: User) -> None:
    sealed = keys.seal(amara, "The kettle was loud.")

    assert b"kettle" not in sealed
    assert keys.unseal(amara, sealed) == "The kettle was loud."


def test_looking_at_a_link_uses_nothing_up(client: Client, invitation: str) -> None:
    pages = [client.get(invitation).status_code for _ in range(3)]

    assert pages == [200, 200, 200]
    assert client.post(invitation, _form()).status_code == 302


def test_a_link_used_twice_says_so_and_opens_nothing(invitation: str) -> None:
    Client().post(invitation, _form())

    looked, sent = Client().get(invitation), Client().post(invitation, _form(name="Eve"))

    assert (looked.status_code, sent.status_code) == (410, 410)
    assert "already used" in sent.text
    assert not User.objects.filter(name="Eve").exists()


def test_the_same_page_sent_twice_makes_one_account_and_both_answers_are_signed_in(invitation: str) -> None:
    page = _form()
    first, second = Client(), Client()

    answers = [browser.post(invitation, page)["Location"] for browser in (first, second)]

    assert answers == ["/begin/", "/begin/"]
    assert User.objects.filter(name="Amara").count() == 1
    assert second.get("/settings/").status_code == 200


def test_a_guessed_link_is_unknown(client: Client, key_check: None) -> None:
    answer = client.get("/join/guessed/")

    assert answer.status_code == 404
    assert "opens nothing" in answer.text


def test_an_expired_link_says_that_it_has_run_out(client: Client, bo: User) -> None:
    link = invitations.participant_link(by=bo, at=timezone.now() - timedelta(days=15))

    answers = [client.get(link), client.post(link, _form())]

    assert [answer.status_code for answer in answers] == [410, 410]
    assert "run out" in answers[0].text
    assert User.objects.count() == 1


def test_only_the_hash_of_a_link_is_kept(invitation: str) -> None:
    token = invitation.rstrip("/").rsplit("/", 1)[1]

    assert token not in str(list(Invitation.objects.values()))


def test_a_link_page_is_kept_by_no_cache_and_told_to_no_other_site(client: Client, invitation: str) -> None:
    answer = client.get(invitation)

    assert answer["Cache-Control"] == "no-store, private"
    assert answer["Referrer-Policy"] == "same-origin"


def test_the_self_check_is_never_sent(client: Client, invitation: str) -> None:
    boxes = re.findall(r"<input[^>]*type=\"checkbox\"[^>]*>", client.get(invitation).text)

    assert len(boxes) == 7
    assert [re.findall(r'name="(\w+)"', box) for box in boxes if "name=" in box] == [
        ["old_enough"],
        ["agreed"],
    ]


@pytest.mark.parametrize("missing", ["name", "old_enough", "agreed"])
def test_without_name_age_or_consent_nothing_is_kept(client: Client, invitation: str, missing: str) -> None:
    given = _form()
    del given[missing]

    answer = client.post(invitation, given)

    assert answer.status_code == 422
    assert User.objects.count() == 1
    assert client.post(invitation, _form()).status_code == 302


def test_the_age_is_the_operators_setting(client: Client, invitation: str, settings: Any) -> None:
    settings.MINIMUM_AGE = 16

    assert "I am 16 or older." in client.get(invitation).text


@pytest.mark.parametrize("name", ["أمارا", "Łucja 🌱", "👩‍🌾", "O'Neill-Ñandú", "李雷"])
def test_a_name_may_be_of_any_script(client: Client, invitation: str, name: str) -> None:
    client.post(invitation, _form(name=name))

    assert User.objects.filter(name=name).count() == 1


@pytest.mark.parametrize(
    "name", ["Amara\u202egnp.exe", "\u2066Eve", "Bo\x07", "\u200d\u200d", "x" * 81, "a\x00b"]
)
def test_a_name_that_reorders_hides_or_overflows_is_refused_with_a_sentence(
    client: Client, invitation: str, name: str
) -> None:
    answer = client.post(invitation, _form(name=name))

    assert answer.status_code == 422
    assert 'id="id_name_error"' in answer.text
    assert User.objects.count() == 1


def test_a_time_zone_that_does_not_exist_is_refused(client: Client, invitation: str) -> None:
    answer = client.post(invitation, _form(time_zone="Mars/Olympus"))

    assert answer.status_code == 422
    assert "not known here" in answer.text


def test_an_address_that_somebody_has_in_other_letters_is_refused_and_the_link_stays_open(
    client: Client, invitation: str, amara: User
) -> None:
    answer = client.post(invitation, _form(email="AMARA@Example.org"))

    assert answer.status_code == 422
    assert "already an account" in answer.text
    assert client.get(invitation).status_code == 200


def test_two_people_without_an_address_are_two_people(key_check: None, at: datetime) -> None:
    for name in ("Amara", "Eve"):
        actions.create_person(actions.Account(name=name, email=None, time_zone="UTC"), at=at)

    assert User.objects.filter(email=None).count() == 2


def test_once_there_is_an_owner_no_owner_link_is_made_or_opens(client: Client, owner_link: str) -> None:
    other = invitations.owner_link(at=timezone.now())
    client.post(owner_link, _form())

    assert invitations.first_owner_link(at=timezone.now()) is None
    assert Client().post(other, _form(name="Eve")).status_code == 410
    with pytest.raises(SetupError, match="has an owner already"):
        invitations.owner_link(at=timezone.now())


def test_a_return_link_signs_in_once_and_lets_a_forgotten_password_be_replaced(amara: User) -> None:
    actions.set_password(amara, "quite forgotten", email=amara.email, at=timezone.now())
    link = invitations.return_link("Amara@example.org", by=None, at=timezone.now())
    browser = Client()

    assert browser.get(link).status_code == 200
    assert browser.post(link, {"page_id": str(new_id())})["Location"] == "/settings/way-back/"
    browser.post("/settings/password/", {
        "page_id": str(new_id()), "email": amara.email, "password": "kettle on the stove",
    })  # fmt: skip

    amara.refresh_from_db()
    assert amara.check_password("kettle on the stove")
    assert Client().post(link, {"page_id": str(new_id())}).status_code == 410


def test_a_return_link_needs_exactly_one_person(amara: User, at: datetime) -> None:
    with pytest.raises(UnknownName, match="Nobody here is called 'Chen'"):
        invitations.return_link("Chen", by=None, at=at)
    actions.create_person(actions.Account(name=amara.name, email=None, time_zone="UTC"), at=at)
    with pytest.raises(UnknownName, match="More than one"):
        invitations.return_link(amara.name, by=None, at=at)


@pytest.mark.parametrize("days", [0, -1, 366])
def test_a_link_lasts_between_a_day_and_a_year(bo: User, at: datetime, days: int) -> None:
    with pytest.raises(LengthError):
        invitations.participant_link(by=bo, at=at, days=days)


def test_the_operators_page_shows_a_new_link_once_with_a_code_without_style(
    bo: User, signed_in: Browser
) -> None:
    browser, page = signed_in(bo), {"page_id": str(new_id()), "days": "3"}

    made, again = browser.post("/invitations/", page), browser.post("/invitations/", page)

    link = re.search(r"http://[^\"]+/join/[^\"]+", made.text)
    assert (
        link
        and invitations.look_up(link.group().rstrip("/").rsplit("/", 1)[1], at=timezone.now()).state
        is State.OPEN
    )
    assert "<svg" in made.text and "style=" not in made.text
    assert (again.status_code, Invitation.objects.count()) == (302, 1)


def test_only_an_operator_makes_links(eve: User, signed_in: Browser) -> None:
    answer = signed_in(eve).post("/invitations/", {"page_id": str(new_id()), "days": "3"})

    assert answer.status_code == 403
    assert Invitation.objects.count() == 0
    assert Client().get("/invitations/").status_code == 302


@pytest.mark.django_db(transaction=True)
def test_of_eight_who_open_one_link_at_once_one_gets_in(bo: User) -> None:
    token = invitations.participant_link(by=bo, at=timezone.now()).rstrip("/").rsplit("/", 1)[1]

    def come(number: int) -> bool:
        account = actions.Account(name=f"Guest {number}", email=None, time_zone="UTC")
        try:
            return isinstance(actions.open_account(token, account, page=new_id(), at=timezone.now()), User)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        entered = list(pool.map(come, range(8)))

    assert entered.count(True) == 1
    assert User.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_owner_links_used_at_once_one_makes_the_owner(key_check: None) -> None:
    tokens = [invitations.owner_link(at=timezone.now()).rstrip("/").rsplit("/", 1)[1] for _ in range(6)]

    def come(token: str) -> None:
        account = actions.Account(name="Owner", email=None, time_zone="UTC")
        try:
            actions.open_account(token, account, page=new_id(), at=timezone.now())
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(come, tokens))

    assert User.objects.filter(is_operator=True).count() == 1
