"""Reading a course: everything that is there arrives, and what is amiss is named by file and line."""

import unicodedata
from pathlib import Path

import pytest

from heartwood.content import check_course, parse_course, read_course
from heartwood.curriculum.course import Suggestions
from heartwood.errors import ContentError, UnknownName
from heartwood.practice import Cue, Quiet, Repeat
from tests.content.small_course import SCRIPT, WORDS, small_course

SCRIPT_PATH = "practices/arrive/script.toml"
WORDS_PATH = "practices/arrive/script.en.md"


def spoiled(path: str, old: str, new: str) -> dict[str, str]:
    files = small_course()
    assert old in files[path]
    return {**files, path: files[path].replace(old, new, 1)}


def refused(files: dict[str, str]) -> ContentError:
    with pytest.raises(ContentError) as caught:
        parse_course(files)
    return caught.value


def line_of(text: str, wanted: str) -> int:
    return text.split("\n").index(wanted) + 1


def written(folder: Path, files: dict[str, str]) -> Path:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def test_everything_written_arrives():
    course = parse_course(small_course()).course

    [week], [meeting] = course.weeks, course.meetings
    assert (course.id, course.title, course.summary) == ("small", "A small course", "One week of it.")
    assert (course.days_per_week, course.practice_days, course.arrival) == (7, 6, "arrive")
    assert (week.number, week.step, week.title, week.practices) == (1, 1, "Settling", ("arrive",))
    assert week.reading.markdown == "Because it helps.\n\n### Then\n\nMore."
    assert (week.daily_life.title, week.research) == ("One door", None)
    assert [(e.id, e.kind, e.minutes, e.text.title) for e in week.exercises] == [
        ("two-minutes-each", "pair", 12, "Two minutes each")
    ]
    assert [(s.id, s.minutes) for s in week.class_plan.segments] == [("arriving", 10), ("leaving", 5)]
    assert week.short_class_plan.segments[0].text.markdown == "Welcome."
    assert (meeting.id, meeting.after_week, meeting.minutes) == ("orientation", 0, 15)
    assert course.texts["welcome"].markdown == "Good that you are here."


def test_suggestions_arrive_as_lines_and_a_week_without_them_has_none():
    files = {**small_course(), "week-1/acts.en.md": "# Small\n\n- Hold a door.\n- Wave.\n"}

    [week], [older] = parse_course(files).course.weeks, parse_course(small_course()).course.weeks

    assert week.acts == Suggestions("Small", ("Hold a door.", "Wave."))
    assert (older.acts, "acts" in older.kinds) == (None, False)


@pytest.mark.parametrize(
    ("text", "line", "remedy"),
    [
        ("# Small\n\n- Hold a door.\nWave.\n", 4, "This is no suggestion. Begin it with '- '"),
        ("# Small\n", 0, "There is nothing under the title. Write suggestions"),
        ("- Hold a door.\n", 1, "The first line must be the title"),
    ],
)
def test_suggestions_that_are_no_list_are_named_with_their_line(tmp_path, text, line, remedy):
    folder = written(tmp_path, {**small_course(), "week-1/acts.en.md": text})

    finding = check_course(folder)[0]

    assert (finding.path, finding.line) == ("week-1/acts.en.md", line)
    assert finding.message.startswith(remedy)


def test_a_script_arrives_in_whole_milliseconds():
    script = parse_course(small_course()).script("arrive")

    assert (script.shortest_ms, script.default_ms, script.longest_ms) == (120_000, 180_000, 300_000)
    assert script.parts[1] == Cue(
        "sit-down", "Sit down, wherever something holds you up.", Quiet(3_000, 5_000, 9_000)
    )
    assert isinstance(script.parts[4], Repeat)
    assert (script.parts[4].least, script.parts[4].greatest, script.parts[4].rank) == (1, 6, 4)
    assert script.notes == {"posture": "Sitting or standing."}


