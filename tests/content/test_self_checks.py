"""Self-checks: what is written arrives, what is amiss is named by file and line; and the shipped pages."""

import pytest

from heartwood.content import parse_course, read_course, shipped_courses
from heartwood.errors import ContentError
from tests.content.small_course import small_course

TOML = "week-1/check.toml"
WORDS = "week-1/check.en.md"


def with_a_check(at: str = TOML, old: str = "", new: str = "") -> dict[str, str]:
    files = small_course()
    files[TOML] = '[[sign]]\nid = "tired"\nleads = "gentler"\n'
    files[WORDS] = (
        "# Before\n\nHow is it?\n\n## tired\nI am tired.\n\n## @go\nGo.\n\n## @gentler\nLess.\n\n"
        "## @wait\nWait.\n\n## @help\nRing somebody.\n"
    )
    assert old in files[at]
    files[at] = files[at].replace(old, new, 1)
    return files


def test_a_self_check_arrives():
    check = parse_course(with_a_check()).course.weeks[0].self_check

    assert check and (check.title, check.opening) == ("Before", "How is it?")
    assert [(sign.id, sign.text, sign.leads) for sign in check.signs] == [("tired", "I am tired.", "gentler")]
    assert check.suggestions == {"go": "Go.", "gentler": "Less.", "wait": "Wait.", "help": "Ring somebody."}


def test_a_week_may_have_none():
    assert parse_course(small_course()).course.weeks[0].self_check is None


@pytest.mark.parametrize(
    ("at", "old", "new", "line", "words"),
    [
        (TOML, '"gentler"', '"go"', 3, "leads must be one of gentler, wait, help"),
        (TOML, '"tired"', '"sleepy"', 2, "'sleepy' has no words. Write '## sleepy'"),
        (TOML, "[[sign]]", "[[signs]]", 1, "Did you mean 'sign'?"),
        (WORDS, "## @help\nRing somebody.\n", "", None, "Write '## @help' and its words."),
        (WORDS, "Wait.", "", 14, "Write '## @wait' and its words."),
    ],
)
def test_what_is_amiss_is_named_with_its_file_and_line(at, old, new, line, words):
    with pytest.raises(ContentError) as caught:
        parse_course(with_a_check(at, old, new))

    assert words in str(caught.value)
    assert caught.value.line == line


def test_the_shipped_course_looks_before_its_two_tender_weeks():
    weeks = read_course(shipped_courses() / "heartwood-8w").course.weeks

    checks = {week.number: week.self_check for week in weeks if week.self_check}
    assert set(checks) == {3, 6}
    assert [{sign.leads for sign in check.signs} for check in checks.values()] == [
        {"gentler", "wait", "help"}
    ] * 2
    assert all("emergency number" in check.suggestions["help"] for check in checks.values())
