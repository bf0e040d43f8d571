"""The journal: sealed under its writer's key, saved from several devices, found again, taken along."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from html import unescape
from io import BytesIO
from typing import Any
from uuid import UUID
from xml.etree import ElementTree
from zipfile import ZIP_STORED, ZipFile

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from heartwood import content
from heartwood.web.cohorts import actions as cohorts
from heartwood.web.kit.ids import new_id
from heartwood.web.kit.models import AuditEntry
from heartwood.web.library import actions as library
from heartwood.web.people import erasure, holdings
from heartwood.web.people.days import today_of
from heartwood.web.people.models import User
from heartwood.web.practices import actions, queries
from heartwood.web.practices.models import Reflection, Twin
from heartwood.web.practices.records import Differs
from tests.web.practices.test_lines import _everything_stored
from tests.web.threads import at_once

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
BODY = "The kettle was loud.\n\nI stayed, and then I left."


@pytest.fixture
def shipped(amara: User) -> User:
    """Amara in the first week of the shipped course."""
    version = library.publish(content.shipped_courses() / "heartwood-8w", at=timezone.now())
    today = today_of(amara, at=timezone.now())
    cohorts.begin(amara, version, starts_on=today, page=new_id(), at=timezone.now())
    return amara


def _send(browser: Client, identity: object, body: str, **changes: object) -> HttpResponse:
    """As the form of an open page is sent, without JavaScript."""
    form = {"writing": str(new_id()), "number": "0", "base": "0", "body": body, "tags": "", **changes}
    return browser.post(f"/journal/{identity}/edit/", form)


def _save(
    browser: Client, identity: object, body: str, *, writing: UUID, number: int, base: int = 0
) -> HttpResponse:
    """As an open page saves by itself."""
    told = {"body": body, "writing": str(writing), "number": number, "base": base, "save": str(new_id())}
    return browser.put(f"/api/journal/{identity}", told, content_type="application/json")


def _pages(person: User) -> list[dict[str, Any]]:
    pages: list[dict[str, Any]] = holdings.collect_all(person)["practices"]["reflections"]
    return pages


def test_a_page_is_written_read_and_written_on(amara: User, signed_in: Browser) -> None:
    browser, identity = signed_in(amara), new_id()

    first = _send(browser, identity, BODY, tags="work,  rain , Work")
    again = _send(browser, identity, f"{BODY}\n\nIt rained.", base="1", tags="rain")

    assert [first["Location"], again["Location"]] == [f"/journal/{identity}/"] * 2
    page = browser.get(f"/journal/{identity}/").text
    assert "It rained." in page and "#rain" in page and "#work" not in page.lower()
    [held] = _pages(amara)
    assert (held["body"], held["tags"], held["revision"]) == (f"{BODY}\n\nIt rained.", ["rain"], 2)
    assert "The kettle was loud." in browser.get("/journal/").text
    assert "kettle" not in browser.get("/sittings/").text


def test_nothing_that_the_database_holds_can_be_read_as_the_page(amara: User, signed_in: Browser) -> None:
    browser, identity, other = signed_in(amara), new_id(), new_id()
    _send(browser, identity, BODY, tags="kettledrum", prompt="What about the kettle?")
    _send(browser, identity, "A second kettle.")
    _send(browser, other, "A third kettle.")
    browser.post(f"/journal/{other}/delete/")

    assert (Reflection.objects.count(), Twin.objects.count()) == (1, 1)
    assert b"kettle" not in _everything_stored()


def test_a_form_sent_twice_is_one_page(amara: User, signed_in: Browser) -> None:
    browser, identity, writing = signed_in(amara), new_id(), str(new_id())

    for _ in range(2):
        _send(browser, identity, BODY, writing=writing)

    assert (Reflection.objects.count(), Twin.objects.count(), _pages(amara)[0]["revision"]) == (1, 0, 1)


def test_of_one_open_page_the_last_saving_stands_in_whatever_order_they_arrive(
    amara: User, signed_in: Browser
) -> None:
    browser, identity, writing = signed_in(amara), new_id(), new_id()

    answers = [
        _save(browser, identity, body, writing=writing, number=number).status_code
        for number, body in ((1, "I"), (3, "It rained."), (2, "It r"), (3, "It rained."))
    ]

    assert answers == [200] * 4
    assert [page["body"] for page in _pages(amara)] == ["It rained."]
    assert not Twin.objects.exists()


def test_two_devices_that_wrote_without_a_connection_are_both_kept_side_by_side(
    amara: User, signed_in: Browser
) -> None:
    browser, identity, phone, laptop = signed_in(amara), new_id(), new_id(), new_id()
    _send(browser, identity, "It rained.")

    answers = [
        _save(browser, identity, "It rained on the phone.", writing=phone, number=1, base=1),
        _save(browser, identity, "It rained on the lap", writing=laptop, number=1, base=1),
        _save(browser, identity, "It rained on the laptop.", writing=laptop, number=2, base=1),
        _save(browser, identity, "It rained on the phone, twice.", writing=phone, number=2, base=1),
    ]

    assert [answer.status_code for answer in answers] == [200, 409, 409, 200]
    page = browser.get(f"/journal/{identity}/").text
    assert "It rained on the phone, twice." in page and "It rained on the laptop." in page
    assert "on the lap<" not in page
    assert Twin.objects.count() == 1


def test_the_other_version_becomes_a_page_of_its_own_once(amara: User, signed_in: Browser) -> None:
    browser, identity = signed_in(amara), new_id()
    _send(browser, identity, "It rained.")
    _send(browser, identity, "It snowed.", tags="snow")
    version = Twin.objects.get().id

    presses = [browser.post(f"/journal/{identity}/versions/{version}/part/") for _ in range(2)]

    assert [press["Location"] for press in presses] == [f"/journal/{version}/"] * 2
    assert sorted(page["body"] for page in _pages(amara)) == ["It rained.", "It snowed."]
    assert not Twin.objects.exists()
    assert browser.post(f"/journal/{identity}/versions/{new_id()}/part/").status_code == 404


def test_a_form_sent_again_from_an_old_page_never_covers_what_is_there(
    amara: User, signed_in: Browser
) -> None:
    browser, identity, writing = signed_in(amara), new_id(), str(new_id())
    _send(browser, identity, "It rained.", writing=writing)

    for body in ("It snowed.", "It hailed."):
        _send(browser, identity, body, writing=writing)

    page = browser.get(f"/journal/{identity}/").text
    assert all(body in page for body in ("It rained.", "It snowed.", "It hailed."))


@pytest.mark.django_db(transaction=True)
def test_twenty_savings_at_once_end_with_the_last(amara: User, at: datetime) -> None:
    identity, writing = new_id(), new_id()

    def save(number: int) -> None:
        written = actions.Written(f"Saving {number}.")
        saving = actions.Saving(writing, number + 1)
        actions.keep_reflection(User.objects.get(), identity, written, saving=saving, at=at)

    at_once(20, save)

    assert [page["body"] for page in _pages(amara)] == ["Saving 19."]
    assert not Twin.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_ten_devices_at_once_lose_nothing(amara: User, at: datetime) -> None:
    identity = new_id()

    def save(number: int) -> None:
        written = actions.Written(f"Device {number}.")
        with suppress(Differs):
            actions.keep_reflection(
                User.objects.get(), identity, written, saving=actions.Saving(new_id(), 1), at=at
            )

    at_once(10, save)

    page = queries.page_of(amara, identity)
    assert page
    bodies = [page.body, *(version.body for version in page.versions)]
    assert sorted(bodies) == sorted(f"Device {number}." for number in range(10))


def test_a_million_characters_are_refused_and_given_back(amara: User, signed_in: Browser) -> None:
    long, identity = "kettle " * 142_858, new_id()

    answer = _send(signed_in(amara), identity, long)
    saved = _save(signed_in(amara), identity, long, writing=new_id(), number=1)

    assert (answer.status_code, saved.status_code) == (422, 422)
    assert "This is 1,000,005 characters long, and 100,000 fit on one page." in answer.text
    given_back = re.search(r"<textarea[^>]*>\n(.*)</textarea>", answer.text, re.DOTALL)
    assert given_back and unescape(given_back.group(1)) == long
    assert not Reflection.objects.exists()


@pytest.mark.parametrize(
    "body", ["a\u202eb", "<script>alert(1)</script>", "🌱👩‍🌾", "سكنت قليلا", "&amp;\n<b>"]
)
def test_any_script_comes_back_as_it_was_written_and_none_of_it_runs(
    amara: User, signed_in: Browser, body: str
) -> None:
    browser, identity = signed_in(amara), new_id()
    _send(browser, identity, body)

    assert [page["body"] for page in _pages(amara)] == [body]
    assert "<script>alert" not in browser.get(f"/journal/{identity}/").text
    assert "<script>alert" not in browser.get("/journal/").text


@pytest.mark.parametrize(
    ("tags", "said"),
    [(",".join(f"t{n}" for n in range(13)), "At most 12 tags"), ("x" * 41, "at most 40 characters")],
)
def test_too_many_or_too_long_tags_are_refused_and_nothing_is_lost(
    amara: User, signed_in: Browser, tags: str, said: str
) -> None:
    answer = _send(signed_in(amara), new_id(), BODY, tags=tags)

    assert answer.status_code == 422
    assert said in answer.text and "The kettle was loud." in answer.text and tags in answer.text
    assert 'id="tags-error" role="alert"' in answer.text and 'id="body-error"' not in answer.text


def test_a_page_that_lost_its_id_gives_back_what_was_written(amara: User, signed_in: Browser) -> None:
    answer = _send(signed_in(amara), new_id(), BODY, writing="")

    assert answer.status_code == 422
    assert "has lost its id" in answer.text and "The kettle was loud." in answer.text
    assert re.search(r'name="writing" value="[0-9a-f-]{36}"', answer.text)


def test_a_deleted_page_comes_back_with_its_other_version_and_no_late_copy_does_that(
    amara: User, signed_in: Browser
) -> None:
    browser, identity = signed_in(amara), new_id()
    _send(browser, identity, BODY, tags="rain")
    _send(browser, identity, "It snowed.")
    before = _pages(amara)

    browser.post(f"/journal/{identity}/delete/")
    late = _save(browser, identity, BODY, writing=new_id(), number=1)
    page = browser.get("/journal/").text

    assert late.status_code == 410
    assert "Bring it back" in page and "kettle" not in page
    back = browser.post(f"/let-go/{identity}/bring-back/", {"list": "journal"}, follow=True)
    assert "It is back." in back.text and "The kettle was loud." in back.text
    assert (_pages(amara), Twin.objects.count()) == (before, 1)


def test_others_are_answered_as_about_what_never_was(amara: User, eve: User, signed_in: Browser) -> None:
    identity, other = new_id(), signed_in(eve)
    _send(signed_in(amara), identity, BODY)
    _send(signed_in(amara), identity, "It snowed.")
    version = Twin.objects.get().id

    answers = [
        other.get(f"/journal/{identity}/"),
        other.get(f"/journal/{identity}/edit/"),
        _send(other, identity, "Mine."),
        _save(other, identity, "Mine.", writing=new_id(), number=1),
        other.post(f"/journal/{identity}/delete/"),
        other.post(f"/journal/{identity}/versions/{version}/part/"),
    ]
    found = other.post("/journal/search/", {"words": "kettle"}).text

    assert [answer.status_code for answer in answers] == [404] * 6
    assert "loud" not in found
    assert "kettle" not in str(holdings.collect_all(eve)) + str(list(AuditEntry.objects.values()))


def test_a_line_and_a_page_are_not_answered_for_each_other(amara: User, signed_in: Browser) -> None:
    browser, line, page = signed_in(amara), new_id(), new_id()
    browser.post("/lines/", {"id": str(line), "sitting": "", "body": "A line."})
    _send(browser, page, BODY)

    assert browser.get(f"/journal/{line}/").status_code == 404
    assert _save(browser, line, "Other.", writing=new_id(), number=1).status_code == 404
    assert browser.post(f"/lines/{page}/delete/").status_code == 404


def test_words_are_found_in_pages_lines_acts_and_tags_whatever_their_case_and_accents(
    amara: User, signed_in: Browser, at: datetime
) -> None:
    browser = signed_in(amara)
    _send(browser, new_id(), "At the Café with <Ana>.", tags="friends")
    browser.post("/lines/", {"id": str(new_id()), "sitting": "", "body": "The café was loud."})
    actions.keep_act(amara, new_id(), line="Paid for her in the CAFE.", direction="others", at=at)
    _send(browser, new_id(), "Nothing of the kind.")

    cafe, two, tag = (
        browser.post("/journal/search/", {"words": words}).text for words in ("cafe", "CAFÉ ana", "#friends")
    )

    assert [name in cafe for name in ("At the Café", "The café was loud.", "Paid for her")] == [True] * 3
    assert "Nothing of the kind." not in cafe
    assert "At the Café with &lt;Ana&gt;." in two and "loud" not in two
    assert "At the Café" in tag


def test_a_search_stands_in_no_address_and_nothing_is_kept_of_it(amara: User, signed_in: Browser) -> None:
    browser = signed_in(amara)
    _send(browser, new_id(), BODY)
    rows = [len(_everything_stored())]

    answer = browser.post("/journal/search/", {"words": "kettle"})

    assert answer["Cache-Control"] == "no-store, private"
    assert browser.get("/journal/search/?words=kettle").text.count("kettle") == 0
    assert [len(_everything_stored())] == rows
    assert "None of what is here" in browser.post("/journal/search/", {"words": "xyzzy"}).text


def test_a_search_asks_as_often_for_many_as_for_one(amara: User, signed_in: Browser) -> None:
    asked, browser = [], signed_in(amara)
    for amount in (1, 12):
        for number in range(amount):
            _send(browser, new_id(), f"Kettle {number}.")
        with CaptureQueriesContext(connection) as questions:
            browser.post("/journal/search/", {"words": "kettle"})
        asked.append(len(questions))

    assert asked == [5, 5]


def test_the_journal_is_taken_along_as_text_and_for_other_programs(amara: User, signed_in: Browser) -> None:
    browser = signed_in(amara)
    _send(browser, new_id(), BODY, tags="night shift", prompt="Where did it land?")

    text, told = browser.get("/journal/as/md/"), browser.get("/journal/as/json/")

    assert re.fullmatch(
        r"# Journal\n\n## \w+ \d+ \w+ \d+\n\n> Where did it land\?\n\n"
        r"The kettle was loud\.\n\nI stayed, and then I left\.\n\n#night-shift\n",
        text.content.decode(),
    )
    assert text["Content-Disposition"] == 'attachment; filename="journal.md"'
    assert text["Cache-Control"] == "no-store, private"
    [page] = json.loads(told.content)["journal"]
    assert (page["body"], page["tags"], page["question"]) == (BODY, ["night shift"], "Where did it land?")


def test_the_journal_is_taken_along_as_a_sound_book(amara: User, signed_in: Browser) -> None:
    browser = signed_in(amara)
    for body in (BODY, "a\u202eb <script> & \x0b\ufffe", "سكنت\n\n\n\nقليلا"):
        _send(browser, new_id(), body)

    book = ZipFile(BytesIO(browser.get("/journal/as/epub/").content))

    first = book.infolist()[0]
    assert (first.filename, first.compress_type, book.read("mimetype")) == (
        "mimetype", ZIP_STORED, b"application/epub+zip",
    )  # fmt: skip
    assert first.extra == b""
    opf, space = ElementTree.fromstring(book.read("OEBPS/package.opf")), "{http://www.idpf.org/2007/opf}"
    items = {item.get("id"): item.get("href") for item in opf.iter(f"{space}item")}
    assert {f"OEBPS/{href}" for href in items.values()} <= set(book.namelist())
    assert [ref.get("idref") for ref in opf.iter(f"{space}itemref")] == ["nav", "page-1", "page-2", "page-3"]
    texts = [ElementTree.fromstring(book.read(f"OEBPS/{href}")) for href in items.values()]
    assert "The kettle was loud." in "".join(texts[1].itertext())
    assert "<script> &" in "".join(texts[2].itertext())


def test_an_empty_journal_is_an_empty_book(amara: User, signed_in: Browser) -> None:
    book = ZipFile(BytesIO(signed_in(amara).get("/journal/as/epub/").content))

    assert ElementTree.fromstring(book.read("OEBPS/nav.xhtml")) is not None


def test_days_are_told_without_what_was_written(amara: User, at: datetime) -> None:
    for days in (0, 0, 3):
        actions.keep_reflection(
            amara,
            new_id(),
            actions.Written(BODY),
            saving=actions.Saving(new_id()),
            at=at + timedelta(days=days),
        )

    assert queries.days_with_reflections(amara) == {at.date(), at.date() + timedelta(days=3)}


def test_an_erasure_takes_all_of_it(amara: User, signed_in: Browser, at: datetime) -> None:
    _send(signed_in(amara), new_id(), BODY)

    erasure.erase(amara, by=None, at=at)

    assert not Reflection.objects.exists()


def test_the_questions_of_a_week_lead_to_a_page_and_the_page_back_to_their_text(
    shipped: User, signed_in: Browser
) -> None:
    browser = signed_in(shipped)
    text = browser.get("/weeks/1/reflection/").text
    asked = re.search(r'href="(/journal/new/\?week=1&amp;question=2)"><span class="voice">([^<]+)<', text)
    assert asked

    empty = browser.get(unescape(asked[1])).text
    identity = new_id()
    _send(browser, identity, BODY, prompt=unescape(asked[2]))
    kept = browser.get(f"/journal/{identity}/").text

    assert asked[2] in empty
    assert 'href="/journal/day/"' in text
    assert asked[2] in kept and 'href="/weeks/1/reflection/"' in kept
    for address in ("/journal/", "/journal/day/"):
        assert 'href="/weeks/1/reflection/"' in browser.get(address).text


def test_words_that_no_week_asks_lead_nowhere(amara: User, signed_in: Browser) -> None:
    browser, identity = signed_in(amara), new_id()
    _send(browser, identity, BODY, prompt="Who are you?")

    assert "/reflection/" not in browser.get(f"/journal/{identity}/").text
