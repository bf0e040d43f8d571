"""Reminders: once a day at most, never in quiet hours, only while of use, and never a second question."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from heartwood.web.cohorts import actions as cohorts
from heartwood.web.cohorts.models import Enrolment
from heartwood.web.delivery import actions as delivery
from heartwood.web.delivery import tasks as post
from heartwood.web.delivery.models import Due, Stopped
from heartwood.web.kit.ids import new_id
from heartwood.web.people import addresses, erasure, holdings
from heartwood.web.people.models import User
from heartwood.web.practices.models import Sitting
from heartwood.web.today.models import Reminded, Reminder
from heartwood.web.today.reminders import actions, queries, tasks
from tests.post_office import PostOffice
from tests.web.delivery.conftest import Server
from tests.web.threads import at_once
from tests.web.today.wishes import GIVEN, HALF_PAST_SEVEN, OWN, a_wish, next_at, noon

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]


def sit(person: User, day: date) -> None:
    Sitting.objects.create(
        id=new_id(), person=person, title="Settle", zone="UTC",
        began_at=datetime(day.year, day.month, day.day, 5, tzinfo=UTC), day_boundary_minutes=240,
        day=day, received_at=timezone.now(),
    )  # fmt: skip


def go_out(person: User) -> None:
    """As if whatever is due had gone out."""
    Due.objects.filter(person=person, state="due").update(state="sent", sealed=None, ended_at=timezone.now())


def live_days(person: User, *, days: int) -> list[int]:
    """On each of these days the moment comes, and what is due goes out; the rows there are after each."""
    rows = []
    for _ in range(days):
        wish = Reminder.objects.get(person=person)
        if wish.next_at:
            tasks.decide_due(at=wish.next_at)
            go_out(person)
        rows.append(Due.objects.count())
    return rows


def test_it_comes_by_the_clock_where_the_person_lives(reachable: User, at: datetime) -> None:
    actions.keep(reachable, a_wish(), at=at)

    assert next_at(reachable) == datetime(2026, 11, 25, 6, 30, tzinfo=UTC)


def test_a_moment_makes_one_row_and_no_second_one(reachable: User, at: datetime) -> None:
    actions.keep(reachable, a_wish(), at=at)
    due_at = next_at(reachable)

    assert tasks.decide_due(at=due_at - timedelta(seconds=1)) is False
    tasks.decide_due(at=due_at)
    tasks.decide_due(at=due_at)
    actions.keep(reachable, a_wish(minute=HALF_PAST_SEVEN + 10), at=due_at)
    tasks.decide_due(at=due_at + timedelta(minutes=10))

    [row] = Due.objects.all()
    assert (row.kind, row.not_before, row.expires_at) == ("reminder", due_at, due_at + timedelta(hours=2))
    assert next_at(reachable) == due_at + timedelta(days=1, minutes=10)


@pytest.mark.django_db(transaction=True)
def test_of_eight_workers_one_reminds(reachable: User, at: datetime) -> None:
    actions.keep(reachable, a_wish(), at=at)
    due_at = next_at(reachable)

    at_once(8, lambda _: actions.decide(reachable.id, at=due_at))

    assert (Due.objects.count(), Reminded.objects.count()) == (1, 1)


def test_whoever_has_practised_is_not_reminded(reachable: User, at: datetime) -> None:
    actions.keep(reachable, a_wish(), at=at)
    sit(reachable, date(2026, 11, 25))

    tasks.decide_due(at=next_at(reachable))

    assert (Due.objects.count(), Reminded.objects.count()) == (0, 0)


def test_whoever_lets_the_path_rest_is_not_reminded(reachable: User, at: datetime) -> None:
    actions.keep(reachable, a_wish(), at=at)
    cohorts.pause(reachable, page=new_id(), at=at)

    tasks.decide_due(at=next_at(reachable))

    assert Due.objects.count() == 0


def test_whoever_is_on_no_path_is_not_reminded(reachable: User, at: datetime) -> None:
    actions.keep(reachable, a_wish(), at=at)
    Enrolment.objects.update(state="left")

    tasks.decide_due(at=next_at(reachable))

    assert Due.objects.count() == 0


def test_a_server_that_was_away_at_the_moment_does_not_remind_hours_later(
    reachable: User, at: datetime
) -> None:
    actions.keep(reachable, a_wish(), at=at)
    due_at = next_at(reachable)

    tasks.decide_due(at=due_at + timedelta(hours=3))

    assert (Due.objects.count(), next_at(reachable)) == (0, due_at + timedelta(days=1))


def test_after_a_flight_it_comes_by_the_new_clock(reachable: User, at: datetime) -> None:
    actions.keep(reachable, a_wish(), at=at)
    User.objects.update(time_zone="Pacific/Auckland")

    tasks.tidy(at=at)

    assert next_at(reachable) == datetime(2026, 11, 24, 18, 30, tzinfo=UTC)


def test_a_zone_that_is_known_no_more_holds_up_nobody(
    reachable: User, bo: User, begin: Callable[..., Enrolment], signed_in: Browser, at: datetime
) -> None:
    addresses.confirm(bo, at=at)
    begin(bo, starts_on=at.date())
    for person in (reachable, bo):
        actions.keep(person, a_wish(), at=at)
    User.objects.filter(id=reachable.id).update(time_zone="Europe/Atlantis")

    tasks.tidy(at=at)
    tasks.decide_due(at=at + timedelta(days=1))
    tasks.decide_due(at=next_at(bo))

    assert list(Due.objects.values_list("person_id", flat=True)) == [bo.id]
    assert Reminder.objects.get(person=reachable).next_at is None
    assert "your time zone is not known here any more" in signed_in(reachable).get("/reminders/").text


def test_three_unheeded_ones_are_followed_by_one_question_and_then_by_quiet(
    reachable: User, at: datetime
) -> None:
    actions.keep(reachable, a_wish(), at=at)

    assert live_days(reachable, days=9) == [1, 2, 3, 4, 4, 4, 4, 4, 4]
    assert Reminder.objects.get().state == "asked"


def test_the_question_says_nothing_of_days(reachable: User, at: datetime) -> None:
    actions.keep(reachable, a_wish(), at=at)
    live_days(reachable, days=3)

    tasks.decide_due(at=next_at(reachable))

    _, message = delivery.unseal(Due.objects.get(state="due"))
    assert "Shall the reminders go on?" in message.decode()
    assert not re.search(r"missed|three|ignored|days", message.decode(), re.I)


def test_whoever_answers_is_reminded_again_and_asked_again_only_after_three_more(
    reachable: User, signed_in: Browser, at: datetime
) -> None:
    actions.keep(reachable, a_wish(), at=at)
    live_days(reachable, days=4)
    asked_on = Reminded.objects.order_by("day").last()
    assert asked_on

    actions.go_on(reachable, at=asked_on.at + timedelta(hours=1))

    assert next_at(reachable) == asked_on.at + timedelta(days=1)
    assert live_days(reachable, days=6) == [5, 6, 7, 8, 8, 8]


def test_one_sitting_among_them_and_nobody_is_asked(reachable: User, at: datetime) -> None:
    actions.keep(reachable, a_wish(), at=at)
    live_days(reachable, days=2)
    day = Reminded.objects.order_by("day").last()
    assert day
    sit(reachable, day.day)

    assert live_days(reachable, days=2) == [3, 4]
    assert Reminder.objects.get().state == "on"


def test_what_never_went_out_was_not_left_unheeded(reachable: User, at: datetime) -> None:
    actions.keep(reachable, a_wish(), at=at)
    for _ in range(5):
        tasks.decide_due(at=next_at(reachable))
        Due.objects.filter(state="due").update(state="unknown", sealed=None, ended_at=at)

    assert Reminder.objects.get().state == "on"


def test_own_words_are_sealed_stand_in_no_letter_and_are_shown_to_their_person(
    reachable: User, eve: User, signed_in: Browser, at: datetime
) -> None:
    actions.keep(reachable, a_wish(words=OWN), at=at)
    tasks.decide_due(at=next_at(reachable))

    _, message = delivery.unseal(Due.objects.get())
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM today_reminder")
        kept = repr([bytes(v) if isinstance(v, memoryview) else v for v in cursor.fetchone()])
    assert b"/reminded/" in message
    assert OWN.encode() not in message and "tea" not in kept and b"Amara" not in message
    assert OWN in signed_in(reachable).get("/reminded/").text
    assert OWN not in signed_in(eve).get("/reminded/").text


@pytest.fixture
def due_now(reachable: User) -> User:
    """Amara, whose moment has just come by the real clock."""
    User.objects.filter(id=reachable.id).update(time_zone=noon())
    reachable.refresh_from_db()
    now = timezone.now()
    actions.keep(reachable, a_wish(minute=12 * 60 + now.minute), at=now - timedelta(days=1))
    tasks.decide_due(at=now)
    assert Due.objects.get().state == "due"
    return reachable


def send(server: Server, office: PostOffice) -> None:
    post.drain(server(office), by="worker", stopped=threading.Event())


def test_it_goes_out_once_and_one_click_ends_them(
    due_now: User, server: Server, office: PostOffice, client: Client
) -> None:
    send(server, office)
    send(server, office)

    [taken] = office.taken
    content = re.sub(rb"\r\n[ \t]", b" ", taken.content).decode()
    assert "Subject: A reminder\r\n" in content
    way_out = re.search(r"List-Unsubscribe: +<http://[^/]+(/mail/stop/\S+/)>", content)
    assert way_out
    client.post(way_out[1], {"List-Unsubscribe": "One-Click"})
    assert Stopped.objects.get().kind == "reminder"
    later = timezone.now() + timedelta(days=1)
    Reminder.objects.update(next_at=later)
    tasks.decide_due(at=later)
    assert Due.objects.count() == 1


def test_whoever_asks_anew_after_stopping_is_reminded_again(
    reachable: User, signed_in: Browser, at: datetime
) -> None:
    actions.keep(reachable, a_wish(), at=at)
    delivery.stop(reachable, "reminder", at=at)
    assert "No reminders come just now." in signed_in(reachable).get("/reminders/").text

    signed_in(reachable).post("/reminders/", GIVEN)

    assert not Stopped.objects.exists()


CHANGES: dict[str, Callable[[User], object]] = {
    "sat": lambda person: sit(person, timezone.now().astimezone(ZoneInfo(person.time_zone)).date()),
    "switched off": lambda person: actions.stop(person, at=timezone.now()),
    "left": lambda person: Enrolment.objects.update(state="left"),
    "quiet now": lambda person: Reminder.objects.update(quiet_from=11 * 60, quiet_until=14 * 60),
    "address taken back": lambda person: User.objects.filter(id=person.id).update(email=None),
}


@pytest.mark.parametrize("change", CHANGES)
def test_just_before_it_goes_it_is_asked_whether_it_still_makes_sense(
    change: str, due_now: User, server: Server, office: PostOffice
) -> None:
    CHANGES[change](due_now)

    send(server, office)

    assert (Due.objects.get().state, office.taken) == ("unwanted", [])


def test_a_wish_that_cannot_be_decided_holds_up_nobody_else(
    reachable: User, bo: User, begin: Callable[..., Enrolment], at: datetime
) -> None:
    addresses.confirm(bo, at=at)
    begin(bo, starts_on=at.date())
    for person in (reachable, bo):
        actions.keep(person, a_wish(), at=at)
    Reminder.objects.filter(person=reachable).update(minute=9999)
    later = next_at(bo)
    Reminder.objects.filter(person=reachable).update(next_at=later)

    tasks.decide_due(at=later)

    assert list(Due.objects.values_list("person_id", flat=True)) == [bo.id]
    assert next_at(reachable) == later + tasks.TRIED_AGAIN_AFTER


def test_everything_held_can_be_taken_along_and_is_gone_after_erasing(reachable: User, at: datetime) -> None:
    actions.keep(reachable, a_wish(words=OWN, habit="breakfast"), at=at)
    tasks.decide_due(at=next_at(reachable))

    held = holdings.collect_all(reachable)["reminders"]
    assert (held["wish"]["words"], held["wish"]["time"]) == (OWN, "07:30")
    assert [one["day"] for one in held["days_reminded"]] == ["2026-11-25"]
    erasure.erase(reachable, by=reachable.id, at=at)

    assert (Reminder.objects.count(), Reminded.objects.count(), Due.objects.count()) == (0, 0, 0)


def test_days_long_gone_are_forgotten(reachable: User, at: datetime) -> None:
    actions.keep(reachable, a_wish(), at=at)
    tasks.decide_due(at=next_at(reachable))

    tasks.tidy(at=at + queries.REMEMBERED)
    assert Reminded.objects.count() == 1
    tasks.tidy(at=at + queries.REMEMBERED + timedelta(days=2))

    assert Reminded.objects.count() == 0
