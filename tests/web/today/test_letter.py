"""At the end of a week: the lines that somebody wrote in it, as a letter, and never a number."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from heartwood.curriculum import Course, Path, Week
from heartwood.web.cohorts.models import Enrolment
from heartwood.web.kit.ids import new_id
from heartwood.web.people.models import User
from heartwood.web.practices import actions
from heartwood.web.today.queries.letter import days_of_letter

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
MONDAY = date(2026, 11, 2)


def _write(person: User, line: str, *, at: datetime) -> None:
    actions.keep_act(person, new_id(), line=line, direction="others", at=at)


def test_the_week_that_has_ended_leads_to_its_letter(
    amara: User, signed_in: Browser, begin: Callable[..., Enrolment]
) -> None:
    now = timezone.now()
    begin(amara, starts_on=(now - timedelta(days=8)).date())
    _write(amara, "I held <the> lift.", at=now - timedelta(days=5))
    _write(amara, "I waited for her word.", at=now - timedelta(days=3))
    _write(amara, "That was in week two.", at=now)
    browser = signed_in(amara)

    page = browser.get("/weeks/1/letter/")

    assert "/weeks/1/letter/" in browser.get("/weeks/1/").text
    assert page.text.index("I held &lt;the&gt; lift.") < page.text.index("I waited for her word.")
    assert "That was in week two." not in page.text
    assert page["Cache-Control"] == "no-store, private"


def test_a_week_that_goes_on_or_in_which_nothing_was_written_has_none(
    amara: User, signed_in: Browser, begin: Callable[..., Enrolment]
) -> None:
    now = timezone.now()
    begin(amara, starts_on=(now - timedelta(days=8)).date())
    _write(amara, "That is in week two.", at=now)
    browser = signed_in(amara)

    assert "/letter/" not in browser.get("/weeks/1/").text + browser.get("/weeks/2/").text
    assert [browser.get(f"/weeks/{number}/letter/").status_code for number in (1, 2, 7)] == [404] * 3


def test_another_persons_letter_holds_another_persons_lines(
    amara: User, eve: User, signed_in: Browser, begin: Callable[..., Enrolment]
) -> None:
    now = timezone.now()
    for person, line in ((amara, "I held the lift."), (eve, "I held the door.")):
        begin(person, starts_on=(now - timedelta(days=8)).date())
        _write(person, line, at=now - timedelta(days=5))

    page = signed_in(eve).get("/weeks/1/letter/").text

    assert "I held the door." in page and "lift" not in page


def test_the_days_of_a_letter_are_those_on_which_the_path_stood_at_its_week() -> None:
    weeks = tuple(Week(number, None, "", "", ("settle",)) for number in (1, 2))
    walk = Path(Course("tiny", "", "", "en", weeks), MONDAY)
    days = [MONDAY + timedelta(days=n) for n in (-1, 0, 6, 7, 20)]

    assert days_of_letter(walk, 1, days, today=MONDAY + timedelta(days=6)) == []
    assert days_of_letter(walk, 1, days, today=MONDAY + timedelta(days=7)) == [days[1], days[2]]
    assert days_of_letter(walk, 2, days, today=MONDAY + timedelta(days=21)) == [days[3]]
    assert days_of_letter(walk, 3, days, today=MONDAY + timedelta(days=21)) == []
