"""What the worker does about reminders: looks whose moment has come, and who has moved."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog

from heartwood.web.today.reminders import actions, queries

TRIED_AGAIN_AFTER = timedelta(minutes=15)


def decide_due(*, at: datetime) -> bool:
    """Decide for everybody whose moment has come. Returns whether there may be more at once."""
    waiting = queries.due(at=at)
    for person in waiting:
        try:
            actions.decide(person, at=at)
        except Exception as error:  # one wish that cannot be decided holds up nobody else's
            structlog.get_logger().error("reminder not decided", why=type(error).__name__)
            actions.put_off(person, until=at + TRIED_AGAIN_AFTER)
    return bool(waiting)


def tidy(*, at: datetime) -> None:
    """Reckon anew for whoever moved, and forget days long gone."""
    for person in queries.moved():
        actions.reckon(person, at=at)
    actions.forget(at=at)
