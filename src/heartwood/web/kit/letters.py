"""Letters: one content, as plain text and as HTML, in the receiver's language.

A letter is Django's mail message with what its delivery must know beside it.
Nothing in it is fetched from anywhere when it is opened.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import loader
from django.utils import translation


@dataclass(frozen=True, slots=True)
class Words:
    """What a letter says.

    code   a short code, set large
    link   an address and what it does, as a button
    after  paragraphs below code and button
    stop   the address that stops letters of this kind
    """

    subject: str
    title: str
    before: Sequence[str]
    code: str = ""
    link: str = ""
    link_name: str = ""
    after: Sequence[str] = ()
    stop: str = ""


class Letter(EmailMultiAlternatives):
    """A message with its kind, the key under which it is queued once, and its times."""

    kind: str = ""
    key: str = ""
    person: UUID | None = None
    not_before: datetime | None = None
    expires_at: datetime | None = None


def compose(
    words: Words,
    *,
    to: str,
    kind: str,
    key: str = "",
    language: str = "en",
    person: UUID | None = None,
    not_before: datetime | None = None,
    expires_at: datetime | None = None,
) -> Letter:
    """A letter ready to be sent with `.send()`. `words` are in `language` already."""
    told = {"words": words, "language": language, "site": settings.PUBLIC_URL, "contact": settings.CONTACT}
    with translation.override(language):
        letter = Letter(words.subject, _plain(told), settings.DEFAULT_FROM_EMAIL, [to])
        letter.attach_alternative(loader.render_to_string("kit/letter.html", told), "text/html")
    letter.extra_headers["Auto-Submitted"] = "auto-generated"
    letter.kind, letter.key, letter.person = kind, key, person
    letter.not_before, letter.expires_at = not_before, expires_at
    return letter


def _plain(told: dict[str, object]) -> str:
    lines: str = loader.render_to_string("kit/letter.txt", told)
    return lines.strip() + "\n"
