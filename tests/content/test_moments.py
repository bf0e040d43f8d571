"""Moments to meet: what is written arrives, and what is amiss is named by file and line."""

import pytest

from heartwood.content import parse_course, read_course, shipped_courses, shipped_moments
from heartwood.curriculum.moment import LONGEST_MS, SHORTEST_MS
from heartwood.curriculum.ways import STRANDS
from heartwood.errors import ContentError
from tests.content.small_course import small_course

TOML = "moments/here/moment.toml"
WORDS = "moments/here/moment.en.md"


def with_a_moment(**changed: str) -> dict[str, str]:
    """The small course with one moment of four lines; `old` gives way to `new` in the file `at`."""
    files = small_course()
    files["course.toml"] += 'moments = ["here"]\n'
    lines = [f'\n[[line]]\nstrand = "{strand}"\ncue = "{strand}-it"\npause = 15\n' for strand in STRANDS]
    files[TOML] = 'purpose = "whom"\ndirections = ["self"]\nacts = ["water"]\n' + "".join(lines)
    words = "".join(f"\n## {strand}-it\nHere it is.\n" for strand in STRANDS)
    files[WORDS] = f"# Here\n\nFor whoever is here.\n{words}\n## water\nDrink some water.\n"
    if changed:
        assert changed["old"] in files[changed["at"]]
        files[changed["at"]] = files[changed["at"]].replace(changed["old"], changed["new"], 1)
    return files


def test_a_moment_arrives_with_its_lines_and_acts():
    [moment] = parse_course(with_a_moment()).course.moments

    assert (moment.id, moment.title, moment.summary) == ("here", "Here", "For whoever is here.")
    assert (moment.purpose, moment.directions, moment.strands) == ("whom", ("self",), STRANDS)
    assert [(line.id, line.text, line.pause_ms) for line in moment.lines][:1] == [
        ("notice-it", "Here it is.", 15_000)
    ]
    assert moment.acts == {"water": "Drink some water."}


def test_a_course_may_have_none():
    assert parse_course(small_course()).course.moments == ()


REFUSED = {
    "too short": (TOML, "pause = 15", "pause = 5", 1, "this lasts 57 seconds, not 60 to 90"),
    "not listed": ("course.toml", '"here"', '"gone"', None, "There is no moments/gone/moment.toml."),
    "an endless pause": (TOML, "pause = 15", "pause = 31", 8, "pause must be a whole number from 1 to 30"),
    "an unknown strand": (TOML, '"wish"', '"hope"', None, "strand must be one of"),
    "out of order": (TOML, '"notice"', '"wish"', 1, "each once and in this order"),
    "no words": (WORDS, "## wish-it", "## wished", None, "'wish-it' has no words"),
    "mark-up": (WORDS, "Drink some water.", "Drink *some* water.", 17, "'water' holds mark-up"),
    "an act that is none": (TOML, '["water"]', '["tea"]', 3, "'tea' has no words"),
    "words that nothing uses": (WORDS, "## water", "## tea", None, "'water' has no words"),
    "a strange key": (TOML, "purpose", "porpoise", 1, "Did you mean 'purpose'?"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_amiss_is_named_with_its_file_and_line(name: str):
    path, old, new, line, words = REFUSED[name]
    files = with_a_moment(at=path, old=old, new=new)

    with pytest.raises(ContentError) as caught:
        parse_course(files)

    assert words in str(caught.value)
    assert line is None or caught.value.line == line


def test_a_moment_ends_with_an_act_and_lasts_no_longer_than_ninety_seconds():
    files = with_a_moment(at=WORDS, old="\n## water\nDrink some water.\n", new="")
    files[TOML] = files[TOML].replace('["water"]', "[]")
    with pytest.raises(ContentError, match="A moment ends with one to 5 small acts"):
        parse_course(files)

    files = with_a_moment()
    files[TOML] = files[TOML].replace("pause = 15", "pause = 30")
    with pytest.raises(ContentError, match="this lasts 127 seconds, not 60 to 90"):
        parse_course(files)


def test_every_moment_that_is_shipped_takes_its_ninety_seconds():
    shipped = read_course(shipped_courses() / "heartwood-8w").course.moments

    assert shipped_moments() == shipped
    assert {m.id for m in shipped if m.purpose == "whom"} == {
        "for-me", "for-somebody-here", "after-it-happened",
    }  # fmt: skip
    assert {m.id for m in shipped if m.purpose == "place"} == {
        "in-a-meeting", "at-a-bedside", "in-a-quarrel", "the-news", "my-own-mistake",
    }  # fmt: skip
    assert all(SHORTEST_MS <= moment.lasts_ms <= LONGEST_MS for moment in shipped)
