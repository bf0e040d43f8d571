"""A load generator: so many clients, each with one kept connection and one request under way.

One process with one loop over raw sockets, so that it costs little beside the
server on the same machine; what it cost is part of its result.
"""

from __future__ import annotations

import selectors
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from bench.house import cpu_seconds
from tests.journeys.conftest import Server

READ_AT_ONCE = 262_144


@dataclass
class Load:
    """What came of it. Times in seconds."""

    seconds: float = 0.0
    own_cpu_seconds: float = 0.0
    server_cpu_seconds: float = 0.0
    times: list[float] = field(default_factory=list)
    refused: list[bytes] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        return len(self.times) / self.seconds

    @property
    def told(self) -> str:
        """Rate, waiting, and the processor time of one request: the server's and the generator's."""
        server, own = (1000 * s / len(self.times) for s in (self.server_cpu_seconds, self.own_cpu_seconds))
        return (
            f"{self.per_second:5.0f}/s   p50 {self.percentile_ms(50):6.1f} ms   "
            f"p99 {self.percentile_ms(99):6.1f} ms   processor {server:.1f} ms (generator {own:.2f})"
        )

    def percentile_ms(self, percent: float) -> float:
        ordered = sorted(self.times)
        return 1000 * ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


class _Client:
    """One connection with one request under way."""

    def __init__(self, port: int, requests: Iterator[bytes]) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._requests = requests
        self._received = b""
        self._began = 0.0

    def ask(self) -> None:
        request = next(self._requests)
        self._began = time.perf_counter()
        self.socket.sendall(request)

    def hear(self) -> bytes | None:
        """The whole answer, or None while a part of it is still to come."""
        arrived = self.socket.recv(READ_AT_ONCE)
        if not arrived:
            raise ConnectionError("the server closed the connection")
        self._received += arrived
        head, blank, body = self._received.partition(b"\r\n\r\n")
        if not blank or len(body) < _length(head):
            return None
        answer, self._received = self._received, b""
        return answer

    @property
    def waited(self) -> float:
        return time.perf_counter() - self._began


def _length(head: bytes) -> int:
    lines = (line.partition(b":") for line in head.lower().split(b"\r\n"))
    return next((int(value) for name, _, value in lines if name == b"content-length"), 0)


def load(
    server: Server,
    *,
    clients: int,
    seconds: float,
    requests: Callable[[int], Iterator[bytes]],
    warm_up: float = 1.0,
) -> Load:
    """Ask again and again for so many seconds; what `warm_up` seconds bring is left out.

    requests  the requests of one client, without end, by the client's number
    """
    outcome, choice = Load(), selectors.DefaultSelector()
    for number in range(clients):
        client = _Client(server.port, requests(number))
        choice.register(client.socket, selectors.EVENT_READ, client)
        client.ask()
    _listen(choice, Load(), until=time.perf_counter() + warm_up)
    began, own, its = time.perf_counter(), time.process_time(), cpu_seconds(server)
    _listen(choice, outcome, until=began + seconds)
    outcome.seconds, outcome.own_cpu_seconds = time.perf_counter() - began, time.process_time() - own
    outcome.server_cpu_seconds = cpu_seconds(server) - its
    for key in list(choice.get_map().values()):
        key.data.socket.close()
    return outcome


def _listen(choice: selectors.BaseSelector, outcome: Load, *, until: float) -> None:
    while time.perf_counter() < until:
        for key, _ in choice.select(timeout=0.5):
            client: _Client = key.data
            answer = client.hear()
            if answer is None:
                continue
            outcome.times.append(client.waited)
            if b" 200 " not in answer[:20]:
                outcome.refused.append(answer[:400])
            client.ask()


def request(method: str, path: str, *, body: bytes = b"", **headers: str) -> bytes:
    """One HTTP request as bytes, on a kept connection. Header names take _ for -."""
    told = {"Host": "localhost", "Accept-Encoding": "gzip, br", **headers}
    if body:
        told["Content-Length"] = str(len(body))
    lines = [f"{method} {path} HTTP/1.1", *(f"{n.replace('_', '-')}: {v}" for n, v in told.items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body
