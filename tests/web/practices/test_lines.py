"""A private line: sealed, its writer's alone, and never lost or doubled."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from html import unescape

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from heartwood.web.kit.ids import new_id
from heartwood.web.kit.models import AuditEntry
from heartwood.web.library.models import Rendering
from heartwood.web.people import holdings
from heartwood.web.people.days import today_of
from heartwood.web.people.models import User
from heartwood.web.practices import actions, queries
from heartwood.web.practices.models import Reflection, Twin
from tests.web.practices.observed import half_a_minute, milliseconds, send
from tests.web.threads import at_once

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
LINE = "The kettle was loud, and I stayed."


def _write(browser: Client, body: str, **changes: str) -> HttpResponse:
    return browser.post("/lines/", {"id": str(new_id()), "sitting": "", "body": body, **changes})


def _put(browser: Client, identity: object, body: object) -> HttpResponse:
    return browser.put(f"/api/reflections/{identity}", {"body": body}, content_type="application/json")


def test_a_line_is_kept_and_shown_to_its_writer(amara: User, signed_in: Browser) -> None:
    browser = signed_in(amara)

    answer = _write(browser, LINE)

    assert (answer.status_code, answer["Location"]) == (302, "/today/")
    assert LINE in browser.get("/sittings/").text


def test_nothing_that_the_database_holds_can_be_read_as_the_line(amara: User, signed_in: Browser) -> None:
    browser, identity = signed_in(amara), str(new_id())
    _write(browser, LINE, id=identity)
    _write(browser, "Another kettle, just as loud.", id=identity)

    assert (Reflection.objects.count(), Twin.objects.count()) == (1, 1)
    held = _everything_stored()
    assert b"Amara Okafor" in held
    assert b"kettle" not in held


def _everything_stored() -> bytes:
    """Every value of every row of every table."""
    stored = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            stored += [bytes(value) if isinstance(value, memoryview) else str(value).encode()
                       if not isinstance(value, bytes) else value
                       for row in cursor.fetchall() for value in row]  # fmt: skip
    return b"\n".join(stored)


@pytest.mark.parametrize(
    "line",
    [
        "🌱👩‍🌾🫶🏽",
        "سكنت قليلا اليوم",
        "שקט מאוד",
        "a\u202etxt.exe",
        "‮‏",
        "line one\nline two",
        "<b>&amp;</b>",
        "李雷 坐了",
    ],
)
def test_a_line_comes_back_as_it_was_written_in_any_script(
    amara: User, signed_in: Browser, line: str
) -> None:
    _write(signed_in(amara), line)

    (kept,) = holdings.collect_all(amara)["practices"]["lines"]
    assert kept["body"] == line.strip()


def test_a_line_that_turns_the_direction_stays_in_its_own_place_on_the_page(
    amara: User, signed_in: Browser
) -> None:
    browser = signed_in(amara)
    _write(browser, "a\u202eb <script>")

    assert "<bdi>a\u202eb &lt;script&gt;</bdi>" in browser.get("/sittings/").text


def test_windows_line_ends_and_nothing_characters_are_taken_out(amara: User, at: datetime) -> None:
    actions.keep_line(amara, new_id(), body=" one\r\ntwo\0 ", sitting=None, at=at)

    assert holdings.collect_all(amara)["practices"]["lines"][0]["body"] == "one\ntwo"


@pytest.mark.parametrize("nothing", ["", "   ", "\n\r\n"])
def test_an_empty_line_does_nothing(amara: User, signed_in: Browser, nothing: str) -> None:
    answer = _write(signed_in(amara), nothing)

    assert (answer.status_code, answer["Location"]) == (302, "/today/")
    assert not Reflection.objects.exists()


@pytest.mark.parametrize("invisible", ["\0", "\0 \0"])
def test_a_line_of_nothing_characters_is_no_line(amara: User, signed_in: Browser, invisible: str) -> None:
    _write(signed_in(amara), invisible)

    assert not Reflection.objects.exists()


def test_a_million_characters_are_refused_and_given_back(amara: User, signed_in: Browser) -> None:
    long, identity = "kettle " * 142_858, str(new_id())

    answer = _write(signed_in(amara), long, id=identity)

    assert answer.status_code == 422
    assert "This is 1,000,005 characters long, and 10,000 fit." in answer.text
    given_back = re.search(r"<textarea[^>]*>(.*)</textarea>", answer.text, re.DOTALL)
    assert given_back and unescape(given_back.group(1)) == long
    assert f'name="id" value="{identity}"' in answer.text
    assert not Reflection.objects.exists()


@pytest.mark.parametrize(("length", "status"), [(10_000, 200), (10_001, 422)])
def test_ten_thousand_characters_fit_and_not_one_more(
    amara: User, signed_in: Browser, length: int, status: int
) -> None:
    answer = _put(signed_in(amara), new_id(), "🌱" * length)

    assert (answer.status_code, Reflection.objects.count()) == (status, 1 if status == 200 else 0)


@pytest.mark.parametrize("body", [None, 7, ["a"], {"a": 1}, "", "  "])
def test_the_api_refuses_what_is_no_line_in_a_sentence(amara: User, signed_in: Browser, body: object) -> None:
    answer = _put(signed_in(amara), new_id(), body)

    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert not Reflection.objects.exists()


def test_a_sign_cut_in_half_costs_nobody_their_line(amara: User, signed_in: Browser) -> None:
    address = f"/api/reflections/{new_id()}"

    answer = signed_in(amara).put(
        address, '{"body": "Rain \\ud83c, then \\ud83c\\udf31"}', content_type="application/json"
    )

    assert answer.status_code == 200
    assert holdings.collect_all(amara)["practices"]["lines"][0]["body"] == "Rain \ufffd, then \U0001f331"


def test_a_form_without_its_id_gives_the_line_back(amara: User, signed_in: Browser) -> None:
    answer = _write(signed_in(amara), LINE, id="")

    assert answer.status_code == 422
    assert "has lost its id" in answer.text and LINE in answer.text
    assert not Reflection.objects.exists()


def test_the_same_line_sent_twice_is_one(amara: User, signed_in: Browser) -> None:
    browser, identity = signed_in(amara), str(new_id())

    answers = [_write(browser, LINE, id=identity), _write(browser, LINE, id=identity)]
    put = _put(browser, identity, LINE)

    assert [answer["Location"] for answer in answers] == ["/today/", "/today/"]
    assert (put.status_code, put.json()) == (200, {"id": identity})
    assert (Reflection.objects.count(), Twin.objects.count()) == (1, 0)


@pytest.mark.django_db(transaction=True)
def test_the_same_line_from_twenty_at_once_is_one(amara: User, at: datetime) -> None:
    identity = new_id()

    at_once(20, lambda n: actions.keep_line(User.objects.get(), identity, body=LINE, sitting=None, at=at))

    assert (Reflection.objects.count(), Twin.objects.count()) == (1, 0)


def test_two_lines_under_one_id_are_both_kept_and_both_shown(amara: User, signed_in: Browser) -> None:
    browser, identity = signed_in(amara), str(new_id())
    _write(browser, LINE, id=identity)

    answers = [_put(browser, identity, "It rained."), _write(browser, "It rained.", id=identity)]

    assert [answer.status_code for answer in answers] == [409, 302]
    page = browser.get("/sittings/").text
    assert page.count(f"<bdi>{LINE}</bdi>") == page.count("<bdi>It rained.</bdi>") == 1
    (twin,) = holdings.collect_all(amara)["practices"]["came_twice"]
    assert (twin["kind"], twin["id"], twin["content"]) == ("line", identity, "It rained.")


def test_a_line_stands_with_its_sitting(amara: User, settle: Rendering, signed_in: Browser) -> None:
    browser, sitting = signed_in(amara), new_id()
    send(browser, sitting, settle, half_a_minute(timezone.now() - timedelta(minutes=2)))

    _write(browser, LINE, sitting=str(sitting))

    (day,) = queries.history_page(amara, before=None, at=timezone.now()).days
    assert [line.body for line in day.sittings[0].lines] == [LINE]
    assert day.lines == ()


def test_a_line_about_somebody_elses_sitting_is_just_a_line(
    amara: User, eve: User, settle: Rendering, signed_in: Browser
) -> None:
    sitting = new_id()
    send(signed_in(amara), sitting, settle, half_a_minute(timezone.now() - timedelta(minutes=2)))

    _write(signed_in(eve), LINE, sitting=str(sitting))

    assert Reflection.objects.get().sitting is None


def test_others_never_see_it_wherever_they_look(amara: User, bo: User, signed_in: Browser) -> None:
    identity = str(new_id())
    _write(signed_in(amara), LINE, id=identity)
    operator = signed_in(bo)

    looked = [operator.get(path).text for path in ("/sittings/", "/today/", "/settings/", "/weeks/")]
    taken = [_put(operator, identity, LINE), operator.post(f"/lines/{identity}/delete/")]

    assert LINE in signed_in(amara).get("/sittings/").text
    assert [page for page in looked if "kettle" in page] == []
    assert [answer.status_code for answer in taken] == [404, 404]
    assert "kettle" not in str(holdings.collect_all(bo))
    assert "kettle" not in str(list(AuditEntry.objects.values()))


def test_a_deleted_line_stays_deleted_and_its_other_version_goes_with_it(
    amara: User, eve: User, signed_in: Browser
) -> None:
    browser, identity = signed_in(amara), str(new_id())
    _write(browser, LINE, id=identity)
    _write(browser, "It rained.", id=identity)

    presses = [browser.post(f"/lines/{identity}/delete/")["Location"] for _ in range(2)]
    late = [_put(browser, identity, LINE), _put(signed_in(eve), identity, LINE)]

    assert presses == ["/sittings/", "/sittings/"]
    assert [answer.status_code for answer in late] == [410, 404]
    assert (Reflection.objects.count(), Twin.objects.count()) == (0, 0)
    assert holdings.collect_all(amara)["practices"]["deleted"][0]["id"] == identity


def test_deleting_asks_for_a_press_and_not_for_a_look(amara: User, signed_in: Browser) -> None:
    browser, identity = signed_in(amara), str(new_id())
    _write(browser, LINE, id=identity)

    assert browser.get(f"/lines/{identity}/delete/").status_code == 405
    assert browser.post(f"/lines/{new_id()}/delete/").status_code == 404
    assert Reflection.objects.count() == 1


def test_signed_out_a_line_leads_to_the_door_and_is_not_kept(client: Client, key_check: None) -> None:
    answer = _write(client, LINE)

    assert answer["Location"].startswith("/sign-in/")
    assert not Reflection.objects.exists()


def test_a_line_that_waited_on_a_device_falls_on_the_day_it_was_written(
    amara: User, signed_in: Browser
) -> None:
    now = timezone.now()
    written = now - timedelta(days=3)
    told = {"body": "Still awake.", "wall_ms": milliseconds(written), "sent_ms": milliseconds(now)}

    answer = signed_in(amara).put(f"/api/reflections/{new_id()}", told, content_type="application/json")

    assert answer.status_code == 200
    kept = Reflection.objects.get()
    assert (kept.day, kept.written_at.date()) == (today_of(amara, at=written), written.date())
