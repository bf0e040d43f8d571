from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core import mail

from heartwood.web.delivery import kinds
from heartwood.web.delivery.smtp import MailServer
from heartwood.web.kit import letters
from tests.post_office import Mood, PostOffice, post_office

Server = Callable[[PostOffice], MailServer]


@pytest.fixture
def server(settings: Any) -> Server:
    """The settings of an operator whose mail server is this post office."""

    def of(office: PostOffice) -> MailServer:
        settings.EMAIL_BACKEND = "heartwood.web.delivery.backend.DueRows"
        settings.MAIL = MailServer("127.0.0.1", office.port, "heartwood@example.org", tls="none", seconds=1)
        return settings.MAIL

    return of


@pytest.fixture
def office() -> Iterator[PostOffice]:
    """A mail server that takes everything; set its `mood` to make it otherwise."""
    with post_office() as opened:
        yield opened


@pytest.fixture
def optional_kind() -> Iterator[str]:
    """A kind of letter that may be declined."""
    kinds.register("gentle note", name="gentle notes")
    yield "gentle note"
    kinds._optional.pop("gentle note")


def letter(**more: object) -> mail.EmailMessage:
    words = letters.Words(subject="A word", title="Hello", before=[".begins with a dot", "naïve"])
    return letters.compose(words, **{"to": "amara@example.org", "kind": "test", **more})


def moods(*given: Mood) -> Callable[[], Mood]:
    """These moods, one after another, the last for ever."""
    left = list(given)
    return lambda: left.pop(0) if len(left) > 1 else left[0]
