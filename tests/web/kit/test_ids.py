from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from uuid import RFC_4122

from hypothesis import given
from hypothesis import strategies as st

from heartwood.web.kit.ids import uuid7

moments = st.datetimes(min_value=datetime(1980, 1, 1), max_value=datetime(2300, 1, 1)).map(
    lambda moment: moment.replace(tzinfo=UTC)
)


@given(moments, st.integers())
def test_an_id_says_its_version_and_its_millisecond(moment: datetime, seed: int) -> None:
    made = uuid7(at=moment, rng=Random(seed))

    assert (made.version, made.variant) == (7, RFC_4122)
    assert made.int >> 80 == int(moment.timestamp() * 1000)


@given(moments, st.integers(), st.integers())
def test_an_id_made_later_sorts_later(moment: datetime, first: int, second: int) -> None:
    earlier = uuid7(at=moment, rng=Random(first))
    later = uuid7(at=moment + timedelta(milliseconds=2), rng=Random(second))

    assert str(earlier) < str(later)


def test_the_same_chance_makes_the_same_id() -> None:
    moment = datetime(2026, 11, 24, tzinfo=UTC)

    assert uuid7(at=moment, rng=Random(7)) == uuid7(at=moment, rng=Random(7))
    assert uuid7(at=moment, rng=Random(7)) != uuid7(at=moment, rng=Random(8))
