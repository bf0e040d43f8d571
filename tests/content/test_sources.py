"""Sources and the roles of further pages arrive as written; what cannot be is named."""

import pytest

from heartwood.content import parse_course, read_course, shipped_courses
from heartwood.curriculum import Source
from heartwood.errors import ContentError
from tests.content.small_course import small_course

SOURCE = """\
[[source]]
key = "otter-2020"
authors = "Otter, O."
year = 2020
title = "On floating"
doi = "10.1000/otter"
url = "https://example.org/otter"
shows = "Forty otters floated."
limits = "Otters are not people."
"""


def course_with(*, library="", roles=""):
    files = small_course()
    return {**files, "library.toml": library, "course.toml": files["course.toml"] + roles}


def refusal(files):
    with pytest.raises(ContentError) as caught:
        parse_course(files)
    return f"{caught.value}"


def test_a_source_arrives_with_the_address_of_its_doi():
    [(key, source)] = parse_course(course_with(library=SOURCE)).course.sources.items()

    assert key == "otter-2020"
    assert source == Source(
        "otter-2020", "Otter, O.", "On floating", 2020, doi="10.1000/otter", url="https://example.org/otter",
        shows="Forty otters floated.", limits="Otters are not people.",
    )  # fmt: skip
    assert source.address == "https://doi.org/10.1000/otter"
    assert Source("x", url="https://example.org/").address == "https://example.org/"


@pytest.mark.parametrize(
    ("library", "sentence"),
    [
        (SOURCE + SOURCE, "library.toml:11: The source 'otter-2020' stands here twice."),
        (SOURCE.replace('"Otter, O."', "7"), 'authors must be words in quotes, as in authors = "…".'),
        (SOURCE.replace("limits", "limit"), "'limit' is not known here. Did you mean 'limits'?"),
        (SOURCE.replace("2020\n", '"2020"\n'), "year must be a whole number from 1 to 9999, not '2020'."),
    ],
)
def test_what_is_no_source_is_named_with_its_line(library, sentence):
    assert sentence in refusal(course_with(library=library))


def test_pages_are_found_by_what_they_are_for():
    course = parse_course(course_with(roles='\n[texts]\nwelcome = ["welcome"]\n')).course
    plain = parse_course(course_with()).course

    assert list(course.texts_of("welcome")) == ["welcome"]
    assert (course.texts_of("teachers"), course.texts_without_role) == ({}, {})
    assert list(plain.texts_without_role) == ["welcome"]


@pytest.mark.parametrize(
    ("roles", "sentence"),
    [
        ('welcome = ["hello"]', "There is no texts/hello.en.md. Write it."),
        ('welcome = ["welcome"]\nlibrary = ["welcome"]', "'welcome' has a role already."),
        ('greetings = ["welcome"]', "'greetings' is not known here."),
    ],
)
def test_a_role_that_cannot_be_is_refused(roles, sentence):
    assert sentence in refusal(course_with(roles=f"\n[texts]\n{roles}\n"))


def test_every_page_of_the_shipped_course_has_a_role():
    course = read_course(shipped_courses() / "heartwood-8w").course

    assert course.texts and course.texts_without_role == {}
    assert all(source.address for source in course.sources.values())
