"""Where the processor's time of one request goes, package by package: a page of Today and a stored sitting.

The requests run inside this process, by Django's own client, without network or server,
so that what is left is the application's work. The profiler makes all of it slower: the
shares count, not the sum.
"""

from __future__ import annotations

import cProfile
import json
import os
import pstats
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from uuid import UUID

from bench.house import House
from bench.machine import ROOT

TIMES = 300
SHOWN = 8
WHEN = 1_764_000_000_000


def figures(measured: House) -> Iterator[str]:
    """In a child process, which opens the house's own data folder beside the running server."""
    asked = [measured.cookies, measured.player.attribute("data-rendering"), measured.server.url]
    done = subprocess.run(
        [sys.executable, "-m", "bench.profile", *asked],
        cwd=ROOT, capture_output=True, text=True, check=True,
        env={
            **os.environ, **measured.server.environment, "PYTHONPATH": str(ROOT / "src"),
            "HEARTWOOD_DATA": str(measured.server.data), "HEARTWOOD_URL": measured.server.url,
            "DJANGO_SETTINGS_MODULE": "heartwood.web.project.settings",
        },
    )  # fmt: skip
    yield "profile of one request, own time by package"
    yield from done.stdout.splitlines()


def main(cookies: str, rendering: str, url: str) -> int:
    import django

    django.setup()
    from django.test import Client

    client = Client(headers={"cookie": cookies, "host": url.removeprefix("http://")})
    rng = Random("profile")

    def today() -> None:
        assert client.get("/today/").status_code == 200

    def sitting() -> None:
        body = {"rendering": rendering, "events": [
            {"id": _new_id(rng), "sequence": 0, "kind": "started", "position_ms": 0, "wall_ms": WHEN}
        ]}  # fmt: skip
        where = f"/api/sittings/{_new_id(rng)}/events"
        assert client.post(where, json.dumps(body), content_type="application/json").status_code == 200

    for name, act in {"Today": today, "a new sitting": sitting}.items():
        print(f"  {name:<14} {told(act)}")
    return 0


def told(act: Callable[[], None]) -> str:
    """The packages that take most of the time, with their hundredths."""
    act()
    profile = cProfile.Profile()
    profile.enable()
    for _ in range(TIMES):
        act()
    profile.disable()
    own: Counter[str] = Counter()
    for (file, _, name), (_, _, seconds, _, _) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        own[package(file, name)] += seconds
    whole = sum(own.values())
    return ", ".join(f"{who} {100 * seconds / whole:.0f} %" for who, seconds in own.most_common(SHOWN))


def package(file: str, name: str) -> str:
    """The package a profiled function belongs to: two levels of Django, one of all others."""
    if file == "~":
        return "sqlite3" if "sqlite3" in name else "C functions"
    parts = Path(file).parts
    if "site-packages" in parts:
        inside = parts[parts.index("site-packages") + 1 :]
        return ".".join(inside[:2]) if inside[0] == "django" else inside[0]
    return "heartwood" if "heartwood" in parts and "src" in parts else "Python's library"


def _new_id(rng: Random) -> str:
    return str(UUID(int=rng.getrandbits(128), version=4))


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
