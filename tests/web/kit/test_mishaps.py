"""A machine that can keep nothing just now: reading goes on, and what was not kept is said so.

The troubles are real ones, made small: a database that may not grow, one that may not be written,
one that another connection holds.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from heartwood.web.kit import mishaps
from heartwood.web.kit.ids import new_id
from heartwood.web.kit.logs import UntroubledFile
from heartwood.web.kit.mishaps import Mishap
from heartwood.web.library import queries as library
from heartwood.web.library.models import Rendering
from heartwood.web.people import limits
from heartwood.web.people.models import User
from heartwood.web.practices import actions
from heartwood.web.practices.models import Reflection

pytestmark = pytest.mark.django_db(transaction=True)
Browser = Callable[[User], Client]
ON_SQLITE = connection.vendor == "sqlite"


@contextmanager
def full() -> Iterator[None]:
    _say("VACUUM")  # without it there may be room inside the file
    with _pragma("max_page_count", "1", afterwards="4294967294"):
        yield


@contextmanager
def read_only() -> Iterator[None]:
    if ON_SQLITE:
        with _pragma("query_only", "ON", afterwards="OFF"):
            yield
        return
    _say("SET default_transaction_read_only = on")
    yield
    _say("SET default_transaction_read_only = off")


@contextmanager
def held() -> Iterator[None]:
    """Another program is in the middle of writing; nobody waits long for it here."""
    _say("PRAGMA busy_timeout=50" if ON_SQLITE else "SET lock_timeout = '50ms'")
    other = connection.copy()
    with other.cursor() as cursor:
        if ON_SQLITE:
            cursor.execute("BEGIN IMMEDIATE")
        else:
            other.set_autocommit(False)
            cursor.execute("LOCK TABLE practices_reflection, practices_sitting IN ACCESS EXCLUSIVE MODE")
    yield
    other.close()
    _say("PRAGMA busy_timeout=20000" if ON_SQLITE else "SET lock_timeout = 0")


@contextmanager
def _pragma(name: str, value: str, *, afterwards: str) -> Iterator[None]:
    _say(f"PRAGMA {name}={value}")
    yield
    _say(f"PRAGMA {name}={afterwards}")


def _say(words: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(words)


TROUBLES = {
    full: "The disk of this server is full.",
    read_only: "The folder in which this server keeps things cannot be written.",
    held: "Another program holds the database at this moment.",
}


@pytest.fixture(params=TROUBLES, ids=lambda trouble: trouble.__name__)
def trouble(request: pytest.FixtureRequest) -> Callable[[], contextmanager]:
    if request.param is full and not ON_SQLITE:
        pytest.skip("a full PostgreSQL is known by its code, which is shown below")
    return request.param


@pytest.fixture
def browser(amara: User, signed_in: Browser) -> Client:
    client = signed_in(amara)
    client.raise_request_exception = False
    return client


def test_a_form_that_could_not_be_kept_is_told_so(trouble: Callable, browser: Client) -> None:
    line = {"id": str(new_id()), "body": "The kettle was loud. " * 400}

    with trouble():
        answer = browser.post("/lines/", line)

    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert "Nothing new can be kept just now" in answer.text
    assert TROUBLES[trouble] in answer.text
    assert Reflection.objects.count() == 0
    assert browser.post("/lines/", line).status_code == 302


def test_a_device_is_told_to_keep_its_line_and_try_again(trouble: Callable, browser: Client) -> None:
    address, line = f"/api/reflections/{new_id()}", {"body": "The kettle was loud. " * 400}

    with trouble():
        answer = browser.put(address, line, content_type="application/json")

    assert (answer.status_code, answer["Content-Type"]) == (503, "application/problem+json")
    assert answer.json()["detail"].startswith(TROUBLES[trouble])
    assert Reflection.objects.count() == 0
    assert browser.put(address, line, content_type="application/json").status_code == 200


def test_reading_goes_on(trouble: Callable, browser: Client) -> None:
    if trouble is held and not ON_SQLITE:
        pytest.skip("a table that is locked as a whole cannot be read on PostgreSQL")
    with trouble():
        pages = [browser.get(page).status_code for page in ("/", "/help/", "/settings/", "/sittings/")]

    assert pages == [200, 200, 200, 200]


@pytest.mark.parametrize(
    ("state", "mishap"),
    [("53100", Mishap.FULL), ("25006", Mishap.READ_ONLY), ("57P01", Mishap.NO_ANSWER), ("23505", None)],
)
def test_what_postgresql_says_is_known_by_its_code(state: str, mishap: Mishap | None) -> None:
    errors = pytest.importorskip("psycopg.errors")

    assert mishaps.known(errors.lookup(state)("anything")) is mishap


def test_a_fault_of_ours_is_no_mishap() -> None:
    assert mishaps.known(ValueError("anything")) is None
    assert mishaps.known(None) is None


def test_a_log_that_cannot_be_written_troubles_nobody(capfd: pytest.CaptureFixture[str]) -> None:
    log = UntroubledFile("/dev/full", delay=True)

    log.handle(logging.makeLogRecord({"msg": "one request"}))

    assert capfd.readouterr().err == ""


def test_a_clock_set_back_a_day_leaves_no_sound_half_made(arrival: Rendering, at: datetime) -> None:
    Rendering.objects.filter(id=arrival.id).update(state="making", touched_at=at)

    assert [left.id for left in library.left_behind(at=at - timedelta(days=1))] == [arrival.id]


def test_a_clock_set_back_a_day_locks_nobody_out(db: None, at: datetime) -> None:
    for _ in range(limits.TRIES_FOR_AN_ACCOUNT):
        limits.begin(address="192.0.2.1", account="amara@example.org", at=at)

    assert limits.begin(address="192.0.2.1", account="amara@example.org", at=at) is None
    back = at - timedelta(days=1)
    assert limits.begin(address="192.0.2.1", account="amara@example.org", at=back) is not None


def test_a_clock_set_back_a_day_takes_what_devices_with_the_right_time_send(
    amara: User,
) -> None:
    now = timezone.now()
    sitting = actions.add_by_hand(
        amara, new_id(), title="Alone", minutes=5, began_at=now + timedelta(minutes=1),
        at=now - timedelta(days=1),
    )  # fmt: skip

    assert sitting.told_ms == 300_000


def test_a_sound_that_was_copied_by_half_is_made_again_and_never_served(
    browser: Client, arrival: Rendering
) -> None:
    file = library.sound_file(arrival)
    assert file
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])

    answer = browser.get(f"/sound/{arrival.id}.m4a")

    arrival.refresh_from_db()
    assert (answer.status_code, arrival.state) == (404, "due")
