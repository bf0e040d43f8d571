"""What the workers do about what is due out: two rounds, one over SMTP and one to push services."""

from __future__ import annotations

import threading
from contextlib import suppress
from datetime import datetime

import structlog
from django.conf import settings
from django.utils import timezone

from heartwood.errors import SetupError
from heartwood.web.delivery import actions, devices, push, queries, rounds
from heartwood.web.delivery.models import Due
from heartwood.web.delivery.push import Sender
from heartwood.web.delivery.smtp import Line, MailServer, NoLine, Outcome, Verdict


def begin(*, by: str, at: datetime) -> None:
    """At the start of a worker: whatever it was sending when it ended, nobody knows of."""
    _tell_unknown(actions.free_own(by=by, at=at))


def tidy(*, at: datetime) -> None:
    """Now and then: what hangs, what nobody needs any more, what ended long ago."""
    _tell_unknown(actions.free_old(at=at))
    actions.expire(at=at)
    actions.forget(at=at)


def drain(server: MailServer, *, by: str, stopped: threading.Event) -> bool:
    """Send the mails that are due over one line. Returns whether there may be more at once."""
    if not server.host:
        return False
    waiting = queries.next_due(Due.Channel.MAIL, at=timezone.now())
    with Post(server) as post:
        for identity in waiting:
            if stopped.is_set() or not rounds.carry(identity, post, by=by):
                return False
    return bool(waiting)


def drain_push(sender: Sender, *, by: str, stopped: threading.Event) -> bool:
    """Send what is due to devices, each to its push service. Returns whether there may be more at once."""
    waiting = queries.next_due(Due.Channel.PUSH, at=timezone.now())
    for identity in waiting:
        if stopped.is_set():
            return False
        rounds.carry(identity, Pushes(sender), by=by)
    return bool(waiting)


class Post:
    """One worker's round of mail. The line opens with the first mail and is opened anew when it broke."""

    def __init__(self, server: MailServer) -> None:
        self._server = server
        self._line: Line | None = None

    def __enter__(self) -> Post:
        return self

    def __exit__(self, *_: object) -> None:
        self._hang_up()

    def hand_over(self, receiver: str, message: bytes) -> Outcome:
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


class Pushes:
    """One worker's round to devices. A device that is gone is let go of, and nobody is troubled with it."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender

    def hand_over(self, receiver: str, message: bytes) -> Outcome:
        try:
            browser = devices.browser_of(receiver)
        except SetupError:
            return Outcome(Verdict.REFUSED, rounds.UNREADABLE)
        if browser is None:
            return Outcome(Verdict.GONE)
        outcome = push.send(message, browser, self._sender, at=timezone.now())
        if outcome.verdict is Verdict.GONE:
            devices.forget(receiver)
        return outcome


def worker_name(*, of: str = "") -> str:
    """This server's own name among workers, the same after each start; `of` tells its threads apart."""
    import socket

    name: str = settings.SECRETS.fingerprint(
        "worker", socket.gethostname(), str(settings.DATA), *filter(None, [of])
    )
    return name


def _tell_unknown(count: int) -> None:
    if count:
        structlog.get_logger().warning("mail of unknown fate", count=count)
