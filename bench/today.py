"""How many Today pages a second, and how long one person waits for theirs."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import repeat

from bench.house import House, house
from bench.load import load, request

AIM = 600
SECONDS = 8.0


def figures() -> Iterator[str]:
    with house() as measured:
        yield from of(measured)


def of(measured: House, path: str = "/today/") -> Iterator[str]:
    asked = request("GET", path, Cookie=measured.cookies)
    best = 0.0
    rows = []
    for clients in (1, 8, 32):
        done = load(measured.server.port, clients=clients, seconds=SECONDS, requests=lambda _: repeat(asked))
        assert not done.refused, done.refused[0]
        best = max(best, done.per_second)
        rows.append(
            f"  {clients:2} clients  {done.per_second:6.0f}/s   p50 {done.percentile_ms(50):6.1f} ms   "
            f"p99 {done.percentile_ms(99):6.1f} ms   (generator {done.own_cost_ms:.2f} ms a request)"
        )
    yield f"Today                {best / AIM:5.2f} × the aim of {AIM}/s"
    yield from rows
