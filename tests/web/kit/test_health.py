"""Alive and ready, errors that are kind, logs that say nothing of people."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from django.conf import settings
from django.test import Client
from django.utils import timezone

from heartwood.web.kit import once
from heartwood.web.kit.ids import new_id
from heartwood.web.people.models import KeyCheck

pytestmark = pytest.mark.django_db


def test_a_server_with_everything_is_ready(client: Client, key_check: None) -> None:
    assert client.get("/healthz").json() == {"alive": True}
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"database": True, "migrations": True, "keys": True})


def test_a_server_whose_key_does_not_fit_is_alive_and_not_ready(client: Client, key_check: None) -> None:
    KeyCheck.objects.update(sealed=Fernet(Fernet.generate_key()).encrypt(b"another"))

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["keys"]) == (503, False)
    assert client.get("/healthz").status_code == 200


def test_a_page_that_is_not_here_is_kind(client: Client, key_check: None) -> None:
    answer = client.get("/nowhere/")

    assert answer.status_code == 404
    assert "This page is not here" in answer.text


def test_a_form_from_elsewhere_changes_nothing_and_says_what_to_do(key_check: None) -> None:
    answer = Client(enforce_csrf_checks=True).post("/sign-in/", {"email": "amara@example.org"})

    assert answer.status_code == 403
    assert "no longer fresh" in answer.text


def test_a_page_is_taken_once(key_check: None) -> None:
    page = new_id()

    assert [once.take(page, by=None, at=timezone.now()) for _ in range(3)] == [True, False, False]


def test_the_log_tells_route_status_and_time_but_no_path_query_or_address(
    client: Client, key_check: None
) -> None:
    client.get("/join/a-secret-token/?who=amara", REMOTE_ADDR="203.0.113.5")

    for handler in logging.getLogger("heartwood").handlers:
        if isinstance(handler, logging.FileHandler):
            handler.flush()
    text = (Path(settings.DATA) / "logs" / "heartwood.log").read_text()
    line = json.loads(text.splitlines()[-1])
    assert {key: line[key] for key in ("event", "route", "status", "method")} == {
        "event": "request", "route": "people:join", "status": 404, "method": "GET",
    }  # fmt: skip
    assert set(line) == {"event", "route", "status", "method", "ms", "request", "level", "timestamp"}
    for secret in ("a-secret-token", "amara", "203.0.113.5"):
        assert secret not in text
