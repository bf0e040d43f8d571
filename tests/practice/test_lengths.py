"""Minutes as people write them."""

import pytest

from heartwood.errors import LengthError
from heartwood.practice import as_minutes, read_minutes, tenths_inward


@pytest.mark.parametrize(("text", "milliseconds"), [("12", 720_000), ("7.5", 450_000), (" 3 ", 180_000)])
def test_minutes_become_whole_milliseconds(text, milliseconds):
    assert read_minutes(text) == milliseconds


@pytest.mark.parametrize(
    "text",
    ["-3", "1e9", "ten", "nan", "inf", "-inf", "", "0", "1441", "2.0000001", "٣x", "1" * 5_000, "1e-999999"],
)
def test_what_is_no_length_is_refused_in_a_sentence(text):
    with pytest.raises(LengthError) as refused:
        read_minutes(text)

    assert str(refused.value).endswith("such as 12 or 7.5.")
    assert len(str(refused.value)) < 140


def test_minutes_are_shown_to_the_tenth():
    assert [as_minutes(ms) for ms in (720_000, 450_000)] == ["12", "7.5"]


def test_a_range_is_rounded_into_itself():
    assert tenths_inward(120_001, 299_999) == (2.1, 4.9)
