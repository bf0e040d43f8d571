"""What the worker does about letters a month."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog

from heartwood.web.today.monthly import actions, queries
from heartwood.web.today.monthly.models import MonthlyWish

TRIED_AGAIN_AFTER = timedelta(hours=1)


def decide_due(*, at: datetime) -> bool:
    """Decide for everybody whose letter is due. Returns whether there may be more at once."""
    waiting = queries.due(at=at)
    for person in waiting:
        try:
            actions.decide(person, at=at)
        except Exception as error:  # one letter that cannot be written holds up nobody else's
            structlog.get_logger().error("monthly letter not decided", why=type(error).__name__)
            MonthlyWish.objects.filter(person=person).update(next_at=at + TRIED_AGAIN_AFTER)
    return bool(waiting)
