"""A letter a month, after the course: only for whoever asks, once, the same for everybody, and no flood."""

from __future__ import annotations

import json
import re
import shutil
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import cast

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from heartwood import content
from heartwood.web.cohorts import actions as cohorts
from heartwood.web.delivery import tasks as post
from heartwood.web.delivery.models import Due
from heartwood.web.kit.ids import new_id
from heartwood.web.library import actions as library
from heartwood.web.people import actions as people
from heartwood.web.people import addresses, erasure, holdings
from heartwood.web.people.models import User
from heartwood.web.today.models import MonthlyWish
from heartwood.web.today.monthly import actions, queries, tasks
from tests.post_office import PostOffice
from tests.web.delivery.conftest import Server
from tests.web.shelf import TINY
from tests.web.threads import at_once

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
FIRST = datetime(2026, 12, 24, 9, tzinfo=UTC)
"""A month after the Tuesday of these stories, at ten in Lagos."""


@pytest.fixture
def lettered(tmp_path: Path) -> Path:
    """The tiny course, with the six letters of the shipped one."""
    folder, shipped = tmp_path / "tiny", content.shipped_courses() / "heartwood-8w"
    shutil.copytree(TINY, folder)
    (folder / "texts").mkdir()
    letters = [
        f"letter-{name}" for name in ("a-cup", "a-coat", "a-tone", "the-queue", "the-news", "the-last")
    ]
    for name in letters:
        shutil.copy(shipped / "texts" / f"{name}.en.md", folder / "texts")
    with (folder / "course.toml").open("a") as table:
        table.write(f"\n[texts]\nmonthly = {json.dumps(letters)}\n")
    return folder


@pytest.fixture
def reachable(amara: User, server: Server, office: PostOffice, lettered: Path, at: datetime) -> User:
    """Amara on a course with letters, with a confirmed address and a mail server that works."""
    server(office)
    addresses.confirm(amara, at=at)
    version = library.publish(lettered, at=at)
    cohorts.begin(amara, version, starts_on=at.date(), page=new_id(), at=at)
    return amara


def _live(person: User, *, months: int) -> list[str]:
    """Month after month the letter is decided on as it is due; the keys of what there is then."""
    for _ in range(months):
        wish = MonthlyWish.objects.filter(person=person).first()
        if wish and wish.next_at:
            tasks.decide_due(at=wish.next_at)
    return list(Due.objects.order_by("not_before").values_list("key", flat=True))


def test_nobody_is_written_to_who_did_not_ask(reachable: User) -> None:
    assert tasks.decide_due(at=timezone.now() + timedelta(days=400)) is False
    assert not Due.objects.exists()


def test_there_are_six_one_a_month_and_then_no_more(reachable: User, at: datetime) -> None:
    actions.wish(reachable, at=at)

    assert tasks.decide_due(at=FIRST - timedelta(seconds=1)) is False
    assert len(set(_live(reachable, months=9))) == 6
    told = list(Due.objects.order_by("not_before").values_list("not_before", flat=True))
    assert [day.strftime("%d.%m. %H:%M") for day in told] == [
        f"24.{month:02}. 09:00" for month in (12, 1, 2, 3, 4, 5)
    ]
    assert queries.monthly_page(reachable).is_wished is False


def test_asked_for_twice_or_decided_twice_it_is_one(reachable: User, at: datetime) -> None:
    actions.wish(reachable, at=at)
    actions.wish(reachable, at=at + timedelta(days=20))

    for _ in range(2):
        tasks.decide_due(at=FIRST)

    assert Due.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_eight_workers_one_writes(reachable: User, at: datetime) -> None:
    actions.wish(reachable, at=at)

    at_once(8, lambda _: actions.decide(reachable.id, at=FIRST))

    assert (Due.objects.count(), MonthlyWish.objects.get().number) == (1, 2)


