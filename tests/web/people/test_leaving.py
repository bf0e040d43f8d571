"""Fourteen days to think: an erasure with a date, taken back with one press, and safe from restores."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings as house
from django.core import mail
from django.test import Client
from django.utils import timezone

from heartwood.web.delivery.smtp import MailServer
from heartwood.web.kit.models import AuditEntry
from heartwood.web.people import addresses, holdings, leaving
from heartwood.web.people.models import User
from tests.web.threads import at_once

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]


@pytest.fixture(autouse=True)
def clean_list() -> Iterator[None]:
    house.SECRETS.leaving_path.unlink(missing_ok=True)
    yield
    house.SECRETS.leaving_path.unlink(missing_ok=True)


def _erase_at(person: User) -> datetime | None:
    person.refresh_from_db()
    return person.erase_at


def test_it_is_erased_when_the_fourteenth_day_is_over_where_the_person_lives(
    amara: User, at: datetime
) -> None:
    """Noon of 24 November; Lagos is an hour ahead of UTC."""
    due = leaving.ask(amara, at=at)
    before, after = due - timedelta(seconds=1), due

    assert due.isoformat() == "2026-12-09T00:00:00+01:00"
    assert leaving.erase_due(at=before) is False and User.objects.exists()
    assert leaving.erase_due(at=after) is True and not User.objects.exists()
    assert json.loads(house.SECRETS.ledger_path.read_text())["person"] == str(amara.id)
    assert leaving.erase_due(at=after) is False


def test_asking_again_changes_nothing(amara: User, at: datetime) -> None:
    first = leaving.ask(amara, at=at)

    assert leaving.ask(amara, at=at + timedelta(days=3)) == first
    assert AuditEntry.objects.filter(verb="asked to be erased").count() == 1


def test_it_is_taken_back_until_its_time_has_come(amara: User, eve: User, at: datetime) -> None:
    due = leaving.ask(amara, at=at)
    leaving.ask(eve, at=at)

    assert leaving.take_back(amara, at=due - timedelta(seconds=1)) is True
    assert leaving.take_back(amara, at=due) is False
    assert leaving.take_back(eve, at=due + timedelta(days=1)) is False
    leaving.erase_due(at=due + timedelta(days=2))
    assert [person.name for person in User.objects.all()] == ["Amara Okafor"]


@pytest.mark.django_db(transaction=True)
def test_whoever_takes_it_back_as_it_comes_due_stays_or_is_told(amara: User, at: datetime) -> None:
    due = leaving.ask(amara, at=at)

    def take_back_or_erase(number: int) -> bool:
        if number == 0:
            return leaving.take_back(amara, at=due - timedelta(microseconds=1))
        return leaving.erase_due(at=due)

    stays, *_ = at_once(3, take_back_or_erase)

    assert User.objects.filter(id=amara.id).exists() is stays


def test_through_the_pages(amara: User, signed_in: Browser) -> None:
    browser = signed_in(amara)

    asked = browser.post("/settings/erase/", {"step": "later"}, follow=True)
    settings = browser.get("/settings/")
    stayed = browser.post("/settings/erase/", {"step": "stay"}, follow=True)

    assert "Here until the end of" in asked.text and "Keep my account" in asked.text
    assert "Your account is here until the end of" in settings.text
    assert "You stay." in stayed.text and "Here until" not in stayed.text
    assert "Your account is here" not in browser.get("/settings/").text
    assert _erase_at(amara) is None


def test_at_once_is_there_while_it_waits(amara: User, signed_in: Browser) -> None:
    browser = signed_in(amara)
    browser.post("/settings/erase/", {"step": "later"})

    sure = browser.post("/settings/erase/", {})
    browser.post("/settings/erase/", {"step": "sure"})

    assert "Once more, to be sure" in sure.text
    assert not User.objects.exists()


def test_a_backup_from_before_asking_does_not_forget_the_wish(amara: User, at: datetime) -> None:
    due = leaving.ask(amara, at=at)
    User.objects.update(erase_at=None)

    changed = [leaving.apply_list(at=at) for _ in range(2)]

    assert changed == [1, 0]
    assert _erase_at(amara) == due


def test_a_backup_from_between_erases_nobody_who_chose_to_stay(amara: User, at: datetime) -> None:
    due = leaving.ask(amara, at=at)
    leaving.take_back(amara, at=at + timedelta(days=2))
    User.objects.update(erase_at=due)
    lines = house.SECRETS.leaving_path.read_text().splitlines()
    house.SECRETS.leaving_path.write_text("\n".join(sorted(lines, reverse=True)) + '\n{"person": "torn')

    leaving.apply_list(at=at)
    leaving.erase_due(at=due + timedelta(days=30))

    assert _erase_at(amara) is None


def test_a_letter_says_the_day_and_the_way_back(amara: User, settings: Any, at: datetime) -> None:
    settings.MAIL = MailServer("mail.example.org", 587, "heartwood@example.org")
    addresses.confirm(amara, at=at)

    leaving.ask(amara, at=at)

    [letter] = mail.outbox
    assert (letter.subject, letter.to) == ("About your account", ["amara@example.org"])
    assert "8 December 2026" in letter.body and "/settings/erase/" in letter.body
    assert letter.expires_at == _erase_at(amara)


def test_no_letter_goes_to_an_address_that_nobody_confirmed(amara: User, settings: Any, at: datetime) -> None:
    settings.MAIL = MailServer("mail.example.org", 587, "heartwood@example.org")

    leaving.ask(amara, at=at)

    assert mail.outbox == []


def test_the_letter_is_not_wanted_any_more_once_somebody_stays(amara: User, at: datetime) -> None:
    people = next(one for one in holdings.all_holdings() if one.name == "people")
    leaving.ask(amara, at=at)

    wanted = [people.still_wanted(User.objects.get(), "leaving")]
    leaving.take_back(amara, at=at)
    wanted += [people.still_wanted(User.objects.get(), what) for what in ("leaving", "sign-in code")]

    assert wanted == [True, False, True]


def test_the_export_names_the_day(amara: User, signed_in: Browser) -> None:
    due = leaving.ask(amara, at=timezone.now())

    held = signed_in(amara).get("/settings/export/").json()

    assert datetime.fromisoformat(held["people"]["to_be_erased_at"]) == due
