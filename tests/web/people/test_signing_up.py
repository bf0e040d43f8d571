"""The operator's switch: closed, a link for somebody new waits and is not used up."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from heartwood.web.desk import queries as desk
from heartwood.web.kit.ids import new_id
from heartwood.web.kit.models import AuditEntry
from heartwood.web.people import invitations, signing_up
from heartwood.web.people.models import Invitation, SignUp, User
from heartwood.web.people.signing_up import State
from heartwood.web.project.start import hints

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
FORM = {"name": "Eve", "email": "", "time_zone": "UTC", "old_enough": "on", "agreed": "on"}


def _path(link: str) -> str:
    found = re.search(r"/join/.*", link)
    assert found
    return found.group()


def _told_at_the_desk(at: datetime) -> str:
    return next(line.words for line in desk.desk(at=at).lines if line.name == "Sign-up")


def test_sign_up_is_open_until_somebody_closes_it(db: None, at: datetime) -> None:
    assert signing_up.state() is State.OPEN
    assert _told_at_the_desk(at) == "Open to whoever has an invitation."


def test_a_link_waits_while_sign_up_is_closed_and_opens_afterwards(
    client: Client, bo: User, signed_in: Browser, at: datetime
) -> None:
    link = _path(invitations.participant_link(by=bo, at=timezone.now()))
    signed_in(bo).post("/desk/sign-up/", {"door": "closed"})

    sent = client.post(link, {**FORM, "page_id": str(new_id())})

    assert sent.status_code == 503
    assert "Sign-up is closed just now" in sent.text
    assert Invitation.objects.get().used_at is None
    assert "Closed on the operator’s page" in _told_at_the_desk(at)
    assert hints() == ["Sign-up is closed. The operator's page opens it."]
    signed_in(bo).post("/desk/sign-up/", {"door": "open"})
    assert client.post(link, {**FORM, "page_id": str(new_id())}).status_code == 302


def test_owners_and_those_who_return_come_in_through_a_closed_door(
    client: Client, bo: User, eve: User, at: datetime
) -> None:
    signing_up.close_door(by=bo, at=at)

    returning = _path(invitations.return_link("Eve", by=bo, at=timezone.now()))

    assert client.get(returning).status_code == 200


def test_the_switch_is_audited_once_however_often_it_is_sent(bo: User, signed_in: Browser) -> None:
    for _ in range(2):
        signed_in(bo).post("/desk/sign-up/", {"door": "closed"})

    entries = AuditEntry.objects.filter(subject_kind="sign-up")
    assert [(entry.verb, entry.by) for entry in entries] == [("sign-up closed", bo.id)]


def test_nobody_else_moves_the_switch(amara: User, signed_in: Browser) -> None:
    answer = signed_in(amara).post("/desk/sign-up/", {"door": "closed"})

    assert (answer.status_code, signing_up.state()) == (403, State.OPEN)


def test_without_a_contact_the_switch_opens_nothing(
    client: Client, bo: User, at: datetime, settings: Any
) -> None:
    settings.MAY_SIGN_UP = False
    signing_up.open_door(by=bo, at=at)

    sent = client.get(_path(invitations.participant_link(by=bo, at=timezone.now())))

    assert signing_up.state() is State.NOBODY_NAMED
    assert (sent.status_code, "Sign-up is not open yet" in sent.text) == (503, True)


def test_whoever_invites_is_told_that_the_door_is_closed(bo: User, signed_in: Browser, at: datetime) -> None:
    signing_up.close_door(by=bo, at=at)

    page = signed_in(bo).get("/invitations/")

    assert "links open nothing until it is open again" in page.text


@pytest.mark.django_db(transaction=True)
def test_two_who_close_at_once_leave_one_row_and_one_entry(bo: User, at: datetime) -> None:
    def close(_: int) -> None:
        signing_up.close_door(by=bo, at=at)
        connections.close_all()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(close, range(4)))

    assert SignUp.objects.count() == 1
    assert AuditEntry.objects.filter(verb="sign-up closed").count() == 1
