"""Sessions in the database, each with the id of its person beside it."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from heartwood.web.people.models import Session


class SessionStore(DatabaseStore):
    """Django's own store, on our model."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        session = cast(Session, super().create_model_instance(data))
        person = data.get(SESSION_KEY)
        session.person = UUID(person) if person else None
        return session
