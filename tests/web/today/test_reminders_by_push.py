"""Reminders on devices: one for each, neutral where it passes others, and gone with its browser."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as of_the_house
from django.test import Client
from django.utils import timezone

from heartwood.web.delivery import actions as delivery
from heartwood.web.delivery import devices
from heartwood.web.delivery import tasks as post
from heartwood.web.delivery.models import Device, Due
from heartwood.web.delivery.push import Sender
from heartwood.web.delivery.webpush import Browser
from heartwood.web.people.models import User
from heartwood.web.today.models import Reminded, Reminder
from heartwood.web.today.reminders import actions, tasks
from tests.push_service import Answer, Phone, PushService, push_service
from tests.web.today.wishes import OWN, a_wish, next_at, noon

pytestmark = pytest.mark.django_db


@pytest.fixture
def service(tmp_path: Path, settings: Any) -> Iterator[PushService]:
    """A push service that this house may send to and whose certificate it believes."""
    with push_service(tmp_path) as opened:
        settings.PUSH = Sender(
            of_the_house.SECRETS.push_key, "https://heartwood.example.org", anywhere=True, trust=opened.trust
        )
        yield opened


def give(person: User, phone: Phone, *, at: datetime) -> Device:
    return devices.add(person, Browser(phone.endpoint, phone.p256dh, phone.auth), kind="", at=at)


@pytest.fixture
def phones(reachable: User, service: PushService, at: datetime) -> list[Phone]:
    """Two phones of Amara's, whose moment has just come by the real clock."""
    both = [service.phone(1), service.phone(2)]
    for phone in both:
        give(reachable, phone, at=at)
    User.objects.filter(id=reachable.id).update(time_zone=noon())
    reachable.refresh_from_db()
    now = timezone.now()
    wish = a_wish(way="devices", minute=12 * 60 + now.minute, words=OWN)
    actions.keep(reachable, wish, at=now - timedelta(days=1))
    return both


def send() -> None:
    tasks.decide_due(at=timezone.now())
    post.drain_push(of_the_house.PUSH, by="worker", stopped=threading.Event())


def test_each_device_gets_it_once_and_it_is_one_reminder(phones: list[Phone], service: PushService) -> None:
    send()
    send()

    assert sorted(given.path for given in service.given) == [phone.path for phone in phones]
    assert (Reminded.objects.count(), set(Due.objects.values_list("state", flat=True))) == (1, {"sent"})


def test_what_the_browser_reads_is_neutral_and_says_where_own_words_are(
    phones: list[Phone], service: PushService
) -> None:
    send()

    by_path = {given.path: given.body for given in service.given}
    assert phones[0].opened(by_path[phones[0].path]) == {
        "title": "A reminder", "body": "The moment you wished for", "tag": "reminder", "open": "/today/",
        "words": "/reminders/words/",
    }  # fmt: skip


def test_who_is_discreet_gets_no_words_of_their_own_on_a_locked_screen(
    phones: list[Phone], service: PushService, signed_in: Callable[[User], Client]
) -> None:
    amara = Reminder.objects.get().person
    before = signed_in(amara).get("/reminders/words/").json()
    User.objects.filter(id=amara.id).update(discreet=True)

    send()

    told = phones[0].opened({given.path: given.body for given in service.given}[phones[0].path])
    assert (told["title"], told["body"], "words" in told) == (
        "A reminder",
        "The moment you wished for",
        False,
    )
    assert (before, signed_in(amara).get("/reminders/words/").json()) == ({"body": OWN}, {"body": ""})


def test_the_question_comes_without_own_words_and_leads_to_its_answer(
    phones: list[Phone], service: PushService
) -> None:
    wish = Reminder.objects.select_related("person").get()
    for days in (1, 2, 3):
        day = (timezone.now() - timedelta(days=days)).date()
        Reminded.objects.create(person=wish.person, day=day, at=timezone.now())
        key = f"reminder {wish.person_id.hex} {day} {'0' * 32}"
        delivery.queue(
            delivery.Wish("push", "reminder", key, "0" * 32, b"", person=wish.person_id), at=wish.changed_at
        )
    Due.objects.update(state="sent", sealed=None, ended_at=timezone.now())

    send()

    by_path = {given.path: given.body for given in service.given}
    told = phones[0].opened(by_path[phones[0].path])
    assert (told["body"], told["open"], "words" in told) == (
        "Shall the reminders go on?",
        "/reminders/",
        False,
    )
    assert Reminder.objects.get().state == "asked"


def test_a_browser_that_is_gone_is_forgotten_and_the_other_still_gets_it(
    phones: list[Phone], service: PushService
) -> None:
    answers = iter([Answer.IS_GONE, Answer.TAKES])
    service.answers = lambda: next(answers)

    send()

    assert (Device.objects.count(), len(service.given)) == (1, 1)
    assert sorted(Due.objects.values_list("state", flat=True)) == ["sent", "unwanted"]


def test_with_the_last_device_gone_reminders_rest(
    reachable: User, service: PushService, at: datetime
) -> None:
    device = give(reachable, service.phone(), at=at)
    actions.keep(reachable, a_wish(way="devices"), at=at)
    devices.remove(reachable, device.id)

    tasks.decide_due(at=next_at(reachable))

    assert (Due.objects.count(), Reminded.objects.count()) == (0, 0)
