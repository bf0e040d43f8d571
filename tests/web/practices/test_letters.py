"""Letters to oneself: sealed until their day, announced without a word of them, never pressed on anybody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from heartwood.web.cohorts.models import Enrolment
from heartwood.web.kit.ids import new_id
from heartwood.web.people import erasure, holdings
from heartwood.web.people.models import User
from heartwood.web.practices import actions, queries
from heartwood.web.practices.models import Letter, Reflection, Twin
from heartwood.web.practices.records import Refused
from tests.web.practices.test_lines import _everything_stored
from tests.web.threads import at_once

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
BODY = "Remember the kettle, and be kind."


def _write(browser: Client, body: str = BODY, **changes: str) -> HttpResponse:
    later = (timezone.now() + timedelta(days=30)).date().isoformat()
    return browser.post(
        "/journal/letters/", {"id": str(new_id()), "body": body, "opens_on": later, **changes}
    )


@pytest.fixture
def letter(amara: User, at: datetime) -> UUID:
    """A letter whose day has come long before anybody reads this."""
    identity = new_id()
    actions.keep_letter(amara, identity, body=BODY, opens_on=at.date(), at=at)
    Letter.objects.filter(id=identity).update(opens_on=date(2026, 1, 1))
    return identity


def test_a_letter_is_sealed_and_shows_its_day_alone(amara: User, signed_in: Browser) -> None:
    browser, identity = signed_in(amara), str(new_id())

    _write(browser, id=identity)

    pages = browser.get("/journal/letters/").text + browser.get(f"/journal/letters/{identity}/").text
    assert "Sealed until" in pages and "kettle" not in pages
    assert "Open it" not in pages
    assert b"kettle" not in _everything_stored()
    assert browser.post(f"/journal/letters/{identity}/open/").status_code == 422


def test_on_its_day_today_and_the_journal_say_that_it_is_here_and_not_what_it_says(
    amara: User, signed_in: Browser, letter: UUID, begin: Callable[..., Enrolment], at: datetime
) -> None:
    begin(amara, starts_on=at.date())
    browser = signed_in(amara)

    pages = [browser.get(path).text for path in ("/today/", "/journal/", "/journal/letters/")]

    assert ["is here" in page for page in pages] == [True] * 3
    assert "kettle" not in "".join(pages)


def test_it_is_opened_by_a_press_and_read_as_often_as_wished(
    amara: User, signed_in: Browser, letter: UUID
) -> None:
    browser = signed_in(amara)

    pages = [browser.post(f"/journal/letters/{letter}/open/", follow=True).text for _ in range(2)]

    assert all(BODY in page for page in pages)
    assert "is here" not in browser.get("/journal/").text


def test_it_can_be_put_off_and_left_closed_and_still_be_opened(
    amara: User, signed_in: Browser, letter: UUID
) -> None:
    browser, today = signed_in(amara), timezone.now().date()

    browser.post(f"/journal/letters/{letter}/decline/")
    closed = browser.get("/journal/").text, browser.get(f"/journal/letters/{letter}/").text
    browser.post(f"/journal/letters/{letter}/put-off/", {"opens_on": str(today + timedelta(days=9))})
    put_off = browser.get(f"/journal/letters/{letter}/").text
    browser.post(f"/journal/letters/{letter}/put-off/", {"opens_on": str(today + timedelta(days=1))})

    assert all("is here" not in page for page in closed) and "Open it" in closed[1]
    assert "Sealed until" in put_off and "Open it" not in put_off
    assert Letter.objects.get().declined_at is None


@pytest.mark.parametrize("day", ["", "tomorrow", "2020-01-01", "2999-01-01"])
def test_a_day_that_cannot_be_is_refused_and_the_letter_given_back(
    amara: User, signed_in: Browser, day: str
) -> None:
    answer = _write(signed_in(amara), opens_on=day)

    assert answer.status_code == 422
    assert BODY in answer.text and 'id="day-error" role="alert"' in answer.text
    assert not Letter.objects.exists()


def test_the_day_is_the_writers_own(amara: User, at: datetime) -> None:
    late = at.replace(hour=23, minute=30)
    actions.keep_letter(amara, new_id(), body=BODY, opens_on=date(2026, 11, 25), at=late)
    [letter] = Letter.objects.all()

    with pytest.raises(Refused):
        actions.open_letter(amara, letter.id, at=late + timedelta(hours=3, minutes=29))
    actions.open_letter(amara, letter.id, at=late + timedelta(hours=3, minutes=30))


def test_a_million_characters_are_refused_and_given_back(amara: User, signed_in: Browser) -> None:
    answer = _write(signed_in(amara), "kettle " * 142_858)

    assert answer.status_code == 422
    assert "20,000 fit in a letter" in answer.text and 'id="body-error"' in answer.text
    assert answer.text.count("kettle") == 142_858


@pytest.mark.django_db(transaction=True)
def test_sent_twenty_times_at_once_it_is_one(amara: User, at: datetime) -> None:
    identity = new_id()

    at_once(
        20, lambda n: actions.keep_letter(User.objects.get(), identity, body=BODY, opens_on=at.date(), at=at)
    )

    assert (Letter.objects.count(), Twin.objects.count()) == (1, 0)


def test_another_letter_under_its_id_is_kept_beside_it(amara: User, signed_in: Browser, letter: UUID) -> None:
    browser = signed_in(amara)
    _write(browser, "Remember the other kettle.", id=str(letter))

    page = browser.post(f"/journal/letters/{letter}/open/", follow=True).text

    assert BODY in page and "Remember the other kettle." in page


def test_a_deleted_letter_can_be_brought_back(amara: User, signed_in: Browser, letter: UUID) -> None:
    browser = signed_in(amara)

    browser.post(f"/journal/letters/{letter}/delete/")
    gone = browser.get("/journal/letters/").text
    browser.post(f"/let-go/{letter}/bring-back/", {"list": "letters"})

    assert "Bring it back" in gone and "A letter" in gone and "kettle" not in gone
    assert browser.get(f"/journal/letters/{letter}/").status_code == 200


def test_others_are_answered_as_about_what_never_was(
    amara: User, eve: User, signed_in: Browser, letter: UUID
) -> None:
    other = signed_in(eve)

    answers = [other.get(f"/journal/letters/{letter}/")]
    answers += [
        other.post(f"/journal/letters/{letter}/{verb}/", {"opens_on": "2030-01-01"})
        for verb in ("open", "put-off", "decline", "delete")
    ]
    answers.append(_write(other, "Mine.", id=str(letter)))

    assert [answer.status_code for answer in answers] == [404] * 6
    assert not queries.letter_is_here(eve, timezone.now().date())


def test_it_is_in_the_export_and_an_erasure_takes_it(amara: User, letter: UUID, at: datetime) -> None:
    [held] = holdings.collect_all(amara)["practices"]["letters_to_oneself"]
    assert (held["body"], held["opened_at"]) == (BODY, None)

    erasure.erase(amara, by=None, at=at)

    assert not Letter.objects.exists()


def test_a_word_in_the_morning_and_a_sentence_in_the_evening_are_kept_and_never_added_up(
    amara: User, signed_in: Browser
) -> None:
    browser, identity = signed_in(amara), str(new_id())

    for _ in range(2):
        browser.post("/journal/day/", {"id": identity, "kind": "morning", "body": "Ada."})
    browser.post("/journal/day/", {"id": str(new_id()), "kind": "evening", "body": "For the <bus> driver."})
    browser.post("/journal/day/", {"id": str(new_id()), "kind": "evening", "body": "  "})

    page = browser.get("/journal/day/").text
    assert "Ada." in page and "For the &lt;bus&gt; driver." in page
    assert sorted(Reflection.objects.values_list("kind", flat=True)) == ["evening", "morning"]
    assert "In the morning" in browser.get("/journal/").text


def test_too_much_for_a_day_is_given_back_in_its_own_half(amara: User, signed_in: Browser) -> None:
    body = "kettle " * 20_000
    answer = signed_in(amara).post("/journal/day/", {"id": str(new_id()), "kind": "evening", "body": body})

    assert answer.status_code == 422
    assert answer.text.count("kettle") == 20_000
    assert not Reflection.objects.exists()
