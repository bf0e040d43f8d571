"""Many at once: the same call from several threads, each with a connection of its own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connections

Answer = TypeVar("Answer")


def at_once(times: int, call: Callable[[int], Answer]) -> list[Answer]:
    """The answers of `call(0)` to `call(times - 1)`, all begun in the same moment."""
    start = Barrier(times)

    def alone(number: int) -> Answer:
        start.wait()
        try:
            return call(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(alone, range(times)))
