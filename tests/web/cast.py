"""Who the stories are about: Amara takes part, Bo owns the server, Eve belongs to neither."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.test import Client

from heartwood.web.people import actions, keys
from heartwood.web.people.models import User

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def at() -> datetime:
    """A Tuesday at noon."""
    return datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clean_ledger() -> Iterator[None]:
    """Nobody is erased before a test begins."""
    settings.SECRETS.ledger_path.unlink(missing_ok=True)
    yield
    settings.SECRETS.ledger_path.unlink(missing_ok=True)


@pytest.fixture
def key_check(db: None) -> None:
    """The database knows its master key, as after a first start."""
    keys.check_master_key()


@pytest.fixture
def amara(key_check: None, at: datetime) -> User:
    return actions.create_person(
        actions.Account(name="Amara Okafor", email="amara@example.org", time_zone="Africa/Lagos"), at=at
    )


@pytest.fixture
def bo(key_check: None, at: datetime) -> User:
    account = actions.Account(name="Bo", email="bo@example.org", time_zone="Europe/Stockholm")
    return actions.create_person(account, is_operator=True, at=at)


@pytest.fixture
def eve(key_check: None, at: datetime) -> User:
    return actions.create_person(actions.Account(name="Eve", email=None, time_zone="UTC"), at=at)


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    """A browser in which this person is signed in."""

    def browser(person: User) -> Client:
        client = Client()
        client.force_login(person, backend=BACKEND)
        return client

    return browser
