"""The operator's page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import LazySettings, settings
from django.test import Client

from heartwood.web.care import queries as care
from heartwood.web.desk import kept
from heartwood.web.people.models import User

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
LINE = {"number": "116 123", "hours": "always", "who": "Samaritans", "source": "samaritans.org"}


def test_the_operator_confirms_a_help_line_on_the_page(
    bo: User, signed_in: Browser, settings: LazySettings
) -> None:
    settings.HELP_LINES = [LINE]
    line = care.configured()[0].line

    signed_in(bo).post(f"/desk/help-lines/{line.fingerprint}/confirm/")

    assert care.confirmed() == [line]


def test_nobody_else_confirms_a_help_line(amara: User, signed_in: Browser, settings: LazySettings) -> None:
    settings.HELP_LINES = [LINE]
    line = care.configured()[0].line

    answer = signed_in(amara).post(f"/desk/help-lines/{line.fingerprint}/confirm/")

    assert (answer.status_code, care.confirmed()) == (403, [])


def test_without_a_mail_server_a_test_mail_is_answered_with_a_sentence(bo: User, signed_in: Browser) -> None:
    page = signed_in(bo).post("/desk/mail/", {"to": "bo@example.org"}, follow=True)

    assert page.status_code == 200
    assert 'class="notice"' in page.text


def test_the_log_that_is_taken_away_holds_nothing_but_our_lines(bo: User, signed_in: Browser) -> None:
    log = Path(settings.DATA) / "logs" / "heartwood.log.9"
    log.write_text('{"event": "request"}\nAmara Okafor wrote this\n')

    taken = signed_in(bo).get("/desk/logs/").getvalue().decode()

    log.unlink()
    assert '{"event": "request"}' in taken
    assert "Amara" not in taken


def test_without_its_workers_the_server_answers_and_says_that_nothing_due_is_done(
    bo: User, signed_in: Browser
) -> None:
    for worker in kept.WORKERS:
        (Path(settings.DATA) / "logs" / f"{worker}.alive").unlink(missing_ok=True)

    page = signed_in(bo).get("/desk/")

    assert page.status_code == 200
    assert "ticker last seen never, postman last seen never, messenger last seen never" in page.text
    assert signed_in(bo).get("/help/").status_code == 200