def test_a_server_that_was_away_for_months_writes_one_letter_and_no_flood(
    reachable: User, at: datetime
) -> None:
    actions.wish(reachable, at=at)
    back = datetime(2027, 3, 25, tzinfo=UTC)

    while tasks.decide_due(at=back):
        pass

    [letter] = Due.objects.all()
    assert letter.not_before == back
    wish = MonthlyWish.objects.get()
    assert (wish.number, wish.next_at) == (5, datetime(2027, 4, 24, 9, tzinfo=UTC))


def test_it_is_ours_says_nothing_of_its_reader_and_can_be_stopped_by_one_click(
    reachable: User, office: PostOffice, at: datetime, signed_in: Browser
) -> None:
    actions.wish(reachable, at=at)
    tasks.decide_due(at=FIRST)
    _send_what_is_due()

    [taken] = office.taken
    mail = cast(EmailMessage, message_from_bytes(taken.content, policy=default))
    plain, rich = (mail.get_body((kind,)) for kind in ("plain", "html"))
    assert plain and rich
    words = plain.get_content()
    assert "A cup that is not yours" in words and "Somebody" not in mail["Subject"]
    assert "Amara" not in words and "Amara" not in str(mail["Subject"])
    assert not re.search(r"\b\d+ (days|minutes|sittings)\b", words)
    assert not re.search(r"<img|utm_|\?", rich.get_content())
    stop = re.search(r"<(http[^>]+)>", mail["List-Unsubscribe"])
    assert stop and mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    Client().post(stop[1].removeprefix(settings.PUBLIC_URL), {"List-Unsubscribe": "One-Click"})
    assert queries.monthly_page(reachable).is_wished is False
    tasks.decide_due(at=FIRST + timedelta(days=31))
    _send_what_is_due()
    assert len(office.taken) == 1


def _send_what_is_due() -> None:
    Due.objects.filter(state="due").update(
        not_before=timezone.now(), expires_at=timezone.now() + timedelta(days=1)
    )
    post.drain(settings.MAIL, by="a worker", stopped=threading.Event())


def test_whoever_said_no_after_it_was_written_does_not_get_it(
    reachable: User, office: PostOffice, at: datetime
) -> None:
    actions.wish(reachable, at=at)
    tasks.decide_due(at=FIRST)

    actions.stop(reachable)
    _send_what_is_due()

    assert office.taken == []
    assert Due.objects.get().state == "unwanted"


def test_after_a_flight_it_comes_by_the_clock_there(reachable: User, at: datetime) -> None:
    actions.wish(reachable, at=at)
    people.describe(reachable, time_zone="Pacific/Honolulu", at=at)

    for hours in (0, 10, 11):
        tasks.decide_due(at=FIRST + timedelta(hours=hours))

    assert Due.objects.get().not_before == FIRST + timedelta(hours=11)
    assert MonthlyWish.objects.get().next_at == datetime(2027, 1, 24, 20, tzinfo=UTC)


def test_the_page_asks_and_lets_go(reachable: User, signed_in: Browser) -> None:
    browser = signed_in(reachable)

    asked = browser.get("/path/monthly/").text
    browser.post("/path/monthly/", {"answer": "wish"})
    wished = browser.get("/path/monthly/").text
    browser.post("/path/monthly/", {"answer": "stop"})

    assert "Send me a letter a month" in asked and "There are 6, and then no more." in asked
    assert "No letters any more" in wished and "Send me" not in wished
    assert not MonthlyWish.objects.exists()


def test_without_a_confirmed_address_the_page_says_what_is_missing(amara: User, signed_in: Browser) -> None:
    browser = signed_in(amara)

    browser.post("/path/monthly/", {"answer": "wish"})

    assert not MonthlyWish.objects.exists()
    assert "The course you are on has no letters" in browser.get("/path/monthly/").text


def test_it_is_held_taken_along_and_erased(reachable: User, at: datetime) -> None:
    actions.wish(reachable, at=at)

    assert holdings.collect_all(reachable)["monthly"] == {"wish": {"first": "2026-11-24", "next_number": 1}}
    erasure.erase(reachable, by=None, at=at)
    assert not MonthlyWish.objects.exists()
