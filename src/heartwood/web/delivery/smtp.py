"""One mail over SMTP, with an exact answer to the one question that matters: may it have gone out?

A mail has surely not gone out while its final dot was never sent, or when the
server answered the dot with 4xx or 5xx (RFC 5321, sections 3.3 and 4.2.5). It
has gone out on 250. Whatever else happens after the dot leaves it unknown.
"""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Literal

SECONDS_TO_CONNECT = 20
SECONDS_TO_ANSWER = 60
"""For each answer. Six are waited for in one mail, so an exchange ends within ten minutes."""

_ADDRESS = re.compile(r"[^\s<>\"'(),;:]+@[^\s<>\"'(),;:]+")
_EOL = re.compile(rb"\r\n|\r|\n")


class Verdict(Enum):
    """What is known of a mail after a try."""

    SENT = "sent"
    REFUSED = "refused"
    LATER = "later"
    NO_LINE = "no line"
    UNKNOWN = "unknown"
    UNWANTED = "unwanted"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Outcome:
    """words: the server's own, without addresses"""

    verdict: Verdict
    words: str = ""


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed over. `hello` is the name that we give ourselves."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    tls: Literal["starttls", "tls", "none"] = "starttls"
    hello: str = "localhost"
    seconds: float = SECONDS_TO_ANSWER


class NoLine(Exception):
    """The server could not be reached, or does not let us in. Its words, without addresses."""


class Line:
    """A connection over which mails go one after another. Use it as a context."""

    def __init__(self, server: MailServer) -> None:
        """Connect, encrypt and sign in. Raises NoLine."""
        self._server = server
        try:
            self._smtp = _connect(server)
        except (OSError, smtplib.SMTPException, UnicodeError) as error:
            raise NoLine(words_of(error)) from error

    def __enter__(self) -> Line:
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self._smtp.quit()
        except (OSError, smtplib.SMTPException):
            self._smtp.close()

    def send(self, receiver: str, message: bytes) -> Outcome:
        """Hand one mail over. A line that is no longer `is_open` afterwards is not to be used again."""
        if not receiver.isascii():
            return Outcome(Verdict.REFUSED, "This address holds signs that mail servers do not take.")
        try:
            refusal = self._offer(receiver)
            if refusal is None:
                self._write(message)
        except (OSError, smtplib.SMTPException) as error:
            self._smtp.close()
            return Outcome(Verdict.LATER, words_of(error))
        return refusal or self._close()

    @property
    def is_open(self) -> bool:
        return self._smtp.sock is not None

    def _offer(self, receiver: str) -> Outcome | None:
        """Everything before the message. None when the server wants the message."""
        smtp = self._smtp
        steps: list[tuple[Callable[[], tuple[int, bytes]], int]] = [
            (lambda: smtp.mail(self._server.sender), 2),
            (lambda: smtp.rcpt(receiver), 2),
            (lambda: smtp.docmd("DATA"), 3),
        ]
        for step, wanted in steps:
            code, words = step()
            if code // 100 != wanted:
                self._reset()
                return Outcome(Verdict.REFUSED if code // 100 == 5 else Verdict.LATER, _told(code, words))
        return None

    def _write(self, message: bytes) -> None:
        """The message without its final dot: until that is sent, no server may deliver it."""
        lines = _EOL.sub(b"\r\n", message)
        lines = re.sub(rb"(?m)^\.", b"..", lines)
        self._smtp.send(lines if lines.endswith(b"\r\n") else lines + b"\r\n")

    def _close(self) -> Outcome:
        """The final dot, and what the server says to it."""
        try:
            self._smtp.send(b".\r\n")
            code, words = self._smtp.getreply()
        except (OSError, smtplib.SMTPException, UnicodeError) as error:
            self._smtp.close()
            return Outcome(Verdict.UNKNOWN, words_of(error))
        verdict = {2: Verdict.SENT, 4: Verdict.LATER, 5: Verdict.REFUSED}.get(code // 100, Verdict.UNKNOWN)
        if verdict is Verdict.UNKNOWN:
            self._smtp.close()
        return Outcome(verdict, _told(code, words))

    def _reset(self) -> None:
        try:
            self._smtp.rset()
        except (OSError, smtplib.SMTPException):
            self._smtp.close()


def words_of(error: BaseException) -> str:
    """What went wrong, in the server's or the system's own words, without addresses."""
    if isinstance(error, smtplib.SMTPResponseException):
        return _told(error.smtp_code, error.smtp_error)
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        return "The mail server did not answer in time."
    if isinstance(error, OSError) and error.strerror:
        return _without_addresses(error.strerror)
    return _without_addresses(str(error) or type(error).__name__)


def _connect(server: MailServer) -> smtplib.SMTP:
    context = ssl.create_default_context()
    seconds = min(SECONDS_TO_CONNECT, server.seconds)
    if server.tls == "tls":
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, local_hostname=server.hello, timeout=seconds, context=context
        )
    else:
        smtp = smtplib.SMTP(server.host, server.port, local_hostname=server.hello, timeout=seconds)
    try:
        if server.tls == "starttls":
            smtp.starttls(context=context)
        smtp.ehlo_or_helo_if_needed()
        if server.user:
            smtp.login(server.user, server.password)
        if smtp.sock:
            smtp.sock.settimeout(server.seconds)
    except BaseException:
        smtp.close()
        raise
    return smtp


def _told(code: int, words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return _without_addresses(f"{code} {' '.join(text.split())}")


def _without_addresses(words: str) -> str:
    return _ADDRESS.sub("…@…", words)
