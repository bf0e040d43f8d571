"""The two jobs of the server, each in a child process as the server starts it."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import heartwood
from heartwood import content, practice, sound
from heartwood.cli import main
from heartwood.curriculum import Text
from tests.content.small_course import small_course


def job(**changed):
    return {"files": small_course(), "language": "en", "voice": "built-in", **changed}


def in_a_child(verb, asked):
    """Exit status and the lines told, by a process that knows nothing of this one."""
    source = str(Path(heartwood.__file__).parents[1])
    child = subprocess.run(
        [sys.executable, "-m", "heartwood", "practice", verb],
        input=json.dumps(asked),
        env={"PYTHONPATH": source, "PATH": os.environ["PATH"], "PYTHONHASHSEED": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    return child.returncode, [json.loads(line) for line in child.stdout.splitlines()]


def test_a_rendering_tells_its_progress_and_gives_the_very_bytes_of_any_other_process(tmp_path):
    there, here = tmp_path / "there.m4a", tmp_path / "here.m4a"
    asked = {"script": "arrive", "milliseconds": 120_000, "output": str(there), "cache": str(tmp_path / "c")}

    status, lines = in_a_child("render-job", job(**asked))

    *progress, last = lines
    shares = [line["progress"] for line in progress]
    done = last["done"]
    assert (status, shares, shares[-1]) == (0, sorted(set(shares)), 1.0)
    assert done.pop("timeline") == _rendered_here(here)
    assert there.read_bytes() == here.read_bytes()
    assert done == {
        "bytes": here.stat().st_size,
        "sha256": hashlib.sha256(here.read_bytes()).hexdigest(),
        "milliseconds": 120_000,
        "renderer_version": practice.renderings.RENDERER_VERSION,
        "voice_version": practice.renderings.VOICE_VERSIONS["built-in"],
    }


def test_a_reading_tells_of_its_measuring_before_anything_is_written(tmp_path):
    here = tmp_path / "reading.m4a"
    files = dict(content.read_course(content.shipped_courses() / "heartwood-8w").files)
    opening = "\n\n".join(files["week-1/reading.en.md"].split("\n\n")[:4])
    files["week-1/reading.en.md"] = opening + "\n"
    title, words = opening.removeprefix("# ").split("\n\n", 1)

    status, lines = in_a_child("render-job", job(files=files, reading=1, output=str(here)))

    *progress, last = lines
    shares = [line["progress"] for line in progress]
    cues = [row["text"] for row in last["done"]["timeline"] if row["kind"] == "cue"]
    assert (status, shares) == (0, sorted(set(shares)))
    assert len(shares) > 4 and shares[0] < 0.1
    assert cues == [line.words for line in content.lines_aloud(Text(title, words))]
    assert last["done"]["bytes"] == here.stat().st_size


def _rendered_here(path):
    script, voice = content.parse_course(small_course()).scripts["arrive"], sound.voice("built-in")
    timeline = practice.lay_out(script, 120_000, spoken=sound.spoken_lengths(script, voice))
    sound.render(timeline, voice, path)
    return [
        {"id": e.id, "kind": e.kind, "start_ms": e.start_ms, "length_ms": e.length_ms, "text": e.text}
        for e in timeline.events
    ]


def asked_here(monkeypatch, capsys, verb, text):
    import io

    monkeypatch.setattr(sys, "stdin", io.StringIO(text))
    status = main(["practice", verb])
    said = capsys.readouterr()
    return status, [json.loads(line) for line in said.out.splitlines()], said.err


def test_publishing_learns_how_long_every_line_of_every_script_takes(monkeypatch, capsys, tmp_path):
    asked = job(voice="bells", cache=str(tmp_path))

    status, lines, _ = asked_here(monkeypatch, capsys, "speak-job", json.dumps(asked))

    lengths = {"sit-down": 3_819, "and-if-standing": 2_182, "one-breath": 1_500}
    assert (status, lines) == (0, [{"voice_version": "reading-110", "spoken": {"arrive": lengths}}])


@pytest.mark.parametrize(
    ("spoiled", "sentence"),
    [
        ({"script": "levitate"}, "There is no practice 'levitate'. There are: arrive."),
        ({"milliseconds": 2_400_000}, "'arrive' can last from 2 to 5 minutes, not 40."),
        ({"reading": 7}, "There is no reading in week 7. Send a week that has one."),
        ({"milliseconds": "3"}, "This job lacks 'milliseconds', or it is not of the kind 'int'. Send it."),
        ({"voice": "soprano"}, "There is no voice 'soprano'. These there are: built-in, "),
        ({"files": {"course.toml": 7}}, "'files' of this job holds something else than text."),
        ({"files": {}}, "course.toml"),
    ],
)
def test_a_job_that_cannot_be_done_is_told_as_failed(monkeypatch, capsys, tmp_path, spoiled, sentence):
    asked = job(script="arrive", milliseconds=120_000, output=str(tmp_path / "x.m4a")) | spoiled

    status, lines, said = asked_here(monkeypatch, capsys, "render-job", json.dumps(asked))

    assert (status, [list(line) for line in lines]) == (2, [["failed"]])
    assert sentence in lines[0]["failed"]
    assert lines[0]["failed"] in said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["", "{", "[1]", "7"])
def test_what_is_no_job_is_told_as_failed(monkeypatch, capsys, text):
    status, lines, _ = asked_here(monkeypatch, capsys, "render-job", text)

    assert (status, len(lines)) == (2, 1)
    assert lines[0]["failed"].endswith("Send one JSON object.")
