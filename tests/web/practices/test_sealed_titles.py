"""What somebody calls a sitting of their own is theirs: sealed, also where it stood in the clear before."""

from __future__ import annotations

from datetime import datetime
from importlib import import_module

import pytest
from django.apps import apps

from heartwood.web.kit.ids import new_id
from heartwood.web.people.models import User
from heartwood.web.practices import actions
from heartwood.web.practices.models import Sitting
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
