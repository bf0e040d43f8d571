"""Sessions in the database, each with the id of its person beside it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from heartwood.web.people.models import Session

A_DAY = timedelta(days=1)


class SessionStore(DatabaseStore):
    """Django's own store, on our model. It knows when what it read ends."""

    _ends: datetime | None = None

    def is_a_day_old(self, *, at: datetime) -> bool:
        """It was kept a day ago or longer, so that keeping it anew moves its end."""
        kept_for = timedelta(seconds=self.get_session_cookie_age())
        return self._ends is not None and self._ends - at < kept_for - A_DAY

    def _get_session_from_db(self) -> Session | None:
        found = cast("Session | None", super()._get_session_from_db())  # type: ignore[misc]  # not in the stubs
        self._ends = found.expire_date if found else None
        return found

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        session = cast(Session, super().create_model_instance(data))
        person = data.get(SESSION_KEY)
        session.person = UUID(person) if person else None
        return session
