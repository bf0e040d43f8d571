"""How long until the server answers: at the very first start, and at every one after it."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from tests.journeys.conftest import Server, free_port

TIMES = 5


def figures() -> Iterator[str]:
    """Seconds from the command to the first 200 of /readyz, with everything installed."""
    with tempfile.TemporaryDirectory(prefix="hw-bench-") as folder:
        cold = [_seconds(Server(Path(folder) / f"cold{n}" / "data", free_port())) for n in range(3)]
        kept = Server(Path(folder) / "warm" / "data", free_port())
        _seconds(kept)
        warm = [_seconds(kept) for _ in range(TIMES)]
    yield f"starting             {median(warm) / median(cold):5.2f} of the first start's time for a later one"
    yield f"  first (keys, database, course, files)   {median(cold):5.2f} s   {_all(cold)}"
    yield f"  later                                   {median(warm):5.2f} s   {_all(warm)}"


def _seconds(server: Server) -> float:
    server.data.parent.mkdir(parents=True, exist_ok=True)
    began = time.perf_counter()
    server.start()
    passed = time.perf_counter() - began
    server.kill()
    return passed


def _all(times: list[float]) -> str:
    return "(" + ", ".join(f"{time:.2f}" for time in times) + ")"
