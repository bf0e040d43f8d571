"""For a watching program: the figures of the desk, to whoever has the token, and nothing of anybody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.db import DatabaseError, connection
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families
from pydantic import SecretStr

from heartwood.cli import doctor
from heartwood.web.desk import kept, metrics, queries
from heartwood.web.kit.ids import new_id
from heartwood.web.library.models import Rendering
from heartwood.web.people import letters
from heartwood.web.people.models import User
from heartwood.web.practices import actions

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
Samples = dict[tuple[str, str], float]


def samples(told: bytes) -> Samples:
    families = text_string_to_metric_families(told.decode())
    return {
        (one.name, ",".join(one.labels.values())): one.value for family in families for one in family.samples
    }


@pytest.fixture
def with_token(settings: Any) -> None:
    settings.OPTIONS = settings.OPTIONS.model_copy(update={"metrics_token": SecretStr("open-sesame")})


def test_without_a_token_in_the_settings_there_is_no_such_page(client: Client, db: None) -> None:
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


@pytest.mark.parametrize("sent", ["", "Bearer", "Bearer open-sesam", "bearer open-sesame", "Bearer é"])
def test_another_token_is_refused(client: Client, with_token: None, sent: str) -> None:
    answer = client.get("/metrics", headers={"Authorization": sent})

    assert (answer.status_code, answer["WWW-Authenticate"], answer.content) == (401, "Bearer", b"")


def test_the_token_opens_figures_that_prometheus_reads(
    client: Client, with_token: None, arrival: Rendering, at: datetime
) -> None:
    kept.note_work(Path(configured.DATA), "ticker", at=at)

    answer = client.get("/metrics", headers={"Authorization": "Bearer open-sesame"})

    told = samples(answer.content)
    assert answer["Cache-Control"] == "no-store, private"
    assert told["heartwood_sounds", "ready"] == Rendering.objects.filter(state="ready").count() == 1
    assert told["heartwood_messages", "due"] == 0
    assert told["heartwood_worker_seen_timestamp_seconds", "ticker"] == at.timestamp()
    assert told["heartwood_disk_free_bytes", ""] > 0
    assert told["heartwood_sign_up_open", ""] == 1


def test_each_line_of_the_desk_is_a_figure(db: None, at: datetime) -> None:
    told = samples(metrics.exposition(at=at))

    lines = {line.key: float(line.needs_a_hand) for line in queries.desk(at=at).lines}
    assert {key: value for (name, key), value in told.items() if name == "heartwood_needs_a_hand"} == lines
    assert "" not in lines


def test_without_a_database_what_lies_on_the_disk_is_still_told(db: None, at: datetime) -> None:
    def refuse(*_: Any) -> None:
        raise DatabaseError("no connection")

    with connection.execute_wrapper(refuse):
        told = samples(metrics.exposition(at=at))

    assert told["heartwood_disk_free_bytes", ""] > 0
    assert told["heartwood_needs_a_hand", "database"] == 1
    assert not any(name == "heartwood_sounds" for name, _ in told)


def test_page_terminal_and_figures_tell_nothing_of_anybody(
    amara: User, bo: User, signed_in: Browser, arrival: Rendering, at: datetime
) -> None:
    actions.keep_line(amara, new_id(), body="The kettle was loud.", sitting=None, at=at)
    letters.sign_in_code(amara, to="amara@example.org", code="QZXW-1234", at=at).send()
    Rendering.objects.update(wanted_by=amara)

    found = queries.desk(at=at + timedelta(hours=2))
    told = [signed_in(bo).get("/desk/").text, doctor._told(found), metrics.exposition(at=at).decode()]

    personal = ("Amara", "Okafor", "amara@example.org", str(amara.id), "kettle", "QZXW")
    assert [word for word in personal for text in told if word in text] == []


def test_a_maker_at_work_is_told_and_one_that_stands_still_needs_a_hand(
    arrival: Rendering, at: datetime
) -> None:
    Rendering.objects.filter(id=arrival.id).update(state="making", progress=40, touched_at=at)

    def line(at: datetime) -> queries.Line:
        return next(each for each in queries.desk(at=at).lines if each.key == "makers")

    assert (line(at).words, line(at).needs_a_hand) == ("1 at work (40 %).", False)
    assert line(at + timedelta(hours=1)).needs_a_hand
