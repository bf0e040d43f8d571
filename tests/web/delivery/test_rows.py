"""Due rows: queued once, sent at most once, sealed until then, and nobody's when they are gone."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import pytest
from django.core.mail import EmailMessage
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from heartwood.errors import SetupError
from heartwood.web.delivery import actions, queries, tasks
from heartwood.web.delivery.models import Due
from heartwood.web.delivery.smtp import Line, Verdict
from heartwood.web.people import erasure, holdings
from heartwood.web.people.models import User
from tests.post_office import Mood, PostOffice
from tests.web.delivery.conftest import Server, letter, moods
from tests.web.threads import at_once

pytestmark = pytest.mark.django_db
RUNNING = threading.Event()


def _round(server: Server, office: PostOffice) -> None:
    tasks.drain(server(office), by="worker", stopped=RUNNING)


def _wake_up() -> None:
    Due.objects.update(not_before=timezone.now() - timedelta(seconds=1))


def test_a_letter_becomes_a_row_and_goes_out_once(server: Server, office: PostOffice) -> None:
    server(office)
    letter(key="one").send()

    _round(server, office)
    _round(server, office)

    row = Due.objects.get()
    assert (row.state, row.sealed, row.tries, row.answer) == ("sent", None, 1, "250 2.0.0 taken")
    [taken] = office.taken
    assert taken.receiver == "amara@example.org"
    assert b"\r\n.begins with a dot\r\n" in taken.content


def test_the_same_key_is_queued_once_even_by_many_at_the_same_time(
    server: Server, office: PostOffice
) -> None:
    server(office)

    letter(key="week 3 of Amara").send()
    letter(key="week 3 of Amara").send()

    assert Due.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_eight_who_queue_the_same_thing_at_once_one_does(at: datetime) -> None:
    wish = actions.Wish("mail", "test", "the same", "amara@example.org", b"Hello")

    made = at_once(8, lambda _: actions.queue(wish, at=at))

    assert (made.count(True), Due.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_of_eight_workers_one_takes_a_row(at: datetime) -> None:
    actions.queue(actions.Wish("mail", "test", "k", "amara@example.org", b"Hello"), at=at)
    row = Due.objects.get()

    taken = at_once(8, lambda number: actions.claim(row.id, by=str(number), at=at))

    assert len([one for one in taken if one]) == 1


def test_what_waits_is_sealed(server: Server, office: PostOffice) -> None:
    server(office)
    letter(key="k").send()

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM delivery_due")
        kept = repr([bytes(v) if isinstance(v, memoryview) else v for v in cursor.fetchone()])

    assert "amara" not in kept and "Hello" not in kept
    receiver, message = actions.unseal(Due.objects.get())
    assert receiver == "amara@example.org" and b"Hello" in message


def test_a_row_that_is_gone_cannot_keep_its_message(at: datetime) -> None:
    actions.queue(actions.Wish("mail", "test", "k", "amara@example.org", b"Hello"), at=at)

    with pytest.raises(IntegrityError), transaction.atomic():
        Due.objects.update(state="sent")


def test_each_receiver_has_a_row_of_their_own(server: Server, office: PostOffice) -> None:
    server(office)

    EmailMessage("A word", "Hello", to=["a@example.org"], bcc=["hidden@example.org"]).send()
    _round(server, office)

    assert sorted(taken.receiver for taken in office.taken) == ["a@example.org", "hidden@example.org"]
    assert all(b"hidden@example.org" not in taken.content for taken in office.taken)


def test_without_a_mail_server_it_says_what_to_set(settings) -> None:
    settings.EMAIL_BACKEND = "heartwood.web.delivery.backend.DueRows"

    with pytest.raises(SetupError, match="Set mail_host and mail_from"):
        letter().send()


SURELY_NOT_SENT = [Mood.GREYLISTS, Mood.PUTS_OFF_DATA, Mood.PUTS_OFF_AFTER_THE_DOT]


@pytest.mark.parametrize("mood", SURELY_NOT_SENT)
def test_what_was_surely_not_sent_is_tried_again_later(
    server: Server, office: PostOffice, mood: Mood
) -> None:
    server(office)
    letter().send()
    office.mood = moods(mood, Mood.TAKES)

    _round(server, office)
    put_off = Due.objects.get()
    _round(server, office)
    assert (put_off.state, put_off.tries, len(office.taken)) == ("due", 1, 0)
    assert put_off.not_before > timezone.now() + timedelta(seconds=50)
    _wake_up()
    _round(server, office)

    row = Due.objects.get()
    assert (row.state, row.tries, len(office.taken)) == ("sent", 2, 1)


@pytest.mark.parametrize(
    "mood", [Mood.TAKES_AND_HANGS_UP, Mood.HANGS_UP_AFTER_THE_DOT, Mood.TAKES_AND_SAYS_NOTHING]
)
def test_what_may_have_gone_is_unknown_and_never_sent_again(
    server: Server, office: PostOffice, mood: Mood
) -> None:
    server(office)
    letter().send()
    office.mood = moods(mood, Mood.TAKES)

    _round(server, office)
    _wake_up()
    _round(server, office)

    row = Due.objects.get()
    assert (row.state, row.sealed, row.tries) == ("unknown", None, 1)
    assert len(office.taken) == (0 if mood is Mood.HANGS_UP_AFTER_THE_DOT else 1)


@pytest.mark.parametrize("mood", [Mood.REFUSES_SENDER, Mood.REFUSES_RECEIVER, Mood.REFUSES_AFTER_THE_DOT])
def test_a_plain_no_ends_it_and_keeps_the_servers_words_without_addresses(
    server: Server, office: PostOffice, mood: Mood
) -> None:
    server(office)
    letter().send()
    office.mood = moods(mood, Mood.TAKES)

    _round(server, office)
    _wake_up()
    _round(server, office)

    row = Due.objects.get()
    assert (row.state, row.sealed, office.taken) == ("refused", None, [])
    assert row.answer.startswith("55") and "amara" not in row.answer


def test_a_mail_that_is_refused_stops_none_of_the_others(server: Server, office: PostOffice) -> None:
    server(office)
    for number in range(5):
        letter(to=f"p{number}@example.org").send()
    office.mood = moods(Mood.REFUSES_RECEIVER, Mood.REFUSES_AFTER_THE_DOT, Mood.GREYLISTS, Mood.TAKES)

    _round(server, office)

    assert queries.counts()["due"] + queries.counts()["refused"] + queries.counts()["sent"] == 5
    assert queries.counts()["sent"] == len(office.taken) > 0


def test_without_a_line_nothing_is_used_up_and_everything_rests(server: Server, office: PostOffice) -> None:
    there = server(office)
    for number in range(3):
        letter(key=str(number)).send()
    office.close()

    tasks.drain(there, by="worker", stopped=RUNNING)

    rows = Due.objects.all()
    assert {(row.state, row.tries) for row in rows} == {("due", 0)}
    assert queries.next_due("mail", at=timezone.now()) == []
    assert queries.next_due("mail", at=timezone.now() + actions.LINE_RESTS) != []


def test_a_server_that_greets_with_421_is_no_line(server: Server, office: PostOffice) -> None:
    server(office)
    letter().send()
    office.mood = moods(Mood.GREETS_WITH_421, Mood.TAKES)

    _round(server, office)

    row = Due.objects.get()
    assert (row.state, row.tries, row.answer) == ("due", 0, "421 4.3.2 try another time")


def test_a_message_cut_off_before_its_final_dot_was_surely_not_sent(
    server: Server, office: PostOffice
) -> None:
    """Long enough that the server is gone before all of it is written."""
    office.mood = moods(Mood.HANGS_UP_BEFORE_THE_DOT)

    with Line(server(office)) as line:
        outcome = line.send("amara@example.org", b"a line\r\n" * 1_500_000)

    assert (outcome.verdict, office.taken) == (Verdict.LATER, [])


def test_a_hundred_mails_go_over_few_connections(server: Server, office: PostOffice) -> None:
    there = server(office)
    for number in range(100):
        letter(key=str(number)).send()

    while tasks.drain(there, by="worker", stopped=RUNNING):
        pass

    assert (len(office.taken), queries.counts()["sent"]) == (100, 100)
    assert office.connections == 2


def test_after_a_crash_it_is_unknown_and_stays_so(server: Server, office: PostOffice, at: datetime) -> None:
    server(office)
    letter().send()
    actions.claim(Due.objects.get().id, by="worker", at=at)

    tasks.begin(by="worker", at=at)
    _wake_up()
    _round(server, office)

    assert (Due.objects.get().state, office.taken) == ("unknown", [])


def test_a_start_touches_nothing_that_another_worker_sends(server: Server, office: PostOffice) -> None:
    server(office)
    letter().send()
    now = timezone.now()
    actions.claim(Due.objects.get().id, by="another", at=now)

    tasks.begin(by="worker", at=now)
    assert Due.objects.get().state == "sending"
    tasks.tidy(at=now + actions.LONGEST_SENDING)

    assert Due.objects.get().state == "unknown"


def test_a_late_answer_still_tells_what_became_of_it_but_never_brings_it_back(at: datetime) -> None:
    for key in "ab":
        actions.queue(actions.Wish("mail", "test", key, "amara@example.org", b"Hello"), at=at)
    sent, put_off = (actions.claim(row.id, by="w", at=at) for row in Due.objects.order_by("key"))
    actions.free_own(by="w", at=at)

    assert sent and put_off
    actions.end(sent, "sent", at=at)
    actions.wait(put_off, answer="", at=at)

    assert [row.state for row in Due.objects.order_by("key")] == ["sent", "unknown"]


def test_it_does_not_go_before_its_time_nor_after_it(server: Server, office: PostOffice) -> None:
    server(office)
    now = timezone.now()
    letter(key="early", not_before=now + timedelta(hours=1)).send()
    letter(key="late", expires_at=now - timedelta(seconds=1)).send()

    _round(server, office)

    states = dict(Due.objects.values_list("key", "state"))
    assert (states, office.taken) == ({"early": "due", "late": "expired"}, [])


def test_waiting_grows_and_is_never_longer_than_some_hours(at: datetime) -> None:
    actions.queue(actions.Wish("mail", "test", "k", "amara@example.org", b"Hello"), at=at)
    waits = []
    for _ in range(8):
        row = actions.claim(Due.objects.get().id, by="w", at=at)
        assert row
        actions.wait(row, answer="451", at=at)
        waits.append((Due.objects.get().not_before - at).total_seconds() / 60)

    assert waits == [1, 5, 15, 60, 120, 240, 240, 240]


def test_every_room_is_asked_whether_it_is_still_wanted(
    server: Server, office: PostOffice, amara: User, eve: User
) -> None:
    server(office)
    asked: list[tuple[str, str]] = []

    def not_any_more(person: User, what: str) -> bool:
        asked.append((person.name, what))
        return False

    kept = dict(holdings._holdings)
    holdings.register(
        "a room", collect=lambda person: {}, erase=lambda person, at: None, still_wanted=not_any_more
    )
    letter(key="hers", person=amara.id).send()
    letter(key="nobody's").send()

    _round(server, office)
    holdings._holdings.clear()
    holdings._holdings.update(kept)

    states = dict(Due.objects.values_list("key", "state"))
    assert states == {"hers": "unwanted", "nobody's": "sent"}
    assert (asked, len(office.taken)) == ([("Amara Okafor", "test")], 1)


def test_a_room_that_breaks_when_asked_costs_no_letter(
    server: Server, office: PostOffice, amara: User
) -> None:
    def breaks(person: User, what: str) -> bool:
        raise RuntimeError

    server(office)
    kept = dict(holdings._holdings)
    holdings.register("a room", collect=lambda person: {}, erase=lambda person, at: None, still_wanted=breaks)
    letter(person=amara.id).send()

    _round(server, office)
    holdings._holdings.clear()
    holdings._holdings.update(kept)

    assert (Due.objects.get().state, office.taken) == ("due", [])


def test_nothing_of_an_erased_person_is_sent_or_kept(
    server: Server, office: PostOffice, amara: User, at: datetime
) -> None:
    server(office)
    letter(person=amara.id).send()
    assert holdings.collect_all(amara)["delivery"]["messages"][0]["state"] == "due"

    erasure.erase(amara, by=amara.id, at=at)
    _round(server, office)

    assert (Due.objects.count(), office.taken) == (0, [])


def test_a_server_that_stops_begins_no_other_mail(server: Server, office: PostOffice) -> None:
    there = server(office)
    letter().send()
    stopped = threading.Event()
    stopped.set()

    assert tasks.drain(there, by="worker", stopped=stopped) is False
    assert (Due.objects.get().state, office.taken) == ("due", [])


def test_rows_that_ended_long_ago_are_dropped(server: Server, office: PostOffice) -> None:
    server(office)
    letter(key="ended").send()
    _round(server, office)
    letter(key="waiting", expires_at=timezone.now() + timedelta(days=365)).send()

    tasks.tidy(at=timezone.now() + actions.KEPT_FOR + timedelta(minutes=1))

    assert [row.key for row in Due.objects.all()] == ["waiting"]


def test_the_log_says_nothing_of_a_person(server: Server, office: PostOffice, caplog) -> None:
    server(office)
    letter().send()
    office.mood = moods(Mood.REFUSES_RECEIVER)

    with caplog.at_level("INFO", logger="heartwood"):
        _round(server, office)

    assert "amara" not in caplog.text and "Hello" not in caplog.text