def test_a_practice_that_is_not_there_is_answered_with_those_that_are():
    with pytest.raises(UnknownName, match=r"no practice .levitate.\. There are: arrive"):
        parse_course(small_course()).script("levitate")


def test_a_course_with_any_number_of_weeks_without_steps_and_meetings():
    files = {
        **small_course(),
        "course.toml": 'format = 1\nid = "long"\nweeks = ["a", "b", "c"]\ndays_per_week = 10\n',
    }
    for number, folder in enumerate("abc"):
        files[f"{folder}/week.toml"] = f'number = {number}\npractices = ["arrive"]\n'
        files[f"{folder}/week.en.md"] = f"# Week {folder}\n"

    course = parse_course(files).course

    assert [(week.number, week.step) for week in course.weeks] == [(0, None), (1, None), (2, None)]
    assert (course.days_per_week, course.meetings) == (10, ())


def test_the_hash_is_of_the_text_and_of_nothing_else(tmp_path):
    composed = spoiled("week-1/reading.en.md", "More.", "Café.")
    decomposed = {path: unicodedata.normalize("NFD", text) for path, text in composed.items()}
    folder = written(tmp_path, decomposed)
    (folder / "week-1/reading.en.md").write_bytes(
        b"\xef\xbb\xbf" + decomposed["week-1/reading.en.md"].replace("\n", "\r\n").encode()
    )
    (folder / ".notes.md").write_text("not part of the course")

    read = read_course(folder)

    assert read.hash == parse_course(dict(reversed(composed.items()))).hash
    assert read.hash != parse_course(small_course()).hash
    assert parse_course(read.files) == read


