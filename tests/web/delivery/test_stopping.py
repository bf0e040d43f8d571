"""Each kind of letter can be stopped by itself, without signing in, by a person or by a mail program."""

from __future__ import annotations

import re
import threading
from datetime import datetime

import pytest
from django.test import Client

from heartwood.web.delivery import queries, stopping, tasks
from heartwood.web.delivery.models import Due, Stopped
from heartwood.web.people import erasure
from heartwood.web.people.models import User
from tests.post_office import PostOffice
from tests.web.delivery.conftest import Server, letter

pytestmark = pytest.mark.django_db
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def _path(person: User, kind: str) -> str:
    return "/mail/" + stopping.link(person.id, kind).split("/mail/")[1]


def test_a_letter_of_an_optional_kind_carries_its_way_out(
    server: Server, office: PostOffice, amara: User, optional_kind: str
) -> None:
    there = server(office)
    letter(kind=optional_kind, person=amara.id, key="a").send()
    letter(kind="sign-in code", person=amara.id, key="b").send()

    tasks.drain(there, by="w", stopped=threading.Event())

    optional, needed = (taken.content.decode() for taken in office.taken)
    unfolded = re.sub(r"\r\n[ \t]", " ", optional)
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in unfolded
    assert re.search(r"^List-Unsubscribe: +<http\S+/mail/stop/\S+/>", unfolded, re.M)
    assert "List-Unsubscribe" not in needed


def test_looking_stops_nothing(client: Client, amara: User, optional_kind: str) -> None:
    page = client.get(_path(amara, optional_kind))

    assert (page.status_code, page["Cache-Control"]) == (200, "no-store, private")
    assert "gentle notes" in page.text
    assert not Stopped.objects.exists()


def test_a_mail_programs_post_stops_it_once_however_often_it_comes(amara: User, optional_kind: str) -> None:
    program = Client(enforce_csrf_checks=True)

    answers = [program.post(_path(amara, optional_kind), ONE_CLICK).status_code for _ in range(3)]

    assert answers == [200, 200, 200]
    assert Stopped.objects.count() == 1


def test_what_was_stopped_does_not_go_out_even_when_it_waited_already(
    client: Client, server: Server, office: PostOffice, amara: User, optional_kind: str
) -> None:
    there = server(office)
    letter(kind=optional_kind, person=amara.id, key="a").send()
    letter(kind="sign-in code", person=amara.id, key="b").send()

    client.post(_path(amara, optional_kind), ONE_CLICK)
    tasks.drain(there, by="w", stopped=threading.Event())

    assert dict(Due.objects.values_list("key", "state")) == {"a": "unwanted", "b": "sent"}


def test_a_slip_of_the_finger_can_be_undone(client: Client, amara: User, optional_kind: str) -> None:
    client.post(_path(amara, optional_kind))
    page = client.post(_path(amara, optional_kind), {"again": "1"})

    assert "Stop them" in page.text
    assert not queries.has_stopped(amara, optional_kind)


def test_a_forged_link_and_one_of_an_erased_person_open_nothing(
    client: Client, amara: User, optional_kind: str, at: datetime
) -> None:
    path = _path(amara, optional_kind)
    forged = client.post(path[:-3] + "xy/", ONE_CLICK)
    erasure.erase(amara, by=amara.id, at=at)
    gone = client.post(path, ONE_CLICK)

    assert (forged.status_code, gone.status_code) == (404, 404)
