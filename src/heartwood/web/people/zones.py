"""Time zones as people have them: a name that was known when it was chosen, and may be known no more."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from heartwood.curriculum import time_zone
from heartwood.errors import UnknownName

WORLD = ZoneInfo("UTC")


def zone_of(name: str) -> ZoneInfo:
    """The zone of this name; the world's time where it is known no more, so that every page opens."""
    try:
        return time_zone(name)
    except UnknownName:
        return WORLD


def is_known(name: str) -> bool:
    """Whether the time zone database still has this name."""
    return zone_of(name).key == name
