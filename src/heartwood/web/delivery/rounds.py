"""A round of one channel: due rows go out one by one, each marked before anybody outside hears of it."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol
from uuid import UUID

import structlog
from cryptography.fernet import InvalidToken
from django.utils import timezone

from heartwood.web.delivery import actions
from heartwood.web.delivery.models import Due
from heartwood.web.delivery.smtp import Outcome, Verdict
from heartwood.web.people import holdings

UNREADABLE = "The message could not be opened with this server's key."
GONE_QUIETLY = {Verdict.GONE: Due.State.UNWANTED}


class Carrier(Protocol):
    """Whoever hands a message over to the world outside."""

    def hand_over(self, receiver: str, message: bytes) -> Outcome: ...


def carry(identity: UUID, carrier: Carrier, *, by: str) -> bool:
    """Try one row. Returns False when there is no line, so that going on makes no sense."""
    row = actions.claim(identity, by=by, at=timezone.now())
    if row is None:
        return True
    if row.expires_at <= timezone.now():
        actions.end(row, Due.State.EXPIRED, at=timezone.now())
        return True
    outcome = _send_if_wanted(row, carrier)
    _note(row, outcome, at=timezone.now())
    return outcome.verdict is not Verdict.NO_LINE


def _send_if_wanted(row: Due, carrier: Carrier) -> Outcome:
    try:
        wanted = _is_wanted(row)
    except Exception as error:  # a room's fault before anything was sent costs no letter
        structlog.get_logger().error("not asked", kind=row.kind, why=type(error).__name__)
        return Outcome(Verdict.LATER)
    if not wanted:
        return Outcome(Verdict.UNWANTED)
    try:
        receiver, message = actions.unseal(row)
    except (InvalidToken, ValueError):
        return Outcome(Verdict.REFUSED, UNREADABLE)
    return carrier.hand_over(receiver, message)


def _is_wanted(row: Due) -> bool:
    """Every room is asked, just before: does it still apply?"""
    person = row.person
    if person is None:
        return True
    return all(holding.still_wanted(person, row.kind) for holding in holdings.all_holdings())


def _note(row: Due, outcome: Outcome, *, at: datetime) -> None:
    structlog.get_logger().info(
        row.channel, id=str(row.id), kind=row.kind, verdict=outcome.verdict.value, tries=row.tries
    )
    match outcome.verdict:
        case Verdict.LATER:
            actions.wait(row, answer=outcome.words, at=at)
        case Verdict.NO_LINE:
            actions.rest(row, answer=outcome.words, at=at)
        case verdict:
            actions.end(row, GONE_QUIETLY.get(verdict, verdict.value), answer=outcome.words, at=at)
