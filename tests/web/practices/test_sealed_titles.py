"""What somebody calls a sitting of their own is theirs: sealed, also where it stood in the clear before."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from importlib import import_module

import pytest
from django.apps import apps

from heartwood.web.kit.ids import new_id
from heartwood.web.people import keys
from heartwood.web.people.models import User
from heartwood.web.practices import actions
from heartwood.web.practices.models import Sitting, Twin
from heartwood.web.practices.records import Differs
from heartwood.web.practices.titles import title_of

pytestmark = pytest.mark.django_db


def test_it_does_not_stand_in_the_row(amara: User, at: datetime) -> None:
    actions.add_by_hand(amara, new_id(), title="By his bed", minutes=5, began_at=at, at=at)

    kept = Sitting.objects.get()
    assert (kept.title, title_of(kept)) == ("", "By his bed")
    assert b"By his bed" not in bytes(kept.sealed_title or b"")


def test_the_upgrade_seals_what_stood_in_the_clear(amara: User, at: datetime) -> None:
    actions.add_by_hand(amara, new_id(), title="Tree", minutes=5, began_at=at, at=at)
    Sitting.objects.update(title="By his bed", sealed_title=None)

    import_module("heartwood.web.practices.migrations.0008_sealed_title").seal(apps, None)

    kept = Sitting.objects.get()
    assert (kept.title, title_of(kept)) == ("", "By his bed")


def test_what_tells_a_twin_again_cannot_be_tried_out_from_its_row(amara: User, at: datetime) -> None:
    identity, guess = new_id(), json.dumps({"line": "Called Kwame.", "direction": "others"})
    actions.keep_act(amara, identity, line="Held the lift.", direction="others", at=at)
    for _ in range(2):
        with suppress(Differs):
            actions.keep_act(amara, identity, line="Called Kwame.", direction="others", at=at)

    kept = Twin.objects.get()
    assert kept.content_hash != sha256(f"{amara.id}\0{guess}".encode()).hexdigest()


def test_the_upgrade_keys_what_could_be_tried_out(amara: User, at: datetime) -> None:
    identity = new_id()
    actions.keep_act(amara, identity, line="Held the lift.", direction="others", at=at)
    with suppress(Differs):
        actions.keep_act(amara, identity, line="Called Kwame.", direction="others", at=at)
    kept = Twin.objects.get()
    words = keys.unseal(amara, kept.sealed)
    Twin.objects.update(content_hash=sha256(f"{amara.id}\0{words}".encode()).hexdigest())

    import_module("heartwood.web.practices.migrations.0009_keyed_fingerprints").key(apps, None)

    assert Twin.objects.get().content_hash == kept.content_hash