@pytest.mark.parametrize(
    ("path", "old", "new", "line", "message"),
    [
        (SCRIPT_PATH, '[[part]]\nbell = "opening"\n', "", 11, "The opening bell is missing."),
        (SCRIPT_PATH, '[[part]]\nbell = "closing"\n', "", None, "The closing bell is missing."),
        (SCRIPT_PATH, "pause = [3, 5, 9]", "pause = [9, 5, 3]", "pause = [9, 5, 3]", "must rise"),
        (SCRIPT_PATH, "pause = [3, 5, 9]", "pause = [3, 5]", "pause = [3, 5]", "three lengths"),
        (SCRIPT_PATH, "pause = [3, 5, 9]", "pause = [-3, 5, 9]", "pause = [-3, 5, 9]", "seconds from 0"),
        (
            SCRIPT_PATH,
            "pause = [3, 5, 9]",
            "pause = [nan, 5, inf]",
            "pause = [nan, 5, inf]",
            "seconds from 0",
        ),
        (SCRIPT_PATH, '"sit-down"', '"sit-dawn"', 'cue = "sit-dawn"', "The cue 'sit-dawn' has no words."),
        (SCRIPT_PATH, '"one-breath"', '"sit-down"', None, "The id 'sit-down' stands already on line 14."),
        (
            SCRIPT_PATH,
            "seconds = [6, 10, 20]",
            "secs = [6, 10, 20]",
            "secs = [6, 10, 20]",
            "'secs' is not known",
        ),
        (SCRIPT_PATH, "times = [1, 6]", "times = [6, 1]", "times = [6, 1]", "two whole numbers that rise"),
        (SCRIPT_PATH, "times = [1, 6]", "times = [1, 9999]", "times = [1, 9999]", "at most 200"),
        (SCRIPT_PATH, "rank = 2", 'rank = "two"', 'rank = "two"', "rank must be a whole number"),
        (SCRIPT_PATH, "default = 3", "default = 9", "default = 9", "The lengths must rise"),
        (SCRIPT_PATH, "shortest = 2", "shortest = 2.05", "shortest = 2.05", "in tenths"),
        (SCRIPT_PATH, "weight = 4", "weight = 101", "weight = 101", "from 0 to 100"),
        (
            SCRIPT_PATH,
            'strands = ["notice"]',
            'strands = ["glow"]',
            'strands = ["glow"]',
            "'glow' is not one of",
        ),
        (SCRIPT_PATH, "rank = 2", "rank = = 2", "rank = = 2", "not valid TOML"),
        (WORDS_PATH, "## one-breath", "## sit-down", None, "'sit-down' stands here again, first on line 8."),
        (WORDS_PATH, "## one-breath\nOne.", "", None, "The cue 'one-breath' has no words."),
        (WORDS_PATH, "One.", "One.\n\n## two\nTwo.", "## two", "There is no cue 'two'"),
        (WORDS_PATH, "One.", "Breathe *out*.", "## one-breath", "cannot hold mark-up"),
        (WORDS_PATH, "One.", "Count to 10.", "## one-breath", "holds a digit"),
        (WORDS_PATH, "One.", "One\u202e.", "## one-breath", "cannot be seen"),
        (WORDS_PATH, "One.", "word " * 100, "## one-breath", "longer than 300 characters"),
        (WORDS_PATH, "One.", "", "## one-breath", "no words under 'one-breath'"),
        (WORDS_PATH, "@posture", "@posturing", "## @posturing", "is no note"),
        (WORDS_PATH, "# Arrive", "Arrive", "Arrive", "must be the title"),
        (
            "course.toml",
            'arrival = "arrive"',
            'arrival = "depart"',
            'arrival = "depart"',
            "no practice 'depart'",
        ),
        ("course.toml", '"week-1"', '"week-9"', 'weeks = ["week-9"]', "There is no week-9/week.toml."),
        ("course.toml", "practice_days = 6", "practice_days = 8", "practice_days = 8", "from 0 to 7"),
        ("course.toml", "format = 1", "format = 2", "format = 2", "format must be"),
        ("course.toml", '["en"]', '["en", "de"]', None, "The text in 'de' is missing."),
        (
            "week-1/week.toml",
            '["arrive"]',
            '["arive"]',
            'practices = ["arive"]',
            "There is no practice 'arive'.",
        ),
        ("week-1/week.toml", "step = 1", "stepp = 1", "stepp = 1", "Did you mean 'step'?"),
        ("week-1/class.toml", "minutes = 10", "minutes = 11", "minutes = 15", "add up to 16 minutes, not 15"),
        ("week-1/class.en.md", "**Leaving**", "Leaving", "## leaving", "has no title"),
        (
            "week-1/exercises.toml",
            '"pair"',
            '"pairs"',
            'kind = "pairs"',
            "kind must be one of pair, group, alone",
        ),
        ("week-1/exercises.en.md", "## two-minutes-each", "## two", None, "'two-minutes-each' has no words"),
        (
            "meetings/orientation/meeting.toml",
            "after_week = 0",
            "after_week = true",
            "after_week = true",
            "not true",
        ),
    ],
)
def test_what_cannot_be_is_named_with_its_line(path, old, new, line, message):
    files = spoiled(path, old, new)

    error = refused(files)

    assert message in error.message
    if isinstance(line, str):
        assert (error.path.as_posix(), error.line) == (path, line_of(files[path], line))
    elif line:
        assert error.line == line


def test_a_missing_file_is_named():
    files = small_course()
    del files[WORDS_PATH]

    assert (
        str(refused(files))
        == f"{WORDS_PATH}: The words of this script are missing. Write them in {WORDS_PATH}."
    )


@pytest.mark.parametrize(
    ("raw", "line", "message"),
    [
        ("# Señal\n".encode("latin-1"), 1, "not UTF-8"),
        (b"# Fine\n\nfine\n\xff\n", 4, "not UTF-8"),
        ("# A\n\nb".encode("utf-16"), 1, "not UTF-8"),
        (b"# A\n\nb\0c\n", 3, "NUL character"),
        (b"# A\n" + b"x" * 1_000_000, None, "larger than 1 MB"),
        (b"", 1, "This file is empty"),
    ],
)
def test_a_file_that_is_no_text_is_named(tmp_path, raw, line, message):
    folder = written(tmp_path, small_course())
    (folder / "week-1/reading.en.md").write_bytes(raw)

    with pytest.raises(ContentError, match=message) as caught:
        read_course(folder)

    assert (caught.value.path.as_posix(), caught.value.line) == ("week-1/reading.en.md", line)


