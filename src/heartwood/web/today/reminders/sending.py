"""A reminder on its way out, and the one question: by a letter, or as a note to the devices of the person.

What goes out is the same for everybody, since a mail server reads letters and a push service might one day
read notes. Own words stay here: the browser itself asks for them with its person's cookie, and the page that
a letter opens shows them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from heartwood.curriculum.reminding import Moment
from heartwood.web.delivery import actions as delivery
from heartwood.web.delivery import devices, stopping
from heartwood.web.delivery.models import Due
from heartwood.web.kit import letters
from heartwood.web.kit.letters import Words
from heartwood.web.today.reminders import queries
from heartwood.web.today.reminders.models import KIND, Reminder


@dataclass(frozen=True, slots=True)
class _Said:
    """What is said, in the person's language. more: what a letter adds. path: where it leads."""

    subject: str
    title: str
    more: str
    link_name: str
    path: str


def remind(wish: Reminder, moment: Moment, *, at: datetime) -> None:
    """Have a reminder sent while it is of use."""
    with translation.override(wish.person.language):
        said = _Said(
            subject=_("A reminder"),
            title=_("The moment you wished for"),
            more=_(
                "You asked to be reminded about now. If it suits you, a practice is ready. "
                "If it does not, the day is good without one."
            ),
            link_name=_("Open it"),
            path=reverse("today:today"),
        )
    _send(wish, said, moment, at=at)


def ask(wish: Reminder, moment: Moment, *, at: datetime) -> None:
    """Have it asked, once, whether reminders shall go on."""
    with translation.override(wish.person.language):
        said = _Said(
            subject=_("A question about your reminders"),
            title=_("Shall the reminders go on?"),
            more=_(
                "Perhaps they come at a time that does not fit. You can keep them, choose another time, or "
                "let them rest. Until you choose, no more are sent."
            ),
            link_name=_("Choose"),
            path=reverse("today:reminders"),
        )
    _send(wish, said, moment, at=at)


def _send(wish: Reminder, said: _Said, moment: Moment, *, at: datetime) -> None:
    if wish.way == Reminder.Way.DEVICES:
        _note(wish, said, moment, at=at)
    else:
        _write(wish, said, moment, at=at)


def _write(wish: Reminder, said: _Said, moment: Moment, *, at: datetime) -> None:
    has_own = bool(wish.sealed) and wish.state == Reminder.State.ON
    words = Words(
        subject=said.subject,
        title=said.title,
        before=[said.more],
        link=f"{settings.PUBLIC_URL}{reverse('today:reminded') if has_own else said.path}",
        link_name=said.link_name,
        stop=stopping.link(wish.person_id, KIND),
    )
    letters.compose(
        words,
        to=wish.person.email or "",
        kind=KIND,
        key=queries.key_of(wish.person_id, moment.day),
        language=wish.person.language,
        person=wish.person_id,
        not_before=at,
        expires_at=moment.until,
    ).send()


def _note(wish: Reminder, said: _Said, moment: Moment, *, at: datetime) -> None:
    """One note for each device. They are one reminder: whichever is at hand shows it."""
    told = {"title": said.subject, "body": said.title, "tag": KIND, "open": said.path}
    if wish.sealed and wish.state == Reminder.State.ON and not wish.person.discreet:
        told["words"] = reverse("today:own-words")
    for device in devices.of(wish.person):
        one = delivery.Wish(
            channel=Due.Channel.PUSH,
            kind=KIND,
            key=f"{queries.key_of(wish.person_id, moment.day)} {device.id.hex}",
            receiver=device.id.hex,
            message=json.dumps(told, ensure_ascii=False).encode(),
            person=wish.person_id,
            not_before=at,
            expires_at=moment.until,
        )
        delivery.queue(one, at=at)
