"""What somebody says of a week: kept once a week, for them alone, and gone with them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from heartwood.web.care import actions, queries
from heartwood.web.care.leading import Leads, leads
from heartwood.web.care.models import SelfCheck, WeekAnswer
from heartwood.web.kit.ids import new_id
from heartwood.web.people import erasure
from heartwood.web.people.models import User

pytestmark = pytest.mark.django_db
PATH, SINCE = new_id(), date(2026, 3, 2)


def say(person: User, difficult: str, lasting: str, *, at: datetime, since: date = SINCE) -> WeekAnswer:
    return actions.answer_week(
        person, path=PATH, week=3, since=since, difficult=difficult, lasting=lasting, at=at
    )


@pytest.mark.parametrize(
    ("difficult", "lasting", "to"),
    [
        ("no", "no", Leads.ON),
        ("", "", Leads.ON),
        ("some", "no", Leads.GENTLER),
        ("some", "comes-back", Leads.GENTLER),
        ("no", "comes-back", Leads.GENTLER),
        ("much", "no", Leads.GENTLER),
        ("much", "", Leads.GENTLER),
        ("much", "comes-back", Leads.TALK),
        ("no", "stays", Leads.TALK),
        ("", "stays", Leads.TALK),
    ],
)
def test_what_stays_leads_to_a_person_and_what_was_difficult_to_gentler_ways(
    difficult: str, lasting: str, to: Leads
) -> None:
    assert leads(difficult, lasting) is to


def test_a_week_answered_again_is_one_answer_and_the_later_word_holds(amara: User, at: datetime) -> None:
    say(amara, "much", "stays", at=at)
    say(amara, "no", "no", at=at + timedelta(minutes=1))

    [kept] = WeekAnswer.objects.all()
    assert (kept.difficult, kept.lasting, kept.at) == ("no", "no", at + timedelta(minutes=1))


def test_a_week_taken_again_is_another_one_and_each_person_has_their_own(
    amara: User, eve: User, at: datetime
) -> None:
    say(amara, "some", "no", at=at)
    say(amara, "", "", at=at, since=SINCE + timedelta(days=7))
    say(eve, "no", "no", at=at)

    assert WeekAnswer.objects.count() == 3
    found = queries.week_answer(eve, path=PATH, week=3, since=SINCE)
    assert found and found.difficult == "no"


def test_a_self_check_that_was_kept_can_be_let_go_of(amara: User, at: datetime) -> None:
    for ticked in (["tired"], ["tired", "loss"]):
        actions.keep_self_check(amara, path=PATH, week=3, ticked=ticked, leads="wait", at=at)
    kept = queries.self_check(amara, path=PATH, week=3)
    assert kept and kept.ticked == ["tired", "loss"]

    actions.let_go_of_self_check(amara, path=PATH, week=3)

    assert SelfCheck.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_both_are_in_the_export_and_go_with_the_person(
    amara: User, eve: User, at: datetime, key_check: None
) -> None:
    say(amara, "much", "stays", at=at)
    actions.keep_self_check(amara, path=PATH, week=3, ticked=["tired"], leads="gentler", at=at)
    say(eve, "no", "no", at=at)

    held = queries.collect(amara)
    erasure.erase(amara, by=amara.id, at=at)

    [week] = held["weeks"]
    assert (week["week"], week["difficult"], week["lasting"]) == (3, "much", "stays")
    assert [(one["ticked"], one["suggested"]) for one in held["self_checks"]] == [(["tired"], "gentler")]
    assert [answer.person for answer in WeekAnswer.objects.all()] == [eve]
    assert SelfCheck.objects.count() == 0
