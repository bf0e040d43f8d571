"""A tiny course on the shelf: two weeks, three practices of a minute, quick to publish and to render."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from heartwood.web.cohorts import actions as cohorts
from heartwood.web.cohorts.models import Enrolment
from heartwood.web.kit.ids import new_id
from heartwood.web.library import actions, queries
from heartwood.web.library.models import CourseVersion, Rendering
from heartwood.web.people.models import User

TINY = Path(__file__).parents[1] / "fixtures" / "courses" / "tiny"
MINUTE_MS = 60_000
SOUND = bytes(range(250)) * 4


@pytest.fixture
def version(key_check: None, at: datetime) -> CourseVersion:
    return actions.publish(TINY, at=at)


@pytest.fixture
def another_folder(tmp_path: Path) -> Callable[[str, str, str], Path]:
    """The tiny course in a folder of its own, with some words of one file changed."""

    def change(path: str, words: str, other: str) -> Path:
        folder = tmp_path / new_id().hex
        shutil.copytree(TINY, folder)
        text = (folder / path).read_text(encoding="utf-8")
        assert words in text
        (folder / path).write_text(text.replace(words, other), encoding="utf-8")
        return folder

    return change


@pytest.fixture
def arrival(version: CourseVersion, at: datetime) -> Rendering:
    """The open practice, ready to be heard."""
    return put_on_shelf(actions.want(version, "arrive", is_open=True, at=at), at=at)


@pytest.fixture
def settle(version: CourseVersion, at: datetime) -> Rendering:
    """The practice of week one at its usual length of a minute, ready to be heard."""
    return put_on_shelf(actions.want(version, "settle", at=at), at=at)


def put_on_shelf(due: Rendering, *, at: datetime, sound: bytes = SOUND) -> Rendering:
    """As if it had been made: a file of known bytes, with a line of its timeline."""
    rendering = actions.claim(due.id, at=at)
    assert rendering
    queries.sound_folder().mkdir(parents=True, exist_ok=True)
    (queries.sound_folder() / f"{due.id}.m4a").write_bytes(sound)
    line = {
        "id": "feet",
        "kind": "cue",
        "start_ms": 0,
        "length_ms": due.milliseconds,
        "text": "Feel your feet.",
    }
    made = {"timeline": [line], "bytes": len(sound), "sha256": sha256(sound).hexdigest()}
    actions.finish(rendering, made, at=at)
    rendering.refresh_from_db()
    return rendering


@pytest.fixture
def begin(version: CourseVersion, at: datetime) -> Callable[..., Enrolment]:
    """Put somebody on the path through the tiny course."""

    def on_the_path(person: User, *, starts_on: date) -> Enrolment:
        return cohorts.begin(person, version, starts_on=starts_on, page=new_id(), at=at)

    return on_the_path
