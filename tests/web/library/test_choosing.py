"""A sound as somebody chose it, and sitting without words: wanted, made, counted."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from threading import Event

import pytest

from heartwood.practice.choices import Balance, Bowl, Choices, Codec
from heartwood.practice.unguided import Stretch, Unguided, Way, sit
from heartwood.web.library import actions, queries, tasks
from heartwood.web.library.models import CourseVersion, Rendering
from heartwood.web.people.models import User

pytestmark = pytest.mark.django_db
SOURCE = Path(__file__).parents[3] / "src"


@pytest.fixture(autouse=True)
def child_finds_heartwood(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(SOURCE))


def test_each_choice_is_a_sound_of_its_own(version: CourseVersion, at: datetime) -> None:
    choices = [
        Choices(),
        Choices(voice="bells"),
        Choices(opening_bell=Bowl.DEEP),
        Choices(closing_bell=Bowl.DEEP),
        Choices(settling_seconds=15),
        Choices(balance=Balance.VOICE),
        Choices(codec=Codec.OPUS),
    ]

    wanted = {actions.want(version, "settle", choices=one, at=at).id for one in choices * 2}

    assert len(wanted) == len(choices)


def test_the_usual_voice_by_name_is_the_same_sound(version: CourseVersion, at: datetime) -> None:
    usual = actions.want(version, "settle", at=at)

    named = actions.want(version, "settle", choices=Choices(voice=usual.voice), at=at)

    assert named.id == usual.id


def test_sitting_without_words_becomes_a_file_with_its_settling_in(
    amara: User, at: datetime, key_check: None
) -> None:
    choices = Choices(opening_bell=Bowl.CLEAR, settling_seconds=15)
    due = actions.want_unguided(sit(60_000), choices=choices, by=amara, at=at)

    tasks.drain(at=at, stopped=Event())

    due.refresh_from_db()
    assert (due.state, due.trouble, due.file_ms) == ("ready", "", 75_000)
    assert queries.sound_file(due)
    assert [(one["kind"], one["start_ms"]) for one in due.timeline] == [
        ("silence", 0),
        ("bell", 15_000),
        ("silence", 24_000),
        ("bell", 63_000),
    ]


def test_each_way_of_sitting_is_a_sound_of_its_own(key_check: None, at: datetime) -> None:
    part = Stretch(Way.SIT, 60_000)
    asked = [sit(60_000), sit(61_000), Unguided((part, part)), Unguided((part,), open_end=True)]

    for one in asked * 2:
        actions.want_unguided(one, at=at)

    assert Rendering.objects.count() == 4
