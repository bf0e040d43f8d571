"""How many sittings a second are stored, durably and once, beside what the database itself can do.

The database's own rate is one row and one commit at a time, by its own library,
with the settings the server uses, in the same run and on the same disk.
"""

from __future__ import annotations

import json
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from random import Random
from uuid import UUID

from bench.house import House
from bench.load import load, request

AIM = 1000
CLIENTS = 8
SECONDS = 8.0
RAW_SECONDS = 3.0


def figures(measured: House) -> Iterator[str]:
    """On the database that the measured house has: SQLite, or PostgreSQL at its address."""
    address = measured.server.environment.get("HEARTWOOD_DATABASE_URL", "")
    raw = _postgresql_alone(address) if address else _sqlite_alone(measured.server.data)
    new, more = (
        load(measured.server, clients=CLIENTS, seconds=SECONDS, requests=partial(made, measured))
        for made in (_new_sittings, _observations)
    )
    assert not new.refused + more.refused, (new.refused + more.refused)[0]
    yield (
        f"sittings, {'PostgreSQL' if address else 'SQLite':<10} {new.per_second / raw:5.2f} × its raw rate, "
        f"{new.per_second / AIM:.2f} × the aim of {AIM}/s"
    )
    yield f"  new, one observation each      {new.told}"
    yield f"  19 observations, one by one    {more.told}"
    yield f"  raw: one row, one commit       {raw:6.0f}/s"


def _new_sittings(measured: House, client: int) -> Iterator[bytes]:
    """Each request a sitting of its own."""
    rng = Random(f"new {client}")
    while True:
        yield _request(measured, _new_id(rng), [_observation(rng, sequence=0)])


def _observations(measured: House, client: int) -> Iterator[bytes]:
    """Sittings of nineteen observations, sent one by one as a player does."""
    rng = Random(f"observations {client}")
    while True:
        sitting = _new_id(rng)
        for sequence in range(19):
            yield _request(measured, sitting, [_observation(rng, sequence=sequence)])


def _observation(rng: Random, *, sequence: int) -> dict[str, object]:
    kind = "advanced" if sequence else "started"
    wall_ms = time.time_ns() // 1_000_000
    return {
        "id": _new_id(rng),
        "sequence": sequence,
        "kind": kind,
        "position_ms": 9_000 * sequence,
        "wall_ms": wall_ms,
    }


def _request(measured: House, sitting: str, events: list[dict[str, object]]) -> bytes:
    body = json.dumps({"rendering": measured.player.attribute("data-rendering"), "events": events}).encode()
    return request(
        "POST",
        f"/api/sittings/{sitting}/events",
        body=body,
        Cookie=measured.cookies,
        Content_Type="application/json",
        X_CSRFToken=measured.player.attribute("data-token"),
    )


def _new_id(rng: Random) -> str:
    bits = rng.getrandbits(74)
    milliseconds = time.time_ns() // 1_000_000
    return str(UUID(int=milliseconds << 80 | 7 << 76 | bits >> 62 << 64 | 2 << 62 | bits & (1 << 62) - 1))


def _sqlite_alone(beside: Path) -> float:
    """Rows a second with the server's own settings, on the disk of its data folder."""
    with (
        tempfile.TemporaryDirectory(dir=beside) as folder,
        closing(sqlite3.connect(Path(folder) / "raw.sqlite3", isolation_level=None)) as raw,
    ):
        raw.execute("PRAGMA journal_mode=WAL")
        raw.execute("PRAGMA synchronous=FULL")
        raw.execute("PRAGMA secure_delete=ON")
        raw.execute("CREATE TABLE raw (id TEXT PRIMARY KEY, words TEXT)")
        return _rate(lambda row: raw.execute("INSERT INTO raw VALUES (?, ?)", row))


def _postgresql_alone(address: str) -> float:
    import psycopg

    with psycopg.connect(address, autocommit=True) as raw:
        raw.execute("CREATE TABLE raw (id TEXT PRIMARY KEY, words TEXT)")
        return _rate(lambda row: raw.execute("INSERT INTO raw VALUES (%s, %s)", row))


def _rate(insert: Callable[[tuple[str, str]], object]) -> float:
    rng, rows, began = Random(1), 0, time.perf_counter()
    while time.perf_counter() < began + RAW_SECONDS:
        insert((_new_id(rng), "x" * 100))
        rows += 1
    return rows / (time.perf_counter() - began)
