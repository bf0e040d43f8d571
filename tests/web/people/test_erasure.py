"""Erasing a person: nothing of them is left, and no restore brings them back."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from heartwood.web.kit.ids import new_id
from heartwood.web.kit.models import AuditEntry
from heartwood.web.people import actions, erasure, holdings, invitations, keys
from heartwood.web.people.models import ErasedSession, Invitation, PersonKey, Session, User

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]


def test_it_is_asked_twice_and_the_second_press_erases(amara: User, signed_in: Browser) -> None:
    browser = signed_in(amara)

    asked = browser.post("/settings/erase/", {"page_id": str(new_id())})
    assert User.objects.filter(id=amara.id).exists()
    done = browser.post("/settings/erase/", {"page_id": str(new_id()), "step": "sure"})

    assert "Once more, to be sure" in asked.text
    assert (done.status_code, done["Clear-Site-Data"]) == (200, '"cache", "cookies", "storage"')
    assert not User.objects.exists()
    assert not PersonKey.objects.exists()


def test_another_browser_of_an_erased_person_is_told_once(
    amara: User, signed_in: Browser, at: datetime
) -> None:
    elsewhere = signed_in(amara)
    cookie = elsewhere.cookies[settings.SESSION_COOKIE_NAME].value

    erasure.erase(amara, by=amara.id, at=timezone.now())
    told, after = elsewhere.get("/settings/"), elsewhere.get("/sign-in/")

    assert told.status_code == 410
    assert "This account was erased" in told.text
    assert told["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert after.status_code == 200
    assert not Session.objects.exists()
    assert cookie not in str(list(ErasedSession.objects.values()))


def test_a_cookie_that_merely_ran_out_is_no_erasure(client: Client, key_check: None) -> None:
    client.cookies[settings.SESSION_COOKIE_NAME] = "ranoutlongago"

    assert client.get("/sign-in/").status_code == 200


def test_every_room_lets_go_from_the_top_down(amara: User, at: datetime) -> None:
    let_go: list[str] = []
    kept = dict(holdings._holdings)
    for room in ("lower", "upper"):
        holdings.register(
            room, collect=lambda person: {}, erase=lambda person, at, room=room: let_go.append(room)
        )

    erasure.erase(amara, by=None, at=at)
    holdings._holdings.clear()
    holdings._holdings.update(kept)

    assert let_go == ["upper", "lower"]


def test_the_ledger_names_an_id_and_a_time_and_nothing_else(amara: User, at: datetime) -> None:
    erasure.erase(amara, by=amara.id, at=at)

    ledger = settings.SECRETS.ledger_path
    assert json.loads(ledger.read_text()) == {"person": str(amara.id), "at": at.isoformat()}
    assert oct(ledger.stat().st_mode & 0o777) == "0o600"


def test_whoever_a_restore_brings_back_is_erased_again_at_the_start(
    amara: User, eve: User, at: datetime
) -> None:
    erasure.erase(amara, by=amara.id, at=at)
    User.objects.create(id=amara.id, name="Amara Okafor", email="amara@example.org", created_at=at)

    erased = [erasure.apply_ledger(at=at) for _ in range(2)]

    assert erased == [1, 0]
    assert [person.name for person in User.objects.all()] == ["Eve"]


def test_a_torn_line_of_the_ledger_hides_none_of_the_others(amara: User, at: datetime) -> None:
    with settings.SECRETS.ledger_path.open("w") as ledger:
        ledger.write(
            '{"person": "018f\n' + json.dumps({"person": str(amara.id), "at": at.isoformat()}) + "\n"
        )

    assert erasure.apply_ledger(at=at) == 1


def test_the_audit_trail_keeps_that_it_happened(amara: User, at: datetime) -> None:
    erasure.erase(amara, by=amara.id, at=at)

    told = AuditEntry.objects.filter(subject_id=amara.id).order_by("id").values_list("verb", flat=True)
    assert list(told) == ["joined", "erased"]


def test_links_that_an_erased_operator_made_still_stand(bo: User, at: datetime) -> None:
    invitations.participant_link(by=bo, at=at)

    erasure.erase(bo, by=bo.id, at=at)

    assert Invitation.objects.get().by is None


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="on PostgreSQL its own log is named on the privacy page"
)
def test_after_an_erasure_neither_the_database_nor_its_log_holds_name_or_address(key_check: None) -> None:
    at = timezone.now() - timedelta(days=1)
    planted = [f"Planted Name {number:02}" for number in range(20)]
    people = [
        actions.create_person(
            actions.Account(name=name, email=f"planted.{number}@example.org", time_zone="UTC"), at=at
        )
        for number, name in enumerate(planted)
    ]
    for person in people:
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        client.get("/settings/")
        actions.describe(person, at=at, name=f"{person.name} again")
    assert _held(planted) == set(planted)

    for person in people:
        erasure.erase(person, by=person.id, at=timezone.now())

    assert _held([*planted, "planted."]) == set()


def _held(words: list[str]) -> set[str]:
    """Which of these words stand in the database file or in its log."""
    database = Path(str(connection.settings_dict["NAME"]))
    files = [database, *database.parent.glob(f"{database.name}-*")]
    everything = b"".join(file.read_bytes() for file in files if file.exists())
    return {word for word in words if word.encode() in everything}


def test_a_line_sealed_before_an_erasure_can_never_be_opened_again(amara: User, at: datetime) -> None:
    sealed = keys.seal(amara, "Only mine.")
    erasure.erase(amara, by=amara.id, at=at)
    again = actions.create_person(actions.Account(name="Amara Okafor", email=None, time_zone="UTC"), at=at)

    with pytest.raises(Exception, match="could not be opened"):
        keys.unseal(again, sealed)
