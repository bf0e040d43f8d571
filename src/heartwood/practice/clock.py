"""A clock of practised time for what has no sound file: it runs while a person practises, and rests else.

Whatever moves it hands it a time that never jumps, in whole milliseconds from any beginning. The
browser has the same clock in clock.js; tests/fixtures/clock.json is read by both.
"""

from __future__ import annotations


class PracticeClock:
    """Time practised, in whole milliseconds. Starting twice or pausing twice changes nothing."""

    def __init__(self) -> None:
        self._banked_ms = 0
        self._started_ms: int | None = None

    def start(self, *, at_ms: int) -> None:
        if self._started_ms is None:
            self._started_ms = at_ms

    def pause(self, *, at_ms: int) -> None:
        self._banked_ms = self.elapsed_ms(at_ms=at_ms)
        self._started_ms = None

    @property
    def runs(self) -> bool:
        return self._started_ms is not None

    def elapsed_ms(self, *, at_ms: int) -> int:
        """Practised up to a moment. A moment before the start adds nothing: no clock takes time away."""
        running = 0 if self._started_ms is None else at_ms - self._started_ms
        return self._banked_ms + max(0, running)
