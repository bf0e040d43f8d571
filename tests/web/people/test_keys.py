"""The master key fits, or the server does not start; it is never made anew."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from cryptography.fernet import Fernet
from django.conf import settings

from heartwood.errors import SetupError
from heartwood.web.people import keys
from heartwood.web.people.models import KeyCheck, User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept_master_key() -> Iterator[bytes]:
    """Whatever a test does to the master key is put right after it."""
    master = settings.SECRETS.master_path.read_bytes()
    yield master
    settings.SECRETS.master_path.write_bytes(master)


def test_a_right_key_lets_the_server_start(amara: User) -> None:
    keys.check_master_key()

    assert keys.master_key_fits()


def test_a_missing_key_stops_the_start_and_none_is_made(amara: User) -> None:
    settings.SECRETS.master_path.unlink()

    with pytest.raises(SetupError, match=r"master\.key is missing.*Restore the folder of keys"):
        keys.check_master_key()

    assert not settings.SECRETS.has_master()


def test_another_key_stops_the_start_and_stays_as_it_is(amara: User) -> None:
    other = Fernet.generate_key()
    settings.SECRETS.master_path.write_bytes(other)

    with pytest.raises(SetupError, match="is not the one this database was sealed with"):
        keys.check_master_key()

    assert settings.SECRETS.master_path.read_bytes() == other
    assert not keys.master_key_fits()


def test_without_its_check_value_the_key_is_tried_on_a_persons_key(amara: User) -> None:
    KeyCheck.objects.all().delete()
    settings.SECRETS.master_path.write_bytes(Fernet.generate_key())

    with pytest.raises(SetupError, match="is not the one"):
        keys.check_master_key()


def test_nobody_elses_key_opens_a_line(amara: User, eve: User) -> None:
    sealed = keys.seal(amara, "Only mine.")

    with pytest.raises(SetupError, match="could not be opened"):
        keys.unseal(eve, sealed)
