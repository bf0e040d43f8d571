"""What the player uses keeps to its own description, whatever is sent; its errors are problem details."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
import schemathesis
from django.core import signals
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given, settings
from schemathesis.generation import GenerationMode

from heartwood.web.kit.ids import new_id
from heartwood.web.library.models import Rendering
from heartwood.web.people.models import User
from heartwood.web.practices.api import api
from tests.web.practices.observed import half_a_minute, send

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
KEEPING = (
    ("/api/sittings/{identity}/events", "post"),
    ("/api/reflections/{identity}", "put"),
    ("/api/journal/{identity}", "put"),
    ("/api/acts/{identity}", "put"),
    ("/api/settings/{identity}", "put"),
)
ASKING = (("/api/renderings/{identity}", "get"),)
TRIES = int(os.environ.get("HEARTWOOD_FUZZ", "8"))
"""Without HEARTWOOD_FUZZ the same ones every time; with it, so many, drawn by chance."""


@pytest.fixture
def described(sender: dict[str, Any]) -> Iterator[Any]:
    """The description, as the application itself gives it; requests leave the test's connection open.

    After `sender`, since Django's own client connects these signals again with every request.
    """
    endings = (signals.request_started, signals.request_finished)
    for ending in endings:
        ending.disconnect(close_old_connections)
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", get_wsgi_application())
    for operations in schema.raw_schema["paths"].values():
        for operation in operations.values():
            operation.pop("security", None)  # the session goes with everything, and is not made up
    yield schema
    for ending in endings:
        ending.connect(close_old_connections)


@pytest.fixture
def sender(amara: User, settle: Rendering, signed_in: Browser, at: datetime) -> dict[str, Any]:
    """What Amara's browser sends with everything."""
    browser = signed_in(amara)
    send(browser, new_id(), settle, half_a_minute(at))
    browser.get("/sittings/add/")
    cookies = {name: cookie.value for name, cookie in browser.cookies.items()}
    return {"cookies": cookies, "headers": {"X-CSRFToken": cookies["csrftoken"]}}


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=lambda m: m.value)
@pytest.mark.parametrize(("path", "verb"), [*KEEPING, *ASKING])
def test_whatever_is_sent_the_answer_is_one_that_is_described(
    described: Any, sender: dict[str, Any], path: str, verb: str, mode: GenerationMode
) -> None:
    operation = described[path][verb.upper()]

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=TRIES,
        derandomize="HEARTWOOD_FUZZ" not in os.environ,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    def hold(case: Any) -> None:
        case.call_and_validate(**sender)

    hold()


def test_the_description_is_openapi_3_1_and_says_how_errors_look(client: Client) -> None:
    told = client.get("/api/openapi.json").json()

    answers = told["paths"]["/api/reflections/{identity}"]["put"]["responses"]
    assert told["openapi"] == "3.1.0"
    assert set(answers) == {"200", "400", "401", "403", "404", "409", "410", "413", "422", "503"}
    assert answers["409"]["content"] == {
        "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
    }
    assert sorted(told["components"]["schemas"]["Problem"]["required"]) == [
        "detail",
        "status",
        "title",
        "type",
    ]
    assert len(told["paths"]) == len(KEEPING) + len(ASKING) == len(api.get_openapi_schema()["paths"])


@pytest.mark.parametrize(
    ("verb", "path", "status"),
    [
        ("put", "/api/reflections/019ab5c8-0000-7000-8000-000000000001", 401),
        ("put", "/api/reflections/nobody", 404),
        ("get", "/api/", 404),
    ],
)
def test_errors_below_the_interface_are_no_pages(
    client: Client, key_check: None, verb: str, path: str, status: int
) -> None:
    answer = getattr(client, verb)(path, {"body": "one"}, content_type="application/json")

    told = answer.json()
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert set(told) == {"type", "status", "title", "detail"} and told["status"] == status


def test_a_form_token_that_is_missing_is_a_problem_too(amara: User, signed_in: Browser) -> None:
    elsewhere = Client(enforce_csrf_checks=True)
    elsewhere.cookies = signed_in(amara).cookies

    answer = elsewhere.put(f"/api/reflections/{new_id()}", {"body": "one"}, content_type="application/json")

    assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")


def test_a_fault_of_ours_is_a_problem_without_its_insides(
    amara: User, signed_in: Browser, settings: Any
) -> None:
    browser = signed_in(amara)
    browser.raise_request_exception = False
    amara.key.delete()

    answer = browser.put(f"/api/reflections/{new_id()}", {"body": "one"}, content_type="application/json")

    assert (answer.status_code, answer["Content-Type"]) == (500, "application/problem+json")
    assert "Traceback" not in answer.text and "Error" not in answer.text
