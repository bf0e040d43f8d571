"""The line between a browser and its server, which can be cut in the middle of a message."""

from __future__ import annotations

import select
import socket
import struct
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random

SENDS = (b"POST /api/", b"PUT /api/")
LONGEST_REQUEST, LONGEST_ANSWER = 700, 300
"""Less than the heads of a request and of an answer alone, so that what is to be cut is cut."""

EACH_PASSES = 5
HANG_UP = struct.pack("ii", 1, 0)


@dataclass
class Wire:
    """Carries every byte, and cuts so many of the exchanges in which a device sends something.

    Four in five of them are cut until there were `cuts`: about half amid the request, from before its
    first byte on, and half amid the answer, when the server has already stored what came. A service worker's
    requests pass here too; Playwright's own ways of holding a request back do not see them.
    """

    to: int
    chance: Random
    cuts: int = 0
    done: int = 0
    exchanges: int = 0
    port: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._listens = socket.create_server(("127.0.0.1", 0))
        self.port = self._listens.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def close(self) -> None:
        self._listens.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listens.accept()
                threading.Thread(target=self._carry, args=[client], daemon=True).start()

    def _carry(self, client: socket.socket) -> None:
        """One connection, until either end or a cut ends it. Without a server it ends at once."""
        with suppress(OSError), client, socket.create_connection(("127.0.0.1", self.to)) as server:
            left: dict[socket.socket, int] = {}
            while True:
                for end in select.select([client, server], [], [])[0]:
                    some = end.recv(65536)
                    if not some:
                        return
                    if end is client and some.startswith(SENDS):
                        left = self._drawn(client, server)
                    passed = some[: left.get(end, len(some))]
                    (server if end is client else client).sendall(passed)
                    if end in left:
                        left[end] -= len(passed)
                    if len(passed) < len(some):
                        self.done += 1
                        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, HANG_UP)
                        return

    def _drawn(self, client: socket.socket, server: socket.socket) -> dict[socket.socket, int]:
        """After how many bytes of which end this exchange is cut; nothing for one that passes."""
        with self._lock:
            self.exchanges += 1
            if self.done >= self.cuts or self.exchanges % EACH_PASSES == 0:
                return {}
            if self.chance.random() < 0.5:
                return {client: self.chance.randrange(LONGEST_REQUEST)}
            return {server: self.chance.randrange(LONGEST_ANSWER)}
