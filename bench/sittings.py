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
from pathlib import Path
from random import Random
from uuid import UUID

from bench.house import House, house
from bench.load import load, request
from tests.cluster import programs, throw_away_cluster

AIM = 1000
CLIENTS = 8
SECONDS = 8.0
RAW_SECONDS = 3.0


def figures() -> Iterator[str]:
    with house() as measured:
        yield from _of("SQLite", measured, raw=_sqlite_alone(measured.server.data))
    if not programs():
        yield "sittings, PostgreSQL not measured: it is not installed here"
        return
    with throw_away_cluster() as address, house(HEARTWOOD_DATABASE_URL=address) as measured:
        yield from _of("PostgreSQL", measured, raw=_postgresql_alone(address))


def _of(name: str, measured: House, *, raw: float) -> Iterator[str]:
    rows, best = [], 0.0
    kinds = {"new sittings of one observation": _new_sittings, "observations of sittings open": _observations}
    for kind, requests in kinds.items():
        done = load(
            measured.server.port,
            clients=CLIENTS,
            seconds=SECONDS,
            requests=lambda number, made=requests: made(measured, Random(f"{made.__name__} {number}")),
        )
        assert not done.refused, done.refused[0]
        best = best or done.per_second
        rows.append(
            f"  {kind:<32} {done.per_second:6.0f}/s   p50 {done.percentile_ms(50):6.1f} ms   "
            f"p99 {done.percentile_ms(99):6.1f} ms   (generator {done.own_cost_ms:.2f} ms a request)"
        )
    yield f"sittings, {name:<10} {best / AIM:5.2f} × the aim of {AIM}/s, {best / raw:.2f} × its raw rate"
    yield from rows
    yield f"  {'raw: one row, one commit':<32} {raw:6.0f}/s"


def _new_sittings(measured: House, rng: Random) -> Iterator[bytes]:
    """Each request a sitting of its own."""
    while True:
        yield _request(measured, _new_id(rng), [_observation(rng, sequence=0)])


def _observations(measured: House, rng: Random) -> Iterator[bytes]:
    """Sittings of nineteen observations, sent one by one as a player does."""
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
