"""How many Today pages a second, and how long one person waits for theirs."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import repeat

from bench.house import House
from bench.load import load, request

AIM = 600
CLIENTS = (1, 8, 32)
SECONDS = 8.0


def figures(measured: House) -> Iterator[str]:
    asked = request("GET", "/today/", Cookie=measured.cookies)
    done = {
        clients: load(measured.server, clients=clients, seconds=SECONDS, requests=lambda _: repeat(asked))
        for clients in CLIENTS
    }
    refused = [answer for one in done.values() for answer in one.refused]
    assert not refused, refused[0]
    best = max(one.per_second for one in done.values())
    yield f"Today                {best / AIM:5.2f} × the aim of {AIM}/s"
    for clients, one in done.items():
        yield f"  {clients:2} clients  {one.told}"
