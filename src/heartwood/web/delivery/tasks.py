"""The post round: due rows go out one by one, each marked before it is sent."""

from __future__ import annotations

import threading
from contextlib import suppress
from datetime import datetime
from uuid import UUID

import structlog
from cryptography.fernet import InvalidToken
from django.conf import settings
from django.utils import timezone

from heartwood.web.delivery import actions, queries
from heartwood.web.delivery.models import Due
from heartwood.web.delivery.smtp import Line, MailServer, NoLine, Outcome, Verdict
from heartwood.web.people import holdings

UNREADABLE = "The message could not be opened with this server's key."


def begin(*, by: str, at: datetime) -> None:
    """At the start of a worker: whatever it was sending when it ended, nobody knows of."""
    _tell_unknown(actions.free_own(by=by, at=at))


def tidy(*, at: datetime) -> None:
    """Now and then: what hangs, what nobody needs any more, what ended long ago."""
    _tell_unknown(actions.free_old(at=at))
    actions.expire(at=at)
    actions.forget(at=at)


def drain(server: MailServer, *, by: str, stopped: threading.Event) -> bool:
    """Send what is due over one line. Returns whether there may be more at once."""
    if not server.host:
        return False
    waiting = queries.next_due(Due.Channel.MAIL, at=timezone.now())
    with Post(server, by=by) as post:
        for identity in waiting:
            if stopped.is_set() or not post.carry(identity):
                return False
    return bool(waiting)


class Post:
    """One worker's round. The line opens with the first mail and is opened anew when it broke."""

    def __init__(self, server: MailServer, *, by: str) -> None:
        self._server, self._by = server, by
        self._line: Line | None = None

    def __enter__(self) -> Post:
        return self

    def __exit__(self, *_: object) -> None:
        self._hang_up()

    def carry(self, identity: UUID) -> bool:
        """Try one row. Returns False when there is no line, so that going on makes no sense."""
        row = actions.claim(identity, by=self._by, at=timezone.now())
        if row is None:
            return True
        if row.expires_at <= timezone.now():
            actions.end(row, Due.State.EXPIRED, at=timezone.now())
            return True
        outcome = self._send_if_wanted(row)
        _note(row, outcome, at=timezone.now())
        return outcome.verdict is not Verdict.NO_LINE

    def _send_if_wanted(self, row: Due) -> Outcome:
        try:
            wanted = _is_wanted(row)
        except Exception as error:  # a room's fault before anything was sent costs no letter
            structlog.get_logger().error("not asked", kind=row.kind, why=type(error).__name__)
            return Outcome(Verdict.LATER)
        return self._send(row) if wanted else Outcome(Verdict.UNWANTED)

    def _send(self, row: Due) -> Outcome:
        try:
            receiver, message = actions.unseal(row)
        except (InvalidToken, ValueError):
            return Outcome(Verdict.REFUSED, UNREADABLE)
        try:
            line = self._open_line()
        except NoLine as refusal:
            return Outcome(Verdict.NO_LINE, str(refusal))
        outcome = line.send(receiver, message)
        if not line.is_open or outcome.verdict is Verdict.LATER:
            self._hang_up()
        return outcome

    def _open_line(self) -> Line:
        self._line = self._line or Line(self._server)
        return self._line

    def _hang_up(self) -> None:
        line, self._line = self._line, None
        if line:
            with suppress(OSError), line:
                pass


def worker_name() -> str:
    """This server's own name among workers, the same after each start."""
    import socket

    name: str = settings.SECRETS.fingerprint("worker", socket.gethostname(), str(settings.DATA))
    return name


def _is_wanted(row: Due) -> bool:
    """Every room is asked, just before: does it still apply?"""
    person = row.person
    if person is None:
        return True
    return all(holding.still_wanted(person, row.kind) for holding in holdings.all_holdings())


def _note(row: Due, outcome: Outcome, *, at: datetime) -> None:
    structlog.get_logger().info(
        "mail", id=str(row.id), kind=row.kind, verdict=outcome.verdict.value, tries=row.tries
    )
    match outcome.verdict:
        case Verdict.LATER:
            actions.wait(row, answer=outcome.words, at=at)
        case Verdict.NO_LINE:
            actions.rest(row, answer=outcome.words, at=at)
        case verdict:
            actions.end(row, verdict.value, answer=outcome.words, at=at)


def _tell_unknown(count: int) -> None:
    if count:
        structlog.get_logger().warning("mail of unknown fate", count=count)
