"""First light: somebody practises for the first time, and two power cuts take nothing."""

from __future__ import annotations

from typing import Any

from tests.journeys.conftest import Server
from tests.journeys.steps import practise_through_power_cuts


def test_amara_practises_and_two_power_cuts_take_nothing(server: Server, chromium: Any) -> None:
    page = chromium.new_context().new_page()

    practise_through_power_cuts(page, server, line="The kettle was loud and I stayed.")
