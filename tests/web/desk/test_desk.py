"""What the operator is told: each thing in a sentence, and what needs a hand stands out."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from heartwood.cli import doctor
from heartwood.web.delivery import actions as delivery
from heartwood.web.delivery.models import Due
from heartwood.web.desk import kept, outside, queries
from heartwood.web.desk.queries import Desk, Line
from heartwood.web.library.models import Rendering
from heartwood.web.people.models import User

pytestmark = pytest.mark.django_db


def line(name: str, *, at: datetime) -> Line:
    return next(each for each in queries.desk(at=at).lines if each.name == name)


def test_workers_that_were_seen_lately_are_at_work(at: datetime) -> None:
    for worker in kept.WORKERS:
        kept.note_work(settings.DATA, worker, at=at - timedelta(minutes=1))

    assert line("Worker", at=at) == Line("Worker", "At work; last seen 2026-11-24 11:59 UTC.")


def test_a_worker_that_rests_too_long_needs_a_hand(at: datetime) -> None:
    kept.note_work(settings.DATA, "ticker", at=at - timedelta(hours=1))
    for worker in ("postman", "messenger"):
        kept.note_work(settings.DATA, worker, at=at)

    told = line("Worker", at=at)

    assert told.needs_a_hand
    assert "(ticker last seen 2026-11-24 11:00 UTC)" in told.words


def test_a_note_that_was_refused_is_told_with_its_reason_and_one_of_unknown_fate_too(at: datetime) -> None:
    for key, state, words in (("a", "refused", "403 The push service refuses it."), ("b", "unknown", "")):
        delivery.queue(delivery.Wish("push", "reminder", key, "0" * 32, b"{}"), at=at)
        Due.objects.filter(key=key).update(state=state, sealed=None, answer=words, ended_at=at)

    told, found = line("Notes", at=at), queries.desk(at=at).failures

    assert told.words == "0 devices. Sent: 0. Unknown: 1. Refused: 1. Too late: 0."
    assert told.needs_a_hand and not line("Mail", at=at).needs_a_hand
    assert {(failure.what, failure.why) for failure in found} == {
        ("Note: reminder, refused", "403 The push service refuses it."),
        ("Note: reminder, unknown", ""),
    }


def test_a_sound_that_failed_is_told_with_its_reason(arrival: Rendering, at: datetime) -> None:
    Rendering.objects.filter(id=arrival.id).update(
        state="failed", trouble="The voice is not here.", touched_at=at
    )

    found = queries.desk(at=at)

    assert [failure.why for failure in found.failures] == ["The voice is not here."]
    assert "Sounds" in [each.name for each in found.wanting]


def test_a_clock_that_was_set_back_a_day_is_told(bo: User, arrival: Rendering, at: datetime) -> None:
    Rendering.objects.filter(id=arrival.id).update(touched_at=at)

    told = line("Clock", at=at - timedelta(days=1))

    assert told.needs_a_hand
    assert told.words.startswith(
        "It says 2026-11-23 12:00 UTC, but something was kept at 2026-11-24 12:00 UTC."
    )


def test_a_backup_of_yesterday_is_well_and_one_of_last_month_is_not(at: datetime) -> None:
    (Path(settings.DATA) / "backups").mkdir(exist_ok=True)
    kept.note(settings.DATA, kept.BACKUP, at=at, place=Path("elsewhere"))

    assert not line("Backup", at=at + timedelta(days=1)).needs_a_hand
    assert line("Backup", at=at + timedelta(days=30)).needs_a_hand


def test_a_certificate_file_without_a_certificate_needs_a_hand(at: datetime, tmp_path: Path) -> None:
    (tmp_path / "own.pem").write_text("nothing")

    assert outside.certificate_ends(tmp_path / "own.pem") is None


def test_the_doctor_marks_what_needs_a_hand(at: datetime) -> None:
    found = Desk(at, (Line("Disk", "0.2 GB free.", needs_a_hand=True), Line("Clock", "Right.")), ())

    assert doctor._told(found) == (
        "! Disk         0.2 GB free.\n  Clock        Right.\n\nLines with ! need a hand."
    )
