"""Room on the disk: what is let go of, what waits, and what is never served."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from django.test import Client

from heartwood.practice.unguided import sit
from heartwood.web.cohorts.models import Enrolment
from heartwood.web.library import actions, queries, room, tasks
from heartwood.web.library.models import CourseVersion, Rendering
from heartwood.web.people.models import User
from tests.web.shelf import SOUND, put_on_shelf

pytestmark = pytest.mark.django_db
SOURCE = Path(__file__).parents[3] / "src"
Begin = Callable[..., Enrolment]
Browser = Callable[[User], Client]


def shelf(version: CourseVersion, *lengths: int, at: datetime) -> list[Rendering]:
    """Sounds made an hour apart, the first longest ago."""
    return [
        put_on_shelf(actions.want(version, "settle", milliseconds=ms, at=at), at=at + timedelta(hours=number))
        for number, ms in enumerate(lengths)
    ]


def states(*made: Rendering) -> list[str]:
    return [Rendering.objects.get(id=one.id).state for one in made]


def test_what_was_heard_longest_ago_goes_first(version: CourseVersion, at: datetime) -> None:
    made = shelf(version, 50_000, 51_000, 52_000, at=at)
    room.note_heard(made[0], at=at + timedelta(days=1))

    gone = room.keep_within(2 * len(SOUND), at=at + timedelta(days=2))

    assert (gone, states(*made)) == (1, ["ready", "away", "ready"])
    assert not queries.sound_path(made[1]).exists()


def test_the_open_practice_and_the_usual_sounds_of_open_weeks_stay(
    version: CourseVersion, arrival: Rendering, settle: Rendering, at: datetime
) -> None:
    [other] = shelf(version, 50_000, at=at)

    room.keep_within(0, at=at + timedelta(days=1))
    while_open = states(arrival, settle, other)
    room.keep_within(0, at=at + timedelta(days=4))

    assert while_open == ["ready", "ready", "away"]
    assert states(arrival, settle) == ["ready", "away"]


def test_what_went_is_made_again_for_whoever_wants_it_and_not_before(
    version: CourseVersion, amara: User, begin: Begin, signed_in: Browser, at: datetime
) -> None:
    begin(amara, starts_on=at.date())
    [made] = shelf(version, 50_000, at=at)
    room.keep_within(0, at=at)

    actions.mend(at=at + timedelta(days=1))
    untouched = states(made)
    missing = signed_in(amara).get(f"/sound/{made.id}.m4a").status_code

    assert (untouched, missing, states(made)) == (["away"], 404, ["due"])
    assert actions.want(version, "settle", milliseconds=50_000, at=at).id == made.id


def test_a_file_with_one_changed_byte_is_never_served(arrival: Rendering, client: Client) -> None:
    path = queries.sound_path(arrival)
    path.write_bytes(bytes([path.read_bytes()[0] ^ 1]) + path.read_bytes()[1:])

    assert client.get(f"/sound/{arrival.id}.m4a").status_code == 404


@pytest.fixture
def tiny_disk(settings: object, tmp_path: Path) -> Iterator[Path]:
    """A real disk of 40 kB for the sounds."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=40k", "none", folder], capture_output=True)
    if mounted.returncode:
        pytest.skip("no right here to mount a disk of its own")
    settings.MEDIA_ROOT = folder  # type: ignore[attr-defined]
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_on_a_full_disk_a_sound_waits_says_so_and_is_made_when_there_is_room(
    key_check: None, tiny_disk: Path, monkeypatch: pytest.MonkeyPatch, at: datetime
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(SOURCE))
    due = actions.want_unguided(sit(60_000), at=at)

    tasks.drain(at=at, stopped=Event())
    due.refresh_from_db()
    waiting = (due.state, due.attempts, os.listdir(queries.sound_folder()), queries.sound_file(due))
    retried_at_once = queries.next_due(at=at)
    subprocess.run(["mount", "-o", "remount,size=4m", tiny_disk], check=True)
    assert due.not_before
    tasks.drain(at=due.not_before, stopped=Event())

    assert waiting == ("due", 0, [], None)
    assert due.trouble.startswith("There is no room left on the disk")
    assert retried_at_once is None
    due.refresh_from_db()
    assert (due.state, due.trouble) == ("ready", "")
    assert queries.sound_file(due)


def test_captions_and_chapters_come_from_the_timeline_for_whoever_may_hear_it(
    arrival: Rendering, settle: Rendering, client: Client
) -> None:
    answers = [client.get(f"/sound/{arrival.id}.{kind}.vtt") for kind in ("captions", "chapters")]

    line = "WEBVTT\n\n00:00:00.000 --> 00:01:00.000\nFeel your feet.\n"
    assert [answer.content.decode() for answer in answers] == [line, line]
    assert answers[0]["Content-Type"] == "text/vtt; charset=utf-8"
    assert client.get(f"/sound/{settle.id}.captions.vtt").status_code == 404
