"""What paths need ahead of time: the sounds of each week that is open to somebody."""

from __future__ import annotations

from datetime import datetime, timedelta

from heartwood.curriculum import Path
from heartwood.web.cohorts import queries
from heartwood.web.library import actions
from heartwood.web.library import queries as library

AHEAD = timedelta(days=2)
"""A week's sounds are wanted so long before it opens; farther than any time zone is away."""


def want_open_weeks(*, at: datetime) -> None:
    """Have the usual lengths and the reading of every week that is open to somebody, or will be tomorrow."""
    soon = (at + AHEAD).date()
    for version, starts_on in queries.beginnings():
        course = library.read(version).course
        for week in Path(course, starts_on).open_weeks(soon):
            actions.want_week(version, week.number, at=at)
            actions.store_reading(version, week.number, at=at)
