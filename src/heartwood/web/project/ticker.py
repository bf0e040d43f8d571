"""What the server does by itself: a thread that looks, again and again, for what is due.

It keeps no state. Everything due is a row, so a ticker that is killed loses nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from multiprocessing.util import Finalize

import structlog
from django.conf import settings
from django.db import close_old_connections
from django.utils import timezone

from heartwood.web.cohorts import tasks as cohorts
from heartwood.web.delivery import tasks as delivery
from heartwood.web.desk import kept
from heartwood.web.kit import once
from heartwood.web.library import actions, room, tasks
from heartwood.web.people import browsers, leaving, unpacking
from heartwood.web.practices import tasks as practices
from heartwood.web.today.monthly import tasks as monthly
from heartwood.web.today.reminders import tasks as reminders

TICKS_BETWEEN_SPEAKING = 20
TICKS_BETWEEN_FORGETTING = 240
PAGES_ARE_OPEN_FOR = timedelta(days=30)


class Ticker(threading.Thread):
    """Drains due rows until it is stopped. Stopping ends a child that is being waited for."""

    SECONDS_BETWEEN = 0.5
    TICKS_BETWEEN_TIDYING = 7200

    def __init__(self) -> None:
        super().__init__(name="ticker", daemon=True)
        self._stopped = threading.Event()

    def run(self) -> None:
        for tick in count():
            if tick % TICKS_BETWEEN_SPEAKING == 0:
                self._try(self._note)
            worked = self._try(self._drain)
            if tick % self.TICKS_BETWEEN_TIDYING == 0:
                self._try(self._tidy)
            if tick % TICKS_BETWEEN_FORGETTING == 0:
                self._try(self._forget)
            if not worked and tick % TICKS_BETWEEN_SPEAKING == 0:
                worked = self._try(self._speak)
            if self._stopped.wait(0 if worked else self.SECONDS_BETWEEN):
                return

    def stop(self, *, seconds: float = 2.5) -> None:
        self._stopped.set()
        self.join(timeout=seconds)

    def _try(self, work: Callable[[], bool]) -> bool:
        """One piece of work; a failure is written down and never ends the thread."""
        try:
            close_old_connections()
            return work()
        except Exception as error:
            structlog.get_logger().error("tick failed", why=type(error).__name__)
            return False

    def _note(self) -> bool:
        kept.note_work(settings.DATA, self.name, at=timezone.now())
        return True

    def _drain(self) -> bool:
        return tasks.drain(at=timezone.now(), stopped=self._stopped)

    def _speak(self) -> bool:
        return tasks.speak(stopped=self._stopped)

    def _forget(self) -> bool:
        at = timezone.now()
        return any([leaving.erase_due(at=at), unpacking.forget(at=at), practices.forget(at=at)])

    def _tidy(self) -> bool:
        once.forget(before=timezone.now() - PAGES_ARE_OPEN_FOR)
        actions.mend(at=timezone.now())
        browsers.forget_expired(at=timezone.now())
        room.keep_within(settings.SOUNDS_BYTES, at=timezone.now())
        cohorts.want_open_weeks(at=timezone.now())
        return True


class Postman(Ticker):
    """The same for what goes out of the house, in a thread of its own: no mail waits for a sound."""

    TICKS_BETWEEN_TIDYING = 120

    def __init__(self) -> None:
        super().__init__()
        self.name = "postman"
        self._by = delivery.worker_name()

    def run(self) -> None:
        self._try(self._begin)
        super().run()

    def _begin(self) -> bool:
        delivery.begin(by=self._by, at=timezone.now())
        return True

    def _drain(self) -> bool:
        decided = self._try(self._remind)
        return delivery.drain(settings.MAIL, by=self._by, stopped=self._stopped) or decided

    def _remind(self) -> bool:
        at = timezone.now()
        return any([reminders.decide_due(at=at), monthly.decide_due(at=at)])

    def _speak(self) -> bool:
        return False

    def _forget(self) -> bool:
        return False

    def _tidy(self) -> bool:
        delivery.tidy(at=timezone.now())
        reminders.tidy(at=timezone.now())
        return True


class Messenger(Postman):
    """What goes to devices, in a thread of its own: no letter waits for a push service that anybody named."""

    SECONDS_BETWEEN = 2

    def __init__(self) -> None:
        super().__init__()
        self.name = "messenger"
        self._by = delivery.worker_name(of=self.name)

    def _drain(self) -> bool:
        return delivery.drain_push(settings.PUSH, by=self._by, stopped=self._stopped)

    def _tidy(self) -> bool:
        return True


def start() -> tuple[Ticker, ...]:
    """Start the threads of this process; they end with it, and a child that is waited for with them.

    The server's worker is a forked process, in which atexit is silent: only multiprocessing's own
    finalizers run there.
    """
    threads = Ticker(), Postman(), Messenger()
    for thread in threads:
        thread.start()
    Finalize(None, _stop, args=(threads,), exitpriority=1)
    return threads


def _stop(threads: tuple[Ticker, ...]) -> None:
    """All are asked at once, so that together they take no longer than the slowest."""
    for thread in threads:
        thread.stop(seconds=0)
    for thread in threads:
        thread.stop(seconds=1 if isinstance(thread, Postman) else 2.5)
