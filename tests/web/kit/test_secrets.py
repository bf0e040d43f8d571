from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from heartwood.errors import SetupError
from heartwood.web.kit.secrets import Secrets


def _mode(path: Path) -> str:
    return oct(path.stat().st_mode & 0o777)


def test_keys_are_readable_by_their_owner_alone(tmp_path: Path) -> None:
    secrets = Secrets.in_folder(tmp_path / "keys")
    secrets.make_master()

    modes = {file.name: _mode(file) for file in secrets.folder.iterdir()}

    assert modes == {"session.key": "0o600", "master.key": "0o600"}
    assert _mode(secrets.folder) == "0o700"


def test_a_second_start_finds_the_same_keys(tmp_path: Path) -> None:
    first = Secrets.in_folder(tmp_path)
    first.make_master()
    sealed = first.master().encrypt(b"a line")

    second = Secrets.in_folder(tmp_path)
    second.make_master()

    assert second.session_key == first.session_key
    assert second.master().decrypt(sealed) == b"a line"


def test_many_first_starts_at_once_agree_on_the_keys(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda _: Secrets.in_folder(tmp_path).session_key, range(32)))

    assert len(found) == 1


def test_reading_never_makes_a_master_key(tmp_path: Path) -> None:
    secrets = Secrets.in_folder(tmp_path)

    with pytest.raises(SetupError, match="Restore the folder of keys"):
        secrets.master()

    assert not secrets.has_master()


def test_an_older_master_key_still_opens_after_a_newer_one_is_added(tmp_path: Path) -> None:
    secrets = Secrets.in_folder(tmp_path)
    secrets.make_master()
    sealed = secrets.master().encrypt(b"a line")

    secrets.master_path.write_bytes(Fernet.generate_key() + b"\n" + secrets.master_path.read_bytes())

    assert secrets.master().decrypt(sealed) == b"a line"


def test_a_file_that_is_no_key_is_named(tmp_path: Path) -> None:
    secrets = Secrets.in_folder(tmp_path)
    secrets.master_path.write_text("not a key")

    with pytest.raises(SetupError, match="master.key does not hold a master key"):
        secrets.master()
