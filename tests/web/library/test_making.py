"""A child process makes the sound; what it leaves half done is never served."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from threading import Event

import pytest
from django.test import Client

from heartwood.practice.choices import Choices
from heartwood.web.library import actions, queries, tasks
from heartwood.web.library.models import CourseVersion, Rendering, SpokenLength

pytestmark = pytest.mark.django_db
SOURCE = Path(__file__).parents[3] / "src"


@pytest.fixture(autouse=True)
def child_finds_heartwood(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(SOURCE))


@pytest.fixture
def bells(version: CourseVersion, at: datetime) -> Rendering:
    """Wanted at once: the arrival practice, bells only."""
    return actions.want(
        version, "arrive", choices=Choices(voice="bells"), milliseconds=48_000, is_open=True, at=at
    )


def test_a_child_makes_the_whole_file_with_the_timeline_it_was_made_from(
    bells: Rendering, client: Client, at: datetime
) -> None:
    worked = tasks.drain(at=at, stopped=Event())

    bells.refresh_from_db()
    path = queries.sound_file(bells)
    assert worked and path
    assert (bells.state, bells.progress, bells.attempts, bells.trouble) == ("ready", 100, 1, "")
    assert (bells.bytes, bells.sha256) == (path.stat().st_size, sha256(path.read_bytes()).hexdigest())
    assert sum(event["length_ms"] for event in bells.timeline) == 48_000
    assert [event["text"] for event in bells.timeline if event["kind"] == "cue"] == [
        "Sit down, wherever something holds you up.",
        "Feel one breath come in.",
    ]
    assert client.get(f"/sound/{bells.id}.m4a").getvalue() == path.read_bytes()


def test_nothing_due_is_nothing_to_do(key_check: None, at: datetime) -> None:
    assert not tasks.drain(at=at, stopped=Event())


def test_what_a_killed_server_left_behind_is_made_by_the_next(bells: Rendering, at: datetime) -> None:
    actions.claim(bells.id, at=at)

    soon = queries.left_behind(at=at + timedelta(seconds=39))
    tasks.drain(at=at + timedelta(seconds=41), stopped=Event())

    bells.refresh_from_db()
    assert soon == []
    assert (bells.state, bells.attempts) == ("ready", 2)


def test_a_rendering_that_cannot_be_made_fails_after_three_tries_in_words(
    bells: Rendering, at: datetime
) -> None:
    Rendering.objects.exclude(id=bells.id).delete()
    Rendering.objects.update(script="fly")

    tries = [tasks.drain(at=at, stopped=Event()) for _ in range(4)]

    bells.refresh_from_db()
    assert tries == [True, True, True, False]
    assert bells.state == "failed"
    assert bells.trouble == "There is no practice 'fly'. There are: arrive, settle, wish-well."
    assert not (queries.sound_folder() / f"{bells.id}.m4a").exists()


def test_a_server_that_stops_ends_its_child_and_leaves_the_row_due(bells: Rendering, at: datetime) -> None:
    stopped = Event()
    stopped.set()

    tasks.drain(at=at, stopped=stopped)

    bells.refresh_from_db()
    assert (bells.state, bells.attempts) == ("due", 0)


def test_a_file_that_is_still_being_made_is_never_served(
    bells: Rendering, client: Client, at: datetime
) -> None:
    actions.claim(bells.id, at=at)
    queries.sound_folder().mkdir(parents=True, exist_ok=True)
    (queries.sound_folder() / f"{bells.id}.m4a").write_bytes(b"half of it")

    assert client.get(f"/sound/{bells.id}.m4a").status_code == 404


def test_a_file_that_lost_its_end_is_never_served(arrival: Rendering, client: Client) -> None:
    path = queries.sound_folder() / f"{arrival.id}.m4a"
    path.write_bytes(path.read_bytes()[:-1])

    assert client.get(f"/sound/{arrival.id}.m4a").status_code == 404


def test_every_line_is_spoken_once_and_its_length_kept(version: CourseVersion) -> None:
    spoke = [tasks.speak(stopped=Event()) for _ in range(4)]

    assert spoke == [True, True, True, False]
    assert SpokenLength.objects.count() == 6
    assert all(500 < one.milliseconds < 10_000 for one in SpokenLength.objects.all())


def speak_all() -> None:
    while tasks.speak(stopped=Event()):
        pass


def test_a_changed_comma_costs_one_line_and_not_a_voice(
    version: CourseVersion, another_folder: Callable[[str, str, str], Path], at: datetime
) -> None:
    speak_all()
    words = another_folder("practices/arrive/script.en.md", "Sit down, wherever", "Sit down wherever")

    actions.publish(words, at=at)
    speak_all()

    assert SpokenLength.objects.count() == 7


def test_a_voice_that_fails_stops_nobody(version: CourseVersion) -> None:
    queries.read(version)
    CourseVersion.objects.update(language="tlh")

    assert not tasks.speak(stopped=Event())
    assert not SpokenLength.objects.exists()


def test_a_row_says_how_far_it_is(bells: Rendering, client: Client, at: datetime) -> None:
    claimed = actions.claim(bells.id, at=at)
    assert claimed
    actions.note_progress(claimed, 42, at=at)

    answer = client.get(f"/api/renderings/{bells.id}")

    assert json.loads(answer.content) == {"state": "making", "progress": 42}
