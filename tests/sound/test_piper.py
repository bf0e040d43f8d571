"""A program that is trusted with nothing: it works, or it is named in one sentence."""

import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from heartwood.errors import SoundError
from heartwood.sound import render, voice
from heartwood.sound.piper import Piper, flatness, version_of
from tests.sound.conftest import LINES, laid_out
from tests.sound.ears import PER_MS, declared_samples

LINE = "May you be well."
SOURCE = Path(__file__).parents[2] / "src"


@pytest.fixture
def program(tmp_path):
    """The fake program, started as an operator's would be."""
    path = tmp_path / "piper"
    path.write_text(
        f'#!/bin/sh\nexec "{sys.executable}" "{Path(__file__).with_name("fake_piper.py")}" "$@"\n'
    )
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def that(manner, program, **more):
    model = program.with_name(f"{manner}.onnx".replace(" ", "-"))
    model.write_text(manner)
    return voice("piper", piper={"program": str(program), "model": str(model), **more})


def test_a_program_that_speaks_is_a_voice_like_another(program, tmp_path):
    piper = that("speaks", program)
    timeline = laid_out(piper)

    render(timeline, piper, tmp_path / "small.m4a")

    assert declared_samples(tmp_path / "small.m4a") == timeline.milliseconds * PER_MS
    assert 900 < piper.milliseconds(LINE) < 1_300


@pytest.mark.parametrize(
    ("manner", "sentence"),
    [
        ("hangs", "said nothing within 1 seconds"),
        ("crashes", "ended with 3"),
        ("asks", "ended with 1"),
        ("asks the terminal", "ended with 1"),
        ("garbage", "no sound of speech"),
        ("nothing", "no sound of speech"),
        ("silence", "said nothing for the line 'May you be well.'"),
        ("noise", "made noise of the line 'May you be well.'"),
        ("endless", "made noise of the line"),
    ],
)
def test_whatever_else_it_does_becomes_one_sentence_with_a_remedy(program, manner, sentence):
    began = time.monotonic()

    with pytest.raises(SoundError, match=sentence) as refused:
        that(manner, program, seconds=1.0 if manner == "hangs" else 30.0).speak(LINE)

    assert "The other voices work as before" in str(refused.value)
    assert time.monotonic() - began < 20


def test_it_is_told_no_secret_that_the_server_was_started_with(program, monkeypatch):
    monkeypatch.setenv("HEARTWOOD_MAIL_PASSWORD", "sesame")

    assert that("speaks", program).milliseconds(LINE) > 900


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the kernel offers no such end")
def test_it_does_not_outlive_a_caller_that_was_killed(program):
    model = program.with_name("hangs.onnx")
    model.write_text("hangs")
    told = {"program": str(program), "model": str(model)}
    code = f"from heartwood.sound import voice; voice('piper', piper={told!r}).speak({LINE!r})"
    caller = subprocess.Popen([sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": str(SOURCE)})
    pid = until(lambda: model.with_suffix(".pid").read_text() if model.with_suffix(".pid").exists() else "")

    caller.kill()
    caller.wait()

    assert until(lambda: not is_running(int(pid)))


def until(holds):
    for _ in range(200):
        if found := holds():
            return found
        time.sleep(0.05)
    raise AssertionError("it did not come true within ten seconds")


def is_running(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def test_a_program_or_a_model_that_is_not_there_is_named(program, tmp_path):
    with pytest.raises(SoundError, match=r"model .*gone\.onnx cannot be read"):
        version_of(tmp_path / "gone.onnx")
    with pytest.raises(SoundError, match=r"nobody cannot be started"):
        that("speaks", program.with_name("nobody")).speak(LINE)


def test_a_line_once_said_is_kept_and_never_said_again(program, tmp_path):
    first = that("speaks", program)
    first.takes = tmp_path / "takes"
    said = first.speak(LINE)
    program.write_text("#!/bin/sh\nexit 9\n")

    again = Piper(program, first.model, first.version, takes=tmp_path / "takes")

    assert np.array_equal(again.speak(LINE), said)


def test_another_model_is_another_version(program):
    assert that("speaks", program).version != that("crashes", program).version


def test_real_speech_is_far_from_noise(speaker):
    assert max(flatness(speaker.speak(line)) for line in LINES) < 0.15
    assert flatness(np.random.default_rng(1).integers(-9_000, 9_000, 96_000)) > 0.45
