"""Django's mail backend: each message becomes a due row for each of its receivers. Nothing goes out here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import sanitize_address
from django.utils import timezone

from heartwood.errors import SetupError
from heartwood.web.delivery import actions, kinds, stopping
from heartwood.web.delivery.models import Due
from heartwood.web.kit.ids import new_id

NO_MAIL = "Mail is not set up here. Set mail_host and mail_from, or give people a link."


class DueRows(BaseEmailBackend):
    """Reads what `kit.letters.Letter` adds to a message; any other message goes as kind "message"."""

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        if not settings.MAIL.host:
            raise SetupError(NO_MAIL)
        return sum(_queue(message) for message in messages)


def _queue(message: EmailMessage) -> int:
    told = vars(message)
    kind, person = told.get("kind") or "message", told.get("person")
    identity = new_id()
    message.extra_headers.setdefault("Message-ID", f"<{identity}@{_domain()}>")
    if person and kind in kinds.optional():
        message.extra_headers.update(stopping.headers(person, kind))
    content = message.message().as_bytes()
    key = told.get("key") or str(identity)
    receivers = [sanitize_address(receiver, "utf-8") for receiver in message.recipients()]
    for number, receiver in enumerate(receivers):
        wish = actions.Wish(
            channel=Due.Channel.MAIL,
            kind=kind,
            key=key if number == 0 else f"{key}/{number}",
            receiver=receiver,
            message=content,
            person=person,
            **_times(told),
        )
        actions.queue(wish, at=timezone.now())
    return 1 if receivers else 0


def _times(told: dict[str, Any]) -> dict[str, Any]:
    return {name: told.get(name) for name in ("not_before", "expires_at")}


def _domain() -> str:
    return settings.MAIL.sender.rpartition("@")[2].strip(" >") or "localhost"
