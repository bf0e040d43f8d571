"""When an observation was made, by a device whose clock may be wrong: 1970 on an empty battery, or 2099.

A clock is believed unless it cannot be. Where the device tells what its clock said as it sent, and that
is more than a day amiss, an observation's age by that clock is taken from the server's own moment. Where
no age can be had, it counts as made at a moment that is given. What was practised depends on none of it.
"""

from __future__ import annotations

DAY_MS = 24 * 60 * 60 * 1000
EARLIEST_MS = 1_577_836_800_000
"""The first of January 2020: there was no Heartwood before."""

MAY_BE_AHEAD_MS = DAY_MS
OLDEST_MS = 400 * DAY_MS
"""So long something may wait on a device and its age still be believed."""


def amiss_ms(wall_ms: int, *, sent_ms: int | None, now_ms: int, else_ms: int) -> int:
    """What must be added to the clock of a device for one observation; 0 where it is believed.

    wall_ms  the device's clock when it observed, in milliseconds since 1970
    sent_ms  the same clock when it sent the observation; None where the device did not tell
    now_ms   the server's clock when that came
    else_ms  when it counts as made if nothing else can be known
    """
    is_wrong = sent_ms is not None and abs(now_ms - sent_ms) > MAY_BE_AHEAD_MS
    if is_wrong and sent_ms is not None and 0 <= sent_ms - wall_ms <= OLDEST_MS:
        return now_ms - sent_ms
    if EARLIEST_MS <= wall_ms <= now_ms + MAY_BE_AHEAD_MS:
        return 0
    return else_ms - wall_ms
