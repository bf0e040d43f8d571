"""The letters of reminders. They say nothing of the person, since a mail server reads them."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from heartwood.curriculum.reminding import Moment
from heartwood.web.delivery import stopping
from heartwood.web.kit import letters
from heartwood.web.kit.letters import Words
from heartwood.web.today.reminders import queries
from heartwood.web.today.reminders.models import KIND, Reminder


def remind(wish: Reminder, moment: Moment, *, at: datetime) -> None:
    """Have it sent while it is of use."""
    page = "today:reminded" if wish.sealed else "today:today"
    with translation.override(wish.person.language):
        words = Words(
            subject=_("A reminder"),
            title=_("The moment you wished for"),
            before=[
                _("You asked to be reminded about now. If it suits you, a practice is ready. "
                  "If it does not, the day is good without one.")
            ],
            link=f"{settings.PUBLIC_URL}{reverse(page)}",
            link_name=_("Open it"),
            stop=stopping.link(wish.person_id, KIND),
        )  # fmt: skip
    _send(wish, words, moment, at=at)


def ask(wish: Reminder, moment: Moment, *, at: datetime) -> None:
    """Once, whether reminders shall go on."""
    with translation.override(wish.person.language):
        words = Words(
            subject=_("A question about your reminders"),
            title=_("Shall the reminders go on?"),
            before=[
                _("Perhaps they come at a time that does not fit. You can keep them, choose another time, or "
                  "let them rest. Until you choose, no more are sent.")
            ],
            link=f"{settings.PUBLIC_URL}{reverse('today:reminders')}",
            link_name=_("Choose"),
            stop=stopping.link(wish.person_id, KIND),
        )  # fmt: skip
    _send(wish, words, moment, at=at)


def _send(wish: Reminder, words: Words, moment: Moment, *, at: datetime) -> None:
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
