"""What is heard while settling in is kept, and does not count; sitting without words counts as it ran."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import pytest

from heartwood.practice.choices import Choices
from heartwood.practice.counting import Kind, Observation
from heartwood.practice.unguided import sit
from heartwood.web.kit.ids import new_id
from heartwood.web.library import actions as library
from heartwood.web.people.models import User
from heartwood.web.practices import actions
from heartwood.web.practices.models import Sitting

pytestmark = pytest.mark.django_db


def heard(*, to_ms: int, kind: Kind, at: datetime) -> list[Observation]:
    wall = round(at.timestamp() * 1000)
    return [
        Observation(str(new_id()), 1, Kind.STARTED, 0, wall),
        Observation(str(new_id()), 2, kind, to_ms, wall + to_ms),
    ]


@pytest.mark.parametrize(("to_ms", "counted"), [(10_000, 0), (45_000, 30_000), (75_000, 60_000)])
def test_a_sitting_without_words_counts_from_the_end_of_settling_in(
    amara: User, at: datetime, to_ms: int, counted: int
) -> None:
    wanted = library.want_unguided(sit(60_000), choices=Choices(settling_seconds=15), by=amara, at=at)
    sitting: UUID = new_id()

    kept = actions.keep_observations(
        amara,
        sitting,
        rendering=wanted.id,
        observations=heard(to_ms=to_ms, kind=Kind.FINISHED, at=at),
        at=at,
    )

    row = Sitting.objects.get(id=sitting)
    assert (kept.practised_ms, row.title, row.practice) == (counted, "Sitting without words", "")
