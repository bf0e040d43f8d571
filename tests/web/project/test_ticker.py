"""What the server does by itself: a fault in one piece of work holds up no other."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, connection

from heartwood.web.delivery.models import Due
from heartwood.web.project.ticker import Postman
from tests.post_office import post_office
from tests.web.delivery.conftest import letter, server  # noqa: F401

pytestmark = pytest.mark.django_db(transaction=True)


def test_letters_go_out_though_no_reminder_can_be_decided(server: Any) -> None:  # noqa: F811
    def refuse(execute: Any, sql: str, *more: Any) -> Any:
        if "today_reminder" in sql:
            raise DatabaseError("this table is broken")
        return execute(sql, *more)

    with post_office() as office:
        server(office)
        letter().send()
        with connection.execute_wrapper(refuse):
            Postman()._drain()

    assert [row.state for row in Due.objects.all()] == [Due.State.SENT]
