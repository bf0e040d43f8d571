"""What the server does by itself: a thread that looks, again and again, for what is due.

It keeps no state. Everything due is a row, so a ticker that is killed loses nothing.
"""

from __future__ import annotations

import atexit
import threading
from collections.abc import Callable
from datetime import timedelta
from itertools import count

import structlog
from django.db import close_old_connections
from django.utils import timezone

from heartwood.web.cohorts import tasks as cohorts
from heartwood.web.kit import once
from heartwood.web.library import actions, tasks

SECONDS_BETWEEN = 0.5
TICKS_BETWEEN_SPEAKING = 20
TICKS_BETWEEN_TIDYING = 7200
PAGES_ARE_OPEN_FOR = timedelta(days=30)


class Ticker(threading.Thread):
    """Drains due rows until it is stopped. Stopping ends a child that is being waited for."""

    def __init__(self) -> None:
        super().__init__(name="ticker", daemon=True)
        self._stopped = threading.Event()

    def run(self) -> None:
        for tick in count():
            worked = self._try(self._drain)
            if tick % TICKS_BETWEEN_TIDYING == 0:
                self._try(self._tidy)
            if not worked and tick % TICKS_BETWEEN_SPEAKING == 0:
                worked = self._try(self._speak)
            if self._stopped.wait(0 if worked else SECONDS_BETWEEN):
                return

    def stop(self) -> None:
        self._stopped.set()
        self.join(timeout=3)

    def _try(self, work: Callable[[], bool]) -> bool:
        """One piece of work; a failure is written down and never ends the thread."""
        try:
            close_old_connections()
            return work()
        except Exception as error:
            structlog.get_logger().error("tick failed", why=type(error).__name__)
            return False

    def _drain(self) -> bool:
        return tasks.drain(at=timezone.now(), stopped=self._stopped)

    def _speak(self) -> bool:
        return tasks.speak(stopped=self._stopped)

    def _tidy(self) -> bool:
        once.forget(before=timezone.now() - PAGES_ARE_OPEN_FOR)
        actions.mend(at=timezone.now())
        cohorts.want_open_weeks(at=timezone.now())
        return True


def start() -> Ticker:
    """Start the ticker of this process; it ends with the process."""
    ticker = Ticker()
    ticker.start()
    atexit.register(ticker.stop)
    return ticker
