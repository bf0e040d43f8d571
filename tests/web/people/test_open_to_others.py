"""An address that others reach: who may sign up, and what is said where https is missing."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from heartwood.web.kit.ids import new_id
from heartwood.web.kit.secure import words
from heartwood.web.people import invitations
from heartwood.web.people.models import Invitation, User
from heartwood.web.project.start import hints

pytestmark = pytest.mark.django_db
FORM = {"name": "Eve", "email": "", "time_zone": "UTC", "old_enough": "on", "agreed": "on"}


def _path(link: str) -> str:
    found = re.search(r"/join/.*", link)
    assert found
    return found.group()


def test_without_a_contact_nobody_signs_up_and_the_link_stays_good(
    client: Client, bo: User, settings: Any
) -> None:
    settings.MAY_SIGN_UP = False
    link = _path(invitations.participant_link(by=bo, at=timezone.now()))

    looked = client.get(link)
    sent = client.post(link, {**FORM, "page_id": str(new_id())})

    assert (looked.status_code, sent.status_code) == (503, 503)
    assert "Sign-up is not open yet" in looked.content.decode()
    assert User.objects.count() == 1
    assert Invitation.objects.get().used_at is None
    assert "Give --contact" in hints()[0]


def test_without_a_contact_the_owner_and_those_who_return_come_in(
    client: Client, key_check: None, settings: Any
) -> None:
    settings.MAY_SIGN_UP = False
    link = _path(invitations.owner_link(at=timezone.now()))

    assert client.post(link, {**FORM, "page_id": str(new_id())}).status_code == 302
    returning = _path(invitations.return_link("Eve", by=None, at=timezone.now()))
    assert Client().get(returning).status_code == 200


def test_with_a_contact_sign_up_is_open(client: Client, bo: User) -> None:
    link = _path(invitations.participant_link(by=bo, at=timezone.now()))

    assert client.get(link).status_code == 200
    assert hints() == []


@pytest.mark.parametrize(
    ("host", "secure", "told"),
    [("192.168.0.10", False, 1), ("192.168.0.10", True, 0), ("localhost", False, 0)],
)
def test_an_insecure_address_is_told_once(
    bo: User, settings: Any, host: str, secure: bool, told: int
) -> None:
    settings.ALLOWED_HOSTS = [host]
    browser = Client(headers={"host": host})
    link = _path(invitations.participant_link(by=bo, at=timezone.now()))

    browser.post(link, {**FORM, "page_id": str(new_id())}, secure=secure)
    first = browser.get("/settings/", secure=secure).content.decode()
    second = browser.get("/settings/", secure=secure).content.decode()

    assert first.count(words()) == told
    assert second.count(words()) == 0
    assert Client(headers={"host": host}).get("/", secure=secure).content.decode().count(words()) == told
