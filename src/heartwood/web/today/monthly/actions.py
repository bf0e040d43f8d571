"""To want a letter a month, to want it no more, and to have one sent on its day."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from heartwood.curriculum import Text
from heartwood.curriculum.monthly import OF_USE, letter_at
from heartwood.web.delivery import actions as delivery
from heartwood.web.delivery import stopping
from heartwood.web.kit import letters
from heartwood.web.kit.letters import Words
from heartwood.web.people.days import today_of
from heartwood.web.people.models import User
from heartwood.web.today.monthly import queries
from heartwood.web.today.monthly.models import KIND, MonthlyWish


@transaction.atomic
def wish(person: User, *, at: datetime) -> None:
    """Have the letters sent from now on, the first in a month. Wished already, they stay as they are."""
    first = today_of(person, at=at)
    anew = {"first": first, "number": 1, "next_at": letter_at(first, 1, zone=person.zone.key)}
    wished, _is_new = MonthlyWish.objects.select_for_update().get_or_create(person=person, defaults=anew)
    if wished.next_at is None:
        MonthlyWish.objects.filter(person=person).update(**anew)
    delivery.resume(person, KIND)


def stop(person: User) -> None:
    """No more of them."""
    MonthlyWish.objects.filter(person=person).delete()


@transaction.atomic
def decide(person: UUID, *, at: datetime) -> None:
    """Somebody's letter is due: send it, or leave it out when it is late by days; then the next one.

    Whoever has flown on since waits for the morning where they are.
    """
    wishes = MonthlyWish.objects.select_for_update(of=("self",)).select_related("person")
    wished = wishes.filter(person=person).first()
    if wished is None or wished.next_at is None or wished.next_at > at:
        return
    texts = queries.letters_for(wished.person)
    due_at = _due(wished)
    if due_at > at:
        wished.next_at = due_at
        wished.save(update_fields=["next_at"])
        return
    until = due_at + OF_USE
    if wished.number <= len(texts) and at < until:
        _send(wished, texts[wished.number - 1], at=at, until=until)
    wished.number += 1
    wished.next_at = _due(wished) if wished.number <= len(texts) else None
    wished.save(update_fields=["number", "next_at"])


def _due(wished: MonthlyWish) -> datetime:
    """By the clock where they live now."""
    return letter_at(wished.first, wished.number, zone=wished.person.zone.key)


def _send(wished: MonthlyWish, text: Text, *, at: datetime, until: datetime) -> None:
    person = wished.person
    with translation.override(person.language):
        words = Words(
            subject=_("A letter, as you wished"),
            title=text.title,
            before=text.markdown.split("\n\n"),
            link=f"{settings.PUBLIC_URL}{reverse('today:shelf')}",
            link_name=_("All practices"),
            stop=stopping.link(person.id, KIND),
        )
    letters.compose(
        words,
        to=person.email or "",
        kind=KIND,
        key=f"monthly {person.id.hex} {wished.first.isoformat()} {wished.number}",
        language=person.language,
        person=person.id,
        not_before=at,
        expires_at=until,
    ).send()
