"""How fresh a return is, also when the clock is set back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import RequestFactory

from heartwood.web.people import proof

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("later", "fresh"),
    [
        (timedelta(), True),
        (timedelta(minutes=59), True),
        (timedelta(minutes=61), False),
        (timedelta(days=-1), False),
    ],
)
def test_a_return_is_fresh_for_an_hour_and_never_for_a_day(later: timedelta, fresh: bool) -> None:
    request = RequestFactory().get("/")
    request.session = {}
    proof.remember_return(request, at=NOON)

    assert proof.has_just_returned(request, at=NOON + later) is fresh
