"""Vouching for help lines, and keeping what somebody says of a week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from heartwood.web.care.models import Confirmation, SelfCheck, WeekAnswer
from heartwood.web.care.queries import HelpLine
from heartwood.web.kit import audit
from heartwood.web.people.models import User


@transaction.atomic
def confirm(line: HelpLine, *, by: User, at: datetime) -> Confirmation:
    """Show this line to people from now on. Confirming again changes neither name nor time."""
    confirmation, is_new = Confirmation.objects.get_or_create(
        fingerprint=line.fingerprint, defaults={"by": by, "at": at}
    )
    if is_new:
        audit.record("confirmed", subject=("help line", confirmation.id), by=by.id, at=at)
    return confirmation


@transaction.atomic
def withdraw(line: HelpLine, *, by: User, at: datetime) -> None:
    """Show this line to nobody any more."""
    for confirmation in Confirmation.objects.select_for_update().filter(fingerprint=line.fingerprint):
        audit.record("withdrawn", subject=("help line", confirmation.id), by=by.id, at=at)
        confirmation.delete()


@transaction.atomic
def answer_week(
    person: User, *, path: UUID, week: int, since: date, difficult: str, lasting: str, at: datetime
) -> WeekAnswer:
    """Keep what somebody said of a week; said again, the later word holds. Both empty: it was left out."""
    answer, _ = WeekAnswer.objects.update_or_create(
        person=person,
        path=path,
        week=week,
        since=since,
        defaults={"difficult": difficult, "lasting": lasting, "at": at},
    )
    return answer


@transaction.atomic
def keep_self_check(
    person: User, *, path: UUID, week: int, ticked: Sequence[str], leads: str, at: datetime
) -> SelfCheck:
    """Keep a self-check because its person wished it; kept again, the later one holds."""
    kept, _ = SelfCheck.objects.update_or_create(
        person=person,
        path=path,
        week=week,
        defaults={"ticked": list(ticked), "leads": leads, "at": at},
    )
    return kept


def let_go_of_self_check(person: User, *, path: UUID, week: int) -> None:
    """Keep it no longer."""
    SelfCheck.objects.filter(person=person, path=path, week=week).delete()


def erase(person: User, *, at: datetime) -> None:
    """Answers and self-checks go. A confirmation outlives who gave it, without their name."""
    WeekAnswer.objects.filter(person=person).delete()
    SelfCheck.objects.filter(person=person).delete()