def test_a_reading_of_fifty_megabytes_is_refused_without_being_read_whole(tmp_path):
    folder = written(tmp_path, small_course())
    with (folder / "week-1/reading.en.md").open("wb") as sparse:
        sparse.truncate(50_000_000)

    with pytest.raises(ContentError, match="larger than 1 MB"):
        read_course(folder)


def test_a_link_out_of_the_folder_is_refused(tmp_path):
    (tmp_path / "secret.md").write_text("# The secret\n\nOf somebody else.\n")
    folder = written(tmp_path / "course", small_course())
    (folder / "texts/welcome.en.md").unlink()
    (folder / "texts/welcome.en.md").symlink_to(tmp_path / "secret.md")

    with pytest.raises(ContentError, match="leads out of the course folder"):
        read_course(folder)


def test_a_linked_folder_outside_is_refused(tmp_path):
    outside = written(tmp_path / "outside", {"other.en.md": "# Other\n\nText.\n"})
    folder = written(tmp_path / "course", small_course())
    (folder / "texts/linked").symlink_to(outside, target_is_directory=True)
    (folder / "texts/linked.en.md").symlink_to(outside / "other.en.md")

    assert [f.message for f in check_course(folder) if f.path == "texts/linked.en.md"] == [
        "This link leads out of the course folder. Put the file itself here."
    ]


def test_a_folder_without_a_course_says_so(tmp_path):
    with pytest.raises(ContentError, match=r"There is no course\.toml here"):
        read_course(tmp_path)


def test_a_check_names_everything_at_once(tmp_path):
    files = small_course()
    files[SCRIPT_PATH] = SCRIPT.replace("[3, 5, 9]", "[9, 5, 3]")
    files[WORDS_PATH] = WORDS.replace("One.", "1.")
    files["week-1/week.toml"] = files["week-1/week.toml"].replace("step = 1", "stepp = 1")

    findings = check_course(written(tmp_path, files))

    assert [(f.path, f.line) for f in findings] == [
        (WORDS_PATH, line_of(files[WORDS_PATH], "## one-breath")),
        (SCRIPT_PATH, line_of(files[SCRIPT_PATH], "pause = [9, 5, 3]")),
        (SCRIPT_PATH, line_of(files[SCRIPT_PATH], "rank = 2") - 1),
        ("week-1/week.toml", 2),
    ]


def test_a_check_holds_each_script_to_its_promise(tmp_path):
    files = spoiled(SCRIPT_PATH, "longest = 5", "longest = 60")

    [finding] = check_course(written(tmp_path, files))

    assert finding.path == SCRIPT_PATH
    assert finding.message.startswith(
        "The longest promised is 60 minutes, but everything together reaches only"
    )


def test_the_small_course_is_well(tmp_path):
    assert check_course(written(tmp_path, small_course())) == []


def test_a_misspelt_file_is_found_rather_than_passed_over(tmp_path):
    files = small_course()
    files["week-1/raeding.en.md"] = files.pop("week-1/reading.en.md")

    [finding] = check_course(written(tmp_path, files))

    assert str(finding) == (
        "week-1/raeding.en.md: Nothing in the course leads to this file. Rename it, or take it out."
    )


def test_a_translation_belongs_to_its_text(tmp_path):
    files = small_course()
    files |= {p.replace(".en.md", ".de.md"): text for p, text in files.items() if p.endswith(".en.md")}
    files["course.toml"] = files["course.toml"].replace('["en"]', '["en", "de"]')

    folder = written(tmp_path, files)

    assert (check_course(folder, "en"), check_course(folder, "de")) == ([], [])
