"""Sharing out: exact, by weight, and nobody loses when there is more."""

from hypothesis import given
from hypothesis import strategies as st

from heartwood.practice.sharing import share

people = st.lists(st.tuples(st.integers(0, 100), st.integers(0, 300)), min_size=1, max_size=8)


@given(people, st.data())
def test_one_unit_more_goes_to_exactly_one(drawn, data):
    weights, ceilings = zip(*drawn, strict=True)
    whole = data.draw(st.integers(0, max(0, sum(ceilings) - 1)))
    if not sum(ceilings):
        return

    before, after = (share(whole + more, weights=weights, ceilings=ceilings) for more in (0, 1))

    assert sorted(b - a for a, b in zip(before, after, strict=True)) == [0] * (len(weights) - 1) + [1]


@given(people, st.data())
def test_shares_add_up_and_keep_their_ceilings(drawn, data):
    weights, ceilings = zip(*drawn, strict=True)
    whole = data.draw(st.integers(0, sum(ceilings)))

    shares = share(whole, weights=weights, ceilings=ceilings)

    assert sum(shares) == whole
    assert all(0 <= part <= ceiling for part, ceiling in zip(shares, ceilings, strict=True))


def test_nobody_is_full_and_all_get_their_exact_proportion():
    assert share(600, weights=[1, 2, 3], ceilings=[999, 999, 999]) == [100, 200, 300]


def test_without_weight_one_is_served_last():
    assert share(25, weights=[0, 1], ceilings=[10, 20]) == [5, 20]
