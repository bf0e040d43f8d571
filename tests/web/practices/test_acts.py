"""Caring acts: one line and a direction, in ten seconds; kept once, its writer's alone, and never counted."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from heartwood.web.cohorts.models import Enrolment
from heartwood.web.kit.ids import new_id
from heartwood.web.library import actions as library
from heartwood.web.people import erasure, holdings
from heartwood.web.people.models import User
from heartwood.web.practices import actions, queries
from heartwood.web.practices.models import CaringAct, Deleted, LetGo, Twin
from tests.web.practices.test_lines import _everything_stored
from tests.web.shelf import TINY
from tests.web.threads import at_once

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
LINE = "I held the lift for the man with the ladder."


def _write(browser: Client, line: str, **changes: str) -> HttpResponse:
    return browser.post("/acts/", {"id": str(new_id()), "direction": "others", "line": line, **changes})


def _held(person: User) -> list[dict[str, Any]]:
    held: list[dict[str, Any]] = holdings.collect_all(person)["practices"]["caring_acts"]
    return held


def test_a_line_and_a_direction_are_kept_and_read_back(amara: User, signed_in: Browser) -> None:
    browser = signed_in(amara)

    answers = [
        _write(browser, LINE),
        _write(browser, "I went to bed.", direction="self"),
        _write(browser, "Somebody let me cry.", direction="from-others"),
    ]

    assert [answer["Location"] for answer in answers] == ["/acts/"] * 3
    page = browser.get("/acts/").text
    assert page.index("Somebody let me cry.") < page.index("I went to bed.") < page.index(LINE)
    assert [(act["body"], act["direction"]) for act in _held(amara)] == [
        (LINE, "others"), ("I went to bed.", "self"), ("Somebody let me cry.", "from-others"),
    ]  # fmt: skip


def test_the_form_is_one_field_and_a_direction_that_is_chosen_already(
    amara: User, signed_in: Browser
) -> None:
    form = signed_in(amara).get("/acts/").text.split("<form")[1].split("</form>")[0]

    assert re.findall(r'type="(text|radio|submit)"', form) == ["text", "radio", "radio", "radio", "submit"]
    assert re.findall(r'value="([a-z-]+)" checked', form) == ["others"]


def test_a_form_without_a_direction_or_with_another_is_for_others(amara: User, signed_in: Browser) -> None:
    _write(signed_in(amara), LINE, direction="everybody")

    assert [act["direction"] for act in _held(amara)] == ["others"]


def test_nothing_that_the_database_holds_can_be_read_as_the_act(amara: User, signed_in: Browser) -> None:
    browser, identity = signed_in(amara), str(new_id())
    _write(browser, LINE, id=identity)
    _write(browser, "Another ladder altogether.", id=identity)
    _write(browser, "A third ladder.")
    browser.post(f"/acts/{identity}/delete/")

    assert (CaringAct.objects.count(), LetGo.objects.count()) == (1, 1)
    assert b"ladder" not in _everything_stored()


def test_the_same_page_sent_twice_is_one_act(amara: User, signed_in: Browser) -> None:
    browser, identity = signed_in(amara), str(new_id())

    answers = [_write(browser, LINE, id=identity) for _ in range(2)]

    assert [answer["Location"] for answer in answers] == ["/acts/", "/acts/"]
    assert (CaringAct.objects.count(), Twin.objects.count()) == (1, 0)


@pytest.mark.django_db(transaction=True)
def test_the_same_act_from_twenty_at_once_is_one(amara: User, at: datetime) -> None:
    identity = new_id()

    at_once(20, lambda n: actions.keep_act(User.objects.get(), identity, line=LINE, direction="self", at=at))

    assert (CaringAct.objects.count(), Twin.objects.count()) == (1, 0)


def test_two_acts_under_one_id_are_both_kept_and_both_shown(amara: User, signed_in: Browser) -> None:
    browser, identity = signed_in(amara), str(new_id())
    _write(browser, LINE, id=identity)

    _write(browser, "I held the door.", id=identity)

    page = browser.get("/acts/").text
    assert LINE in page and "I held the door." in page
    assert Twin.objects.get().kind == "act"


@pytest.mark.parametrize("nothing", ["", "   ", "\n\n", "\0"])
def test_an_empty_line_does_nothing(amara: User, signed_in: Browser, nothing: str) -> None:
    _write(signed_in(amara), nothing)

    assert not CaringAct.objects.exists()


def test_a_line_break_is_taken_for_a_space(amara: User, signed_in: Browser) -> None:
    _write(signed_in(amara), "I held\r\n the lift.")

    assert [act["body"] for act in _held(amara)] == ["I held the lift."]


def test_ten_thousand_lines_are_refused_and_given_back_whole(amara: User, signed_in: Browser) -> None:
    long, identity = "I held the lift.\n" * 10_000, str(new_id())

    answer = _write(signed_in(amara), long, id=identity, direction="self")

    assert answer.status_code == 422
    assert "280 fit in one line" in answer.text
    given_back = re.search(r"<textarea[^>]*>\n(.*)</textarea>", answer.text, re.DOTALL)
    assert given_back and unescape(given_back.group(1)) == long
    assert f'name="id" value="{identity}"' in answer.text
    assert 'value="self" checked' in answer.text
    assert not CaringAct.objects.exists()


def test_script_and_turned_direction_stay_words_in_their_own_place(amara: User, signed_in: Browser) -> None:
    browser = signed_in(amara)
    _write(browser, "a\u202eb <script>alert(1)</script>")

    assert "<bdi>a\u202eb &lt;script&gt;alert(1)&lt;/script&gt;</bdi>" in browser.get("/acts/").text


def test_a_page_that_lost_its_id_gives_the_line_back(amara: User, signed_in: Browser) -> None:
    answer = _write(signed_in(amara), LINE, id="")

    assert answer.status_code == 422
    assert "has lost its id" in answer.text and LINE in answer.text


def test_an_act_can_be_said_otherwise_and_stays_on_its_day(
    amara: User, signed_in: Browser, at: datetime
) -> None:
    identity, browser = new_id(), signed_in(amara)
    actions.keep_act(amara, identity, line=LINE, direction="others", at=at)

    answer = browser.post(
        f"/acts/{identity}/correct/", {"line": "He held it for me.", "direction": "from-others"}
    )
    refused = browser.post(f"/acts/{identity}/correct/", {"line": "x" * 281, "direction": "self"})

    assert (answer.status_code, refused.status_code) == (302, 422)
    [act] = _held(amara)
    assert (act["body"], act["direction"], act["day"]) == ("He held it for me.", "from-others", "2026-11-24")


def test_what_was_deleted_can_be_brought_back_for_an_hour_with_its_other_version(
    amara: User, signed_in: Browser, at: datetime
) -> None:
    identity, browser = new_id(), signed_in(amara)
    _write(browser, LINE, id=str(identity))
    _write(browser, "I held the door.", id=str(identity))
    before = _held(amara)

    presses = [browser.post(f"/acts/{identity}/delete/")["Location"] for _ in range(2)]
    page = browser.get("/acts/").text
    late = _write(browser, LINE, id=str(identity))

    assert presses == ["/acts/", "/acts/"]
    assert "Bring it back" in page and "A caring act" in page and "lift" not in page
    assert "Bring it back" not in browser.get("/sittings/").text
    assert (late.status_code, CaringAct.objects.count()) == (404, 0)
    back = browser.post(f"/let-go/{identity}/bring-back/", {"list": "acts"}, follow=True)
    assert "It is back." in back.text and LINE in back.text
    assert (_held(amara), Twin.objects.count(), Deleted.objects.count()) == (before, 1, 0)


def test_others_are_answered_as_about_what_never_was(
    amara: User, eve: User, signed_in: Browser, at: datetime
) -> None:
    identity, other = new_id(), signed_in(eve)
    actions.keep_act(amara, identity, line=LINE, direction="others", at=at)

    answers = [
        other.get(f"/acts/{identity}/correct/"),
        other.post(f"/acts/{identity}/correct/", {"line": "Mine.", "direction": "self"}),
        other.post(f"/acts/{identity}/delete/"),
        _write(other, "Mine.", id=str(identity)),
    ]

    assert [answer.status_code for answer in answers] == [404] * 4
    assert "lift" not in other.get("/acts/").text
    assert [act["body"] for act in _held(amara)] == [LINE]


def test_a_proposed_line_stands_in_the_field_and_is_not_kept(amara: User, signed_in: Browser) -> None:
    browser = signed_in(amara)

    answer = browser.post("/acts/propose/", {"line": 'Ring "Ada" <b>', "direction": "self"})

    assert 'value="Ring &quot;Ada&quot; &lt;b&gt;"' in answer.text
    assert 'value="self" checked' in answer.text
    assert not CaringAct.objects.exists()
    assert browser.get("/acts/propose/").status_code == 405


def test_no_browser_or_proxy_keeps_these_pages(amara: User, signed_in: Browser, at: datetime) -> None:
    identity, browser = new_id(), signed_in(amara)
    actions.keep_act(amara, identity, line=LINE, direction="others", at=at)

    for path in ("/acts/", f"/acts/{identity}/correct/"):
        assert browser.get(path)["Cache-Control"] == "no-store, private"


def test_the_page_suggests_what_fits_the_week_and_nothing_where_the_course_does_not(
    amara: User, eve: User, signed_in: Browser, another_folder: Callable[[str, str, str], Path],
    begin: Callable[..., Enrolment], at: datetime,
) -> None:  # fmt: skip
    folder = another_folder("week-1/week.en.md", "#", "#")
    (folder / "week-1/acts.en.md").write_text("# Small things\n\n- Hold a door.\n- Wave.\n- Wait.\n")
    begin(amara, starts_on=timezone.now().date())
    assert "Hold a door." not in signed_in(amara).get("/acts/").text

    version = library.publish(folder, at=at + timedelta(days=1))
    Enrolment.objects.filter(person=amara).update(course_version=version)

    page = signed_in(amara).get("/acts/").text
    assert "Small things" in page and "Hold a door." in page
    assert "Small things" not in signed_in(eve).get("/acts/").text
    assert TINY.exists()


def test_a_long_history_comes_in_pages_and_loses_nothing(amara: User, at: datetime) -> None:
    for number in range(130):
        moment = at + timedelta(minutes=number)
        actions.keep_act(amara, new_id(), line=f"Act {number}.", direction="others", at=moment)

    seen, before = list[str](), None
    while True:
        page = queries.acts_page(amara, before=before, at=at)
        seen += [act.line for day in page.days for act in day.acts]
        if not page.older:
            break
        before = datetime.fromisoformat(page.older)

    assert seen == [f"Act {number}." for number in reversed(range(130))]


def test_days_and_directions_are_told_without_what_was_written(amara: User, at: datetime) -> None:
    for days, direction in ((0, "others"), (0, "self"), (2, "from-others")):
        actions.keep_act(amara, new_id(), line=LINE, direction=direction, at=at + timedelta(days=days))

    assert queries.days_with_acts(amara) == {
        at.date(): ["others", "self"],
        at.date() + timedelta(days=2): ["from-others"],
    }


def test_an_erasure_takes_them_all(amara: User, signed_in: Browser, at: datetime) -> None:
    _write(signed_in(amara), LINE)

    erasure.erase(amara, by=None, at=at)

    assert not CaringAct.objects.exists()


def test_a_page_leads_to_it_in_one_tap(
    amara: User, signed_in: Browser, begin: Callable[..., Enrolment]
) -> None:
    begin(amara, starts_on=timezone.now().date())
    browser = signed_in(amara)

    for path in ("/today/", "/journal/", "/moment/", "/weeks/1/"):
        assert 'href="/acts/"' in browser.get(path).text
