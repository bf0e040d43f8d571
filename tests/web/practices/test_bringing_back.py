"""What was deleted can be brought back for an hour, whole; after that it is gone, from the file too."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, models
from django.forms.models import model_to_dict
from django.test import Client
from django.utils import timezone

from heartwood.web.kit.ids import new_id
from heartwood.web.kit.models import AuditEntry
from heartwood.web.library.models import Rendering
from heartwood.web.people import erasure, holdings
from heartwood.web.people.models import User
from heartwood.web.practices import actions, tasks
from heartwood.web.practices.models import Deleted, LetGo, Reflection, Sitting, SittingEvent, Twin
from heartwood.web.practices.records import Gone, NotKnown
from tests.web.practices.observed import half_a_minute, seen
from tests.web.threads import at_once

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
LINE = "The kettle was loud, and I let it be."


def _rows() -> list[dict[str, Any]]:
    kinds: tuple[type[models.Model], ...] = (Sitting, SittingEvent, Reflection, Twin)
    return [
        {"pk": str(row.pk), **{name: _plain(value) for name, value in model_to_dict(row).items()}}
        for kind in kinds
        for row in kind._default_manager.order_by("pk")
    ]


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview | bytes) else value


@pytest.fixture
def sitting(amara: User, settle: Rendering, at: datetime) -> UUID:
    """A sitting with observations, a line, and an observation that came twice."""
    identity = new_id()
    observations = seen(half_a_minute(at))
    moment = at + timedelta(microseconds=123_456)
    actions.keep_observations(
        amara, identity, rendering=settle.id, observations=observations, at=moment + timedelta(minutes=1)
    )
    actions.keep_line(amara, new_id(), body=LINE, sitting=identity, at=moment)
    return identity


def test_a_sitting_comes_back_exactly_as_it_was(amara: User, sitting: UUID, at: datetime) -> None:
    before = _rows()
    actions.delete_sitting(amara, sitting, at=at)
    assert not Sitting.objects.exists()

    actions.bring_back(amara, sitting, at=at + timedelta(minutes=59))

    assert _rows() == before
    assert not Deleted.objects.exists() and not LetGo.objects.exists()
    audited = AuditEntry.objects.filter(subject_id=sitting).values_list("verb", flat=True)
    assert sorted(audited) == ["brought back", "deleted"]


def test_a_line_and_its_other_version_come_back_as_they_were(amara: User, at: datetime) -> None:
    identity = new_id()
    actions.keep_line(amara, identity, body=LINE, sitting=None, at=at)
    with pytest.raises(Exception, match="Both are kept"):
        actions.keep_line(amara, identity, body="It rained.", sitting=None, at=at)
    before = _rows()
    actions.delete_line(amara, identity, at=at)

    actions.bring_back(amara, identity, at=at)
    actions.bring_back(amara, identity, at=at)

    assert _rows() == before
    assert actions.keep_line(amara, identity, body=LINE, sitting=None, at=at).id == identity


def test_until_it_is_brought_back_no_late_copy_brings_it_back(amara: User, at: datetime) -> None:
    identity = new_id()
    actions.keep_line(amara, identity, body=LINE, sitting=None, at=at)
    actions.delete_line(amara, identity, at=at)

    with pytest.raises(Gone):
        actions.keep_line(amara, identity, body=LINE, sitting=None, at=at)


def test_after_an_hour_it_is_gone_and_nobody_else_ever_brings_it_back(
    amara: User, eve: User, sitting: UUID, at: datetime
) -> None:
    actions.delete_sitting(amara, sitting, at=at)

    for person, moment in ((eve, at), (amara, at + timedelta(hours=1))):
        with pytest.raises(NotKnown):
            actions.bring_back(person, sitting, at=moment)

    assert not tasks.forget(at=at + timedelta(minutes=59))
    assert tasks.forget(at=at + timedelta(hours=1))
    assert (LetGo.objects.count(), Deleted.objects.count()) == (0, 1)


def test_a_line_lies_sealed_while_it_waits(amara: User, sitting: UUID, at: datetime) -> None:
    line = Reflection.objects.get()
    actions.delete_line(amara, line.id, at=at)
    actions.delete_sitting(amara, sitting, at=at)

    for kept in LetGo.objects.all():
        assert b"kettle" not in bytes(kept.sealed)
        assert b"Settle" not in bytes(kept.sealed)


def test_what_waits_is_in_the_export_and_an_erasure_takes_it_too(
    amara: User, sitting: UUID, at: datetime
) -> None:
    actions.delete_line(amara, Reflection.objects.get().id, at=at)

    waiting = holdings.collect_all(amara)["practices"]["can_be_brought_back"]

    assert [(one["kind"], one["rows"][0]["body"]) for one in waiting] == [("line", LINE)]
    erasure.erase(amara, by=None, at=at)
    assert not LetGo.objects.exists()


def test_history_offers_what_was_deleted_just_now(amara: User, sitting: UUID, signed_in: Browser) -> None:
    browser, line = signed_in(amara), Reflection.objects.get()
    browser.post(f"/lines/{line.id}/delete/")
    browser.post(f"/sittings/{sitting}/delete/")

    page = browser.get("/sittings/").text
    back = [browser.post(f"/let-go/{one}/bring-back/", follow=True).text for one in (sitting, line.id)]

    assert page.count("Bring it back") == 2
    assert LINE not in page
    assert all("It is back." in text for text in back)
    assert LINE in back[1]
    assert Reflection.objects.get().sitting_id == sitting


@pytest.mark.django_db(transaction=True)
def test_a_line_whose_sitting_went_after_it_comes_back_alone(
    amara: User, sitting: UUID, signed_in: Browser
) -> None:
    browser, line = signed_in(amara), Reflection.objects.get()
    browser.post(f"/lines/{line.id}/delete/")
    browser.post(f"/sittings/{sitting}/delete/")

    page = browser.post(f"/let-go/{line.id}/bring-back/", follow=True).text

    assert "It is back." in page
    assert LINE in page
    assert Reflection.objects.get().sitting_id is None


def test_somebody_elses_is_answered_as_what_is_gone(
    amara: User, eve: User, sitting: UUID, signed_in: Browser
) -> None:
    actions.delete_sitting(amara, sitting, at=timezone.now())

    answers = [signed_in(eve).post(f"/let-go/{one}/bring-back/", follow=True) for one in (sitting, new_id())]

    assert all("It is gone now." in answer.text for answer in answers)
    assert not Sitting.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_pressed_ten_times_at_once_it_comes_back_once(amara: User, sitting: UUID, at: datetime) -> None:
    before = _rows()
    actions.delete_sitting(amara, sitting, at=at)

    at_once(10, lambda number: actions.bring_back(amara, sitting, at=at))

    assert _rows() == before


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL recycles its own log")
def test_afterwards_the_database_file_holds_nothing_of_it(amara: User, at: datetime) -> None:
    identity = new_id()
    actions.keep_line(amara, identity, body=LINE, sitting=None, at=at)
    actions.delete_line(amara, identity, at=at)
    erasure.empty_log()
    sealed = bytes(LetGo.objects.get().sealed)
    file = Path(connection.settings_dict["NAME"])
    assert sealed[:200] in file.read_bytes()

    tasks.forget(at=at + timedelta(hours=1))

    files = [file, file.with_name(f"{file.name}-wal")]
    assert [one.name for one in files if one.exists() and sealed[:200] in one.read_bytes()] == []
