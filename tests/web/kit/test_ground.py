"""What grows around the plant: never less than yesterday, and told in words."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as some

from heartwood.web.kit import signs
from heartwood.web.kit.ground import MOST_BLADES, MOST_FLOWERS, MOST_STONES, Ground
from heartwood.web.kit.words import described

SEEDS = some.text("abcdef0123456789-", min_size=1, max_size=8)
GROUNDS = some.builds(Ground, *[some.integers(0, 150)] * 3)


def _signs(seed: str, ground: Ground, *, pairs: int = 3, rests: bool = False) -> set[str]:
    """Every single sign of a picture, each blade of grass too."""
    picture = ElementTree.fromstring(
        signs.plant(seed=seed, pairs=pairs, label="A plant", ground=ground, rests=rests)
    )
    shapes = [one for one in picture.iter() if one.tag.split("}")[-1] in ("path", "ellipse", "circle")]
    blades = [blade for one in shapes for blade in re.findall("M[^M]+", one.attrib.get("d", ""))]
    rounds = [f"{one.attrib['cx']} {one.attrib['cy']}" for one in shapes if "cx" in one.attrib]
    return {*blades, *rounds}


@given(SEEDS, GROUNDS, some.sampled_from(["blades", "flowers", "stones"]), some.integers(0, 15))
def test_one_more_of_anything_takes_nothing_away(seed: str, ground: Ground, kind: str, pairs: int) -> None:
    counts = {name: getattr(ground, name) for name in ("blades", "flowers", "stones")}
    grown = Ground(**{**counts, kind: counts[kind] + 1})

    assert _signs(seed, ground, pairs=pairs) <= _signs(seed, grown, pairs=pairs)


@given(SEEDS, GROUNDS, some.integers(1, 8))
def test_at_rest_nothing_is_smaller(seed: str, ground: Ground, pairs: int) -> None:
    awake, resting = (_signs(seed, ground, pairs=pairs, rests=rests) for rests in (False, True))
    assert awake == resting


def test_a_full_ground_stays_as_it_is() -> None:
    full = Ground(MOST_BLADES, MOST_FLOWERS, MOST_STONES)
    assert _signs("amara", full) == _signs("amara", Ground(5000, 5000, 5000))


def test_no_two_people_have_the_same_ground() -> None:
    assert _signs("amara", Ground(3, 1, 1)) != _signs("eve", Ground(3, 1, 1))


def test_the_plant_is_told_in_words() -> None:
    assert described(0, Ground(), rests=False) == "A seed in the earth"
    assert described(1, Ground(1, 0, 0), rests=False) == (
        "A young plant with one pair of leaves. Around it: a blade of grass"
    )
    around = "thick grass, some flowers, a smooth stone"
    assert described(3, Ground(40, 5, 1), rests=True) == (
        f"A young plant with 3 pairs of leaves. Around it: {around}. It rests."
    )
