"""`heartwood practice` and `heartwood course`, as somebody types them."""

import json

import pytest

from heartwood.cli import main
from tests.content.small_course import small_course


@pytest.fixture
def small(tmp_path):
    """The small course as a folder with spaces in its name."""
    folder = tmp_path / "a small course"
    for path, text in small_course().items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def timeline(small, *words):
    return main(["practice", "timeline", *words, "--voice", "bells", "--course", str(small), "--json"])


def test_the_list_names_lengths_in_tenths_of_a_minute(small, capsys):
    status = main(["practice", "list", "--course", str(small), "--json"])

    assert (status, json.loads(capsys.readouterr().out)) == (
        0,
        [{"id": "arrive", "title": "Arrive", "week": 1, "shortest": 2.0, "longest": 5.0, "default": 3.0}],
    )


@pytest.mark.parametrize("minutes", ["2", "3.3", "5"])
def test_a_timeline_has_no_gap_and_ends_at_the_length_asked(small, capsys, minutes):
    status = timeline(small, "arrive", "--minutes", minutes)

    shown = json.loads(capsys.readouterr().out)
    ends = [round(event["start"] + event["seconds"], 3) for event in shown["events"]]
    assert (status, shown["id"], shown["seconds"]) == (0, "arrive", float(minutes) * 60)
    assert [event["start"] for event in shown["events"]] == [0, *ends[:-1]]
    assert ends[-1] == float(minutes) * 60
    assert {tuple(event) for event in shown["events"]} == {("kind", "start", "seconds", "text")}


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["arrive", "--minutes", "-3"], "-3 minutes is no length"),
        (["arrive", "--minutes", "1e9"], "1e9 minutes is no length"),
        (["arrive", "--minutes", "ten"], "'ten' is not a number of minutes"),
        (["arrive", "--minutes", "nan"], "nan minutes is no length"),
        (["arrive", "--minutes=-inf"], "-inf minutes is no length"),
        (["arrive", "--minutes", "40"], "'arrive' can last from 2 to 5 minutes, not 40."),
        (["levitate", "--minutes", "3"], "There is no practice 'levitate'. There are: arrive."),
        (["arrive"], "--minutes"),
    ],
)
def test_what_cannot_be_used_is_answered_with_a_sentence_and_status_2(small, capsys, words, sentence):
    try:
        status = timeline(small, *words)
    except SystemExit as ended:
        status = ended.code

    said = capsys.readouterr()
    assert (status, said.out) == (2, "")
    assert sentence in said.err


def test_without_json_a_timeline_is_a_table(small, capsys):
    main(["practice", "timeline", "arrive", "--minutes", "2", "--voice", "bells", "--course", str(small)])

    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["0:00.000", "9.000", "s", "bell"]
    assert "Sit down, wherever something holds you up." in lines[1]


def test_a_sound_course_is_told_so(small, capsys):
    assert main(["course", "check", str(small)]) == 0
    assert capsys.readouterr().out == f"{small}: everything is well.\n"


def test_every_finding_is_printed_with_its_file_and_line(small, capsys):
    (small / "week-1/week.toml").write_text('number = "one"\npractices = ["arive"]\n')

    status = main(["course", "check", str(small)])

    said = capsys.readouterr()
    place = small / "week-1/week.toml"
    assert (status, said.out) == (2, f"{small}: 2 things to mend.\n")
    assert said.err.splitlines() == [
        f"{place}:1: number must be a whole number from 0 to 999, not 'one'.",
        f"{place}:2: There is no practice 'arive'. Write practices/arive/script.toml.",
    ]


def test_findings_as_json_are_json_alone(small, capsys):
    (small / "week-1/reading.en.md").write_bytes(b"\xff")

    status = main(["course", "check", str(small), "--json"])

    [finding] = json.loads(capsys.readouterr().out)
    assert (status, finding["path"], finding["line"]) == (2, "week-1/reading.en.md", 1)


def test_a_course_is_shown_with_its_weeks(small, capsys):
    assert main(["course", "show", str(small), "--json"]) == 0

    shown = json.loads(capsys.readouterr().out)
    [week], [meeting], [script] = shown["weeks"], shown["meetings"], shown["scripts"]
    assert week == {
        "number": 1,
        "step": 1,
        "title": "Settling",
        "parts": [
            {"kind": "reading", "title": "Why settle"},
            {"kind": "practices", "title": "Arrive"},
            {"kind": "short", "title": "Arrive"},
            {"kind": "exercises", "title": "Two minutes each"},
            {"kind": "daily_life", "title": "One door"},
            {"kind": "class_plan", "title": "15 minutes"},
        ],
        "reading_words": 6,
        "class_plan": {
            "minutes": 15,
            "segments": [{"title": "Arriving", "minutes": 10}, {"title": "Leaving", "minutes": 5}],
        },
        "short_class_plan": {"minutes": 5, "segments": [{"title": "Arriving, in short", "minutes": 5}]},
        "practices": ["arrive"],
    }
    assert (meeting["id"], meeting["minutes"], meeting["after_week"]) == ("orientation", 15, 0)
    assert (script["id"], script["lines"], script["words"]) == ("arrive", 3, 12)


def test_a_shown_course_counts_words_lines_and_minutes(small, capsys):
    assert main(["course", "show", str(small)]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert lines[1:] == [
        "   1  Settling: arrive, reading of 6 words, class of 15 or 5 minutes",
        "   +  Orientation: 15 minutes",
        "      arrive                         3 lines   12 words  2 to 5 minutes  Arrive",
        "100 words in 41 lines of text, 15 minutes of class.",
    ]


def test_the_shipped_course_is_shown_with_eight_whole_weeks(capsys):
    assert main(["course", "show", "--json"]) == 0

    shown = json.loads(capsys.readouterr().out)
    kinds = [
        "reading",
        "practices",
        "short",
        "exercises",
        "daily_life",
        "acts",
        "class_plan",
        "research",
        "reflection",
    ]
    assert [(week["number"], week["step"]) for week in shown["weeks"]] == list(
        zip(range(1, 9), [1, 2, 3, 3, 4, 5, 6, None], strict=True)
    )
    assert [[part["kind"] for part in week["parts"]] for week in shown["weeks"]] == [kinds] * 8
    assert all(part["title"] for week in shown["weeks"] for part in week["parts"])
