"""What practice does by itself: what was deleted and not brought back in time goes for good."""

from __future__ import annotations

from datetime import datetime

from heartwood.web.practices import actions


def forget(*, at: datetime) -> bool:
    """Returns whether there was anything."""
    return bool(actions.forget(at=at))
