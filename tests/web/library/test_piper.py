"""An operator's Piper voice on a server: a choice while it speaks, and never in anybody's way."""

from __future__ import annotations

import stat
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from heartwood.practice.choices import Choices
from heartwood.web.library import actions, queries, tasks, voices
from heartwood.web.library.models import CourseVersion, Rendering

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[3]
SECOND = Choices(voice="piper")
Speaks = Callable[[str], None]


@pytest.fixture
def piper(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Speaks:
    """Sets up the tests' own Piper program, which behaves as its model says."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "src"))
    program = tmp_path / "piper"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{ROOT}/tests/sound/fake_piper.py" "$@"\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)

    def that(manner: str) -> None:
        model = tmp_path / f"{manner}.onnx"
        model.write_text(manner)
        told = {"program": str(program), "model": str(model), "language": "en", "consent": "Ann, who agreed."}
        settings.PIPER = told

    return that


def made(due: Rendering, *, at: datetime) -> Rendering:
    while Rendering.objects.get(id=due.id).state == "due":
        tasks.drain(at=at, stopped=Event())
    due.refresh_from_db()
    return due


def test_it_speaks_a_whole_practice_in_a_child_process(
    version: CourseVersion, piper: Speaks, at: datetime
) -> None:
    piper("speaks")

    spoken = made(actions.want(version, "settle", choices=SECOND, at=at), at=at)

    assert (spoken.state, spoken.trouble, spoken.voice) == ("ready", "", "piper")
    assert spoken.voice_version == getattr(voices.piper(), "version", None)
    assert queries.sound_file(spoken)


@pytest.mark.parametrize(
    ("manner", "why"),
    [
        ("crashes", "The Piper program ended with 3."),
        ("noise", "The Piper program made noise of the line"),
        ("asks", "The Piper program ended with 1."),
        ("nothing", "What the Piper program wrote is no sound of speech."),
    ],
)
def test_what_it_does_wrong_is_said_once_and_the_usual_voice_speaks_the_whole(
    version: CourseVersion, piper: Speaks, at: datetime, manner: str, why: str
) -> None:
    piper(manner)

    failed = made(actions.want(version, "settle", choices=SECOND, at=at), at=at)
    instead = actions.want(version, "settle", choices=SECOND, at=at + timedelta(seconds=1))
    Rendering.objects.filter(id=failed.id).update(touched_at=at)
    later = actions.want(version, "settle", choices=SECOND, at=at + timedelta(minutes=11))

    assert (failed.state, failed.attempts) == ("failed", 1)
    assert failed.trouble.startswith(why)
    assert instead.voice == "built-in"
    assert (later.id, later.state) == (failed.id, "due")


def test_one_that_hangs_is_ended_and_nobody_waits_for_it_a_second_time(
    version: CourseVersion, piper: Speaks, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    piper("hangs")
    monkeypatch.setattr(voices, "SECONDS_A_LINE", 1)

    failed = made(actions.want(version, "settle", choices=SECOND, at=at), at=at)

    assert failed.trouble.startswith("The Piper program said nothing within 1 seconds.")
    assert actions.want(version, "arrive", choices=SECOND, at=at).voice == "built-in"


def test_it_is_a_choice_only_where_it_is_set_up_and_speaks_the_language(
    version: CourseVersion, piper: Speaks, settings: Any, tmp_path: Path
) -> None:
    without = voices.on_offer("en")
    piper("speaks")

    assert without == ("built-in", "bells")
    assert voices.on_offer("en") == ("built-in", "piper", "bells")
    assert voices.on_offer("fr") == ("built-in", "bells")
    Path(settings.PIPER["model"]).unlink()
    assert voices.on_offer("en") == ("built-in", "bells")


def test_a_changed_model_is_another_voice(piper: Speaks, settings: Any) -> None:
    piper("speaks")
    first = voices.piper()
    Path(settings.PIPER["model"]).write_text("speaks\n")
    again = voices.piper()

    assert first and again and first.version != again.version
    assert replace(first, version="") == replace(again, version="")
