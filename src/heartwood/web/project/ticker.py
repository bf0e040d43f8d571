"""What the server does by itself: a thread that looks, again and again, for what is due.

It keeps no state. Everything due is a row, so a ticker that is killed loses nothing.
"""

from __future__ import annotations

import atexit
import threading
from datetime import timedelta

import structlog
from django.db import close_old_connections
from django.utils import timezone

from heartwood.web.kit import once
from heartwood.web.library import tasks

SECONDS_BETWEEN = 0.5
PAGES_ARE_OPEN_FOR = timedelta(days=30)
SECONDS_BETWEEN_TIDYING = 3600


class Ticker(threading.Thread):
    """Drains due rows until it is stopped. Stopping ends a child that is being waited for."""

    def __init__(self) -> None:
        super().__init__(name="ticker", daemon=True)
        self._stopped = threading.Event()

    def run(self) -> None:
        ticks_to_tidying = 0
        while not self._stopped.is_set():
            worked = self._tick()
            if ticks_to_tidying == 0:
                self._tidy()
                ticks_to_tidying = int(SECONDS_BETWEEN_TIDYING / SECONDS_BETWEEN)
            ticks_to_tidying -= 1
            if not worked:
                self._stopped.wait(SECONDS_BETWEEN)

    def stop(self) -> None:
        self._stopped.set()
        self.join(timeout=3)

    def _tick(self) -> bool:
        """One piece of work; a failure is written down and never ends the thread."""
        try:
            close_old_connections()
            drained = tasks.drain(at=timezone.now(), stopped=self._stopped)
            return drained or tasks.speak(stopped=self._stopped)
        except Exception as error:
            structlog.get_logger().error("tick failed", why=type(error).__name__)
            return False

    def _tidy(self) -> None:
        once.forget(before=timezone.now() - PAGES_ARE_OPEN_FOR)


def start() -> Ticker:
    """Start the ticker of this process; it ends with the process."""
    ticker = Ticker()
    ticker.start()
    atexit.register(ticker.stop)
    return ticker
