"""The rules of a course: each documented with an example that fails, and the examples fail as they say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from heartwood.content import judge_course, read_course, shipped_courses
from heartwood.content.rules import KEPT_BY_THE_READER, RULES
from heartwood.practice import Silence
from tests.content.small_course import small_course
from tests.content.test_reading import written

PAGE = Path(__file__).parents[2] / "docs/reference/course-rules.md"
FENCE = re.compile(r"^```(\w+)(?: (add))?(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def documented() -> dict[str, str]:
    """What the page says, by rule."""
    rules = PAGE.read_text(encoding="utf-8").split("\n# Rules\n")[1]
    return {part.split("\n", 1)[0].strip(): part for part in rules.split("\n## ")[1:]}


def laid_over(files: dict[str, str], section: str) -> tuple[dict[str, str], list[str]]:
    """The files with those of the section laid over, and the findings that it expects."""
    files, findings = dict(files), []
    for kind, add, path, text in FENCE.findall(section):
        if kind == "finding":
            findings += text.splitlines()
        elif kind == "remove":
            for gone in text.split():
                del files[gone]
        else:
            files[path] = files[path] + text if add else text
    return files, findings


def judged(tmp_path: Path, *changes: tuple[str, str]) -> list[str]:
    """What is found in the small course after some files were written anew."""
    return [str(finding) for finding in judge_course(written(tmp_path, {**small_course(), **dict(changes)}))]


def test_every_rule_is_documented():
    assert list(documented()) == [*KEPT_BY_THE_READER, *RULES]


@pytest.mark.parametrize("rule", [*KEPT_BY_THE_READER, *RULES])
def test_the_example_of_a_rule_fails_as_documented(tmp_path, rule):
    files, expected = laid_over(small_course(), documented()[rule])

    found = judge_course(written(tmp_path, files))

    assert expected
    assert [str(finding) for finding in found] == expected
    assert {finding.rule for finding in found} == {rule if rule in RULES else "format"}


def test_a_small_sound_course_is_well(tmp_path):
    assert judged(tmp_path) == []


@pytest.mark.parametrize("name", ["tiny", "four-weeks"])
def test_a_course_of_another_shape_is_well(name):
    assert judge_course(Path(__file__).parents[1] / "fixtures/courses" / name) == []


def test_the_shipped_practices_reach_from_a_hard_day_to_a_long_one():
    scripts = read_course(shipped_courses() / "heartwood-8w").scripts.values()
    by_kind = {"main": (8, 30), "short": (3, 6), "on-the-spot": (1, 1.5)}

    for script in scripts:
        shortest, longest = by_kind[script.kind]
        assert script.shortest_ms <= shortest * 60_000, script.id
        assert script.longest_ms >= longest * 60_000, script.id
    assert len(scripts) >= 24


def test_a_long_silence_comes_with_the_line_that_announces_it():
    scripts = read_course(shipped_courses() / "heartwood-8w").scripts.values()

    loose = [
        script.id
        for script in scripts
        for part in script.parts
        if isinstance(part, Silence) and part.quiet.open
    ]

    assert loose == ["for-sleep"]  # where words grow fewer, and nothing is announced


def test_a_marked_refrain_may_return(tmp_path):
    line = "Wherever you sit tonight there is something under you that holds you up."

    found = judged(
        tmp_path,
        ("texts/welcome.en.md", f"# Welcome\n\n{line}\n"),
        ("week-1/reading.en.md", f"# Why settle\n\n{line}\n"),
        ("refrains.en.md", f"# Refrains\n\n- {line}\n"),
    )

    assert found == []


def test_a_copy_that_runs_over_several_paragraphs_is_told_once(tmp_path):
    body = "The first line is here.\n\nThe second stands under it.\n\nAnd a third one follows.\n"

    [found] = judged(
        tmp_path,
        ("texts/welcome.en.md", f"# Welcome\n\n{body}"),
        ("week-1/reading.en.md", f"# Why settle\n\nBefore it.\n\n{body}"),
    )

    assert found.startswith(
        "week-1/reading.en.md:5: These 15 words stand in texts/welcome.en.md, line 3, too:"
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "A hummingbird never hurries, and always gets there.",
        "You never have to explain it.",
        "We avoid “proven”, *heal* and “you must”.",
        "A healthy doubt is welcome.",
        "The trial of her patience was over.",
    ],
)
def test_harmless_words_are_left_alone(tmp_path, sentence):
    assert judged(tmp_path, ("week-1/reading.en.md", f"# Why\n\n{sentence}\n")) == []


SOURCE = '[[source]]\nkey = "kabat-1990"\ntitle = "MBSR"\ndoi = "10.1000/182"\n'


def test_a_protected_name_may_be_cited_but_not_taken(tmp_path):
    cited = "# Why\n\nA [trial of MBSR](cite:kabat-1990) asked the same.\n"
    taken = "# Why\n\nOur MBSR asks [the same](cite:kabat-1990).\n"

    assert judged(tmp_path, ("week-1/reading.en.md", cited), ("library.toml", SOURCE)) == []
    [found] = judged(tmp_path, ("week-1/reading.en.md", taken), ("library.toml", SOURCE))
    assert found.startswith("week-1/reading.en.md:3: 'Our MBSR' belongs to somebody else.")


def test_a_licensed_course_uses_its_own_name(tmp_path):
    course = f'{small_course()["course.toml"]}licensed = ["MBSR"]\n'

    found = judged(tmp_path, ("course.toml", course), ("course.en.md", "# MBSR\n\nOur MBSR course.\n"))

    assert found == []


def test_a_claim_with_its_source_is_well(tmp_path):
    reading = "# Why\n\n[Studies have shown](cite:kabat-1990) that a third, 33 %, sat down.\n"

    assert judged(tmp_path, ("week-1/reading.en.md", reading), ("library.toml", SOURCE)) == []


def test_what_a_course_promises_is_checked_itself(tmp_path):
    course = f'{small_course()["course.toml"]}[whole]\nparts = ["readings"]\nreading_words = [900]\n'

    found = judged(tmp_path, ("course.toml", course))

    assert found == [
        "course.toml:11: parts must be a list of these: reading, practices, short, exercises, daily_life, "
        "acts, class_plan, research, reflection, home.",
        "course.toml:12: reading_words must be a list of whole numbers, at most 2, such as [120, 60].",
    ]
