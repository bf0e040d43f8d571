"""A mail server of the tests' own, over a real socket: it takes, refuses, puts off, hangs up or says nothing.

Standard library only, and nothing of Heartwood's own code. Its log is the truth about what went out.
"""

from __future__ import annotations

import re
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

MESSAGE_ID = re.compile(rb"^message-id:\s*(\S+)", re.I | re.M)


class Mood(Enum):
    """What is done with one mail."""

    TAKES = "takes it"
    GREETS_WITH_421 = "greets with 421"
    REFUSES_SENDER = "553 to MAIL"
    REFUSES_RECEIVER = "550 to RCPT"
    GREYLISTS = "451 to RCPT"
    PUTS_OFF_DATA = "451 to DATA"
    HANGS_UP_BEFORE_THE_DOT = "hangs up while the message comes"
    TAKES_AND_HANGS_UP = "takes it and hangs up without a word"
    HANGS_UP_AFTER_THE_DOT = "hangs up after the dot and takes nothing"
    TAKES_AND_SAYS_NOTHING = "takes it and never answers"
    PUTS_OFF_AFTER_THE_DOT = "451 to the message"
    REFUSES_AFTER_THE_DOT = "554 to the message"


@dataclass(frozen=True)
class Taken:
    """One mail that this server is now responsible for."""

    receiver: str
    message_id: str
    content: bytes


class PostOffice:
    """Listens on a free port. `mood` is asked before each greeting and each mail.

    log  a file to which the id of each mail is written before it is acknowledged, or None
    """

    def __init__(self, mood: Callable[[], Mood] = lambda: Mood.TAKES, *, log: Path | None = None) -> None:
        self.mood, self._log = mood, log
        self.taken: list[Taken] = []
        self.connections = 0
        self._writing = threading.Lock()
        self.closing = threading.Event()
        self._server = _Server(("127.0.0.1", 0), _Conversation)
        self._server.office = self

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    def open(self) -> None:
        threading.Thread(target=self._server.serve_forever, args=[0.05], daemon=True).start()

    def close(self) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()

    def take(self, receiver: str, content: bytes) -> None:
        found = MESSAGE_ID.search(content)
        taken = Taken(receiver, found[1].decode() if found else "", content)
        with self._writing:
            self.taken.append(taken)
            if self._log:
                with self._log.open("a") as log:
                    log.write(f"{taken.message_id}\n")


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64
    office: PostOffice


class _Conversation(socketserver.StreamRequestHandler):
    """One connection, in the words of RFC 5321."""

    server: _Server

    def handle(self) -> None:
        office = self.server.office
        office.connections += 1
        self._mood, self._receiver, self._mails = office.mood(), "", 0
        try:
            if self._mood is Mood.GREETS_WITH_421:
                self._say("421 4.3.2 try another time")
                return
            self._say("220 post office of the tests")
            while self._answer(self.rfile.readline()):
                pass
        except OSError:
            pass

    def _answer(self, line: bytes) -> bool:
        """Answer one command. Returns whether the conversation goes on."""
        verb = line[:4].upper().strip()
        if verb in {b"", b"QUIT"}:
            return bool(verb) and self._say("221 bye") is not None
        if verb == b"RCPT":
            self._receiver = line.split(b"<")[1].split(b">")[0].decode()
            put_off = {Mood.REFUSES_RECEIVER: f"550 5.1.1 <{self._receiver}> is unknown here",
                       Mood.GREYLISTS: "451 4.7.1 greylisted, come again"}  # fmt: skip
            self._say(put_off.get(self._mood, "250 ok"))
        elif verb == b"MAIL":
            self._mood = self.server.office.mood() if self._mails else self._mood
            self._mails += 1
            self._say("553 5.1.8 not from you" if self._mood is Mood.REFUSES_SENDER else "250 ok")
        elif verb == b"DATA":
            return self._data()
        else:
            self._say("250 ok")
        return True

    def _data(self) -> bool:
        if self._mood is Mood.PUTS_OFF_DATA:
            self._say("451 4.3.0 not now")
            return True
        self._say("354 go on")
        if self._mood is Mood.HANGS_UP_BEFORE_THE_DOT:
            self.rfile.readline()
            return False
        content = bytearray()
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return False
            content += line[1:] if line.startswith(b".") else line
        return self._decide(bytes(content))

    def _decide(self, content: bytes) -> bool:
        office, mood = self.server.office, self._mood
        put_off = {Mood.PUTS_OFF_AFTER_THE_DOT: "451 4.3.1 disk full",
                   Mood.REFUSES_AFTER_THE_DOT: "554 5.7.1 looks like spam"}  # fmt: skip
        if mood in put_off:
            self._say(put_off[mood])
            return True
        if mood is Mood.HANGS_UP_AFTER_THE_DOT:
            return False
        office.take(self._receiver, content)
        if mood is Mood.TAKES_AND_SAYS_NOTHING:
            office.closing.wait(60)
        if mood in {Mood.TAKES_AND_HANGS_UP, Mood.TAKES_AND_SAYS_NOTHING}:
            return False
        self._say("250 2.0.0 taken")
        return True

    def _say(self, words: str) -> str:
        self.wfile.write(f"{words}\r\n".encode())
        return words


@contextmanager
def post_office(mood: Callable[[], Mood] = lambda: Mood.TAKES, **more: Path | None) -> Iterator[PostOffice]:
    office = PostOffice(mood, **more)
    office.open()
    try:
        yield office
    finally:
        office.close()
