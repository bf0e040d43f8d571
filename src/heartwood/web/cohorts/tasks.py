"""What paths need ahead of time: the sounds of each week that is open to somebody."""

from __future__ import annotations

from datetime import datetime, timedelta

from heartwood.web.cohorts import queries
from heartwood.web.library import actions
from heartwood.web.library import queries as library

AHEAD = timedelta(days=2)
"""A week's sounds are wanted so long before it opens; farther than any time zone is away."""


def want_open_weeks(*, at: datetime) -> None:
    """Have the usual lengths and the reading of every week that is open to somebody, or will be tomorrow."""
    soon = (at + AHEAD).date()
    for version, paths in queries.paths_begun():
        course = library.read(version).course
        opened = {week.number for path in paths for week in queries.unplanned(path, course).open_weeks(soon)}
        for number in sorted(opened):
            actions.want_week(version, number, at=at)
            actions.store_reading(version, number, at=at)
