"""A self-check suggests the most careful of what the marked statements suggest."""

import pytest

from heartwood.curriculum.self_check import SelfCheck, Sign

CHECK = SelfCheck(
    "Before", "", (Sign("tired", "", "gentler"), Sign("loss", "", "wait"), Sign("dying", "", "help")), {}
)


@pytest.mark.parametrize(
    ("ticked", "suggests"),
    [
        ([], "go"),
        (["tired"], "gentler"),
        (["loss", "tired"], "wait"),
        (["tired", "dying", "loss"], "help"),
        (["unheard-of"], "go"),
    ],
)
def test_the_most_careful_counts(ticked, suggests):
    assert CHECK.leads(ticked) == suggests
