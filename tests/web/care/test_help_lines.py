"""Help lines: nobody is shown a number that nobody vouched for."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from heartwood.web.care import actions, queries
from heartwood.web.care.models import Confirmation
from heartwood.web.care.queries import HelpLine
from heartwood.web.kit.models import AuditEntry
from heartwood.web.people import erasure, holdings
from heartwood.web.people.models import User

pytestmark = pytest.mark.django_db
GIVEN = {
    "number": "0800 11 10-111",
    "hours": "day and night",
    "who": "The listening line",
    "source": "their page",
}
LINE = HelpLine(**GIVEN)


@pytest.fixture
def line(settings: Any) -> HelpLine:
    settings.HELP_LINES = [GIVEN]
    return LINE


def test_without_a_line_help_names_the_local_emergency_number(client: Client) -> None:
    page = client.get("/help/")

    assert page.status_code == 200
    assert "call your local emergency number" in page.content.decode()
    assert "tel:" not in page.content.decode()


def test_a_line_is_shown_once_confirmed_and_no_longer_once_withdrawn(
    client: Client, line: HelpLine, bo: User, at: datetime
) -> None:
    before = client.get("/help/").content.decode()
    actions.confirm(line, by=bo, at=at)
    shown = client.get("/help/").content.decode()
    actions.withdraw(line, by=bo, at=at)
    after = client.get("/help/").content.decode()

    assert [text.count('href="tel:08001110111"') for text in (before, shown, after)] == [0, 1, 0]
    assert "call your local emergency number" in shown
    assert [entry.verb for entry in AuditEntry.objects.filter(subject_kind="help line")] == [
        "confirmed",
        "withdrawn",
    ]


@pytest.mark.parametrize("field", ["number", "hours", "who", "source"])
def test_a_changed_line_loses_its_confirmation(
    field: str, line: HelpLine, bo: User, at: datetime, settings: Any
) -> None:
    actions.confirm(line, by=bo, at=at)

    settings.HELP_LINES = [{**GIVEN, field: GIVEN[field] + "0"}]

    assert queries.confirmed() == []
    assert queries.configured()[0].at is None
    assert replace(line).fingerprint == line.fingerprint


def test_confirming_again_keeps_who_and_when(line: HelpLine, bo: User, at: datetime) -> None:
    actions.confirm(line, by=bo, at=at)
    actions.confirm(line, by=bo, at=at + timedelta(days=1))

    (told,) = queries.configured()
    assert (told.by, told.at) == (bo, at)
    assert holdings.collect_all(bo)["care"]["help_lines_confirmed_at"] == [at.isoformat()]


@pytest.mark.django_db(transaction=True)
def test_an_erased_operator_leaves_the_line_confirmed_and_no_name(
    line: HelpLine, bo: User, at: datetime
) -> None:
    actions.confirm(line, by=bo, at=at)

    erasure.erase(bo, by=bo.id, at=at)

    assert Confirmation.objects.get().by is None
    assert queries.confirmed() == [line]


def test_every_page_leads_to_help(client: Client, bo: User, signed_in: Any) -> None:
    assert 'href="/help/"' in client.get("/sign-in/").content.decode()
    assert 'href="/help/"' in signed_in(bo).get("/settings/").content.decode()


def test_this_is_too_much_shows_the_confirmed_lines(line: HelpLine, bo: User, at: datetime) -> None:
    from django.template.loader import render_to_string

    unconfirmed = render_to_string("practices/_ground.html")
    actions.confirm(line, by=bo, at=at)
    confirmed = render_to_string("practices/_ground.html")

    assert ("tel:" in unconfirmed, "tel:08001110111" in confirmed) == (False, True)
    assert "call your local emergency number" in unconfirmed
