"""What befalls a real server: a clear sentence, nothing lost, and it goes on with what it can."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest

from tests.journeys.conftest import Server, free_port
from tests.visitor import Visitor, open_account

ROOT = Path(__file__).parents[2]
STRANGER = "nobody"


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of this test's own."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = (
        not os.geteuid() and shutil.which("mount") and _mount("-t", "tmpfs", "-o", "size=40m", "tmpfs", place)
    )
    if not mounted:
        pytest.skip("no disk can be mounted here (run as root)")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


def _mount(*words: object) -> bool:
    return subprocess.run(["mount", *map(str, words)], capture_output=True).returncode == 0


def _fill(disk: Path) -> Path:
    """Write until nothing more fits, not even a few bytes."""
    filler = disk / "filler"
    for size in (65_536, 512, 1):
        with filler.open("ab", buffering=0) as file:
            try:
                while file.write(b"x" * size):
                    pass
            except OSError:
                continue
    return filler


def write_line(visitor: Visitor) -> Callable[[], int]:
    token = visitor.get("/sittings/add/").forms[-1].fields["csrfmiddlewaretoken"]
    body = {"body": "The kettle was loud. " * 400}
    address = f"/api/reflections/{uuid4()}"
    return lambda: visitor.send("PUT", address, body, token=token).status


def test_on_a_full_disk_pages_are_read_nothing_is_lost_and_afterwards_it_goes_on(disk: Path) -> None:
    server = Server(disk / "data", free_port()).start()
    try:
        amara = open_account(server.url, server.owner_link, name="Amara")
        write = write_line(amara)
        filler = _fill(disk)

        full = write()
        read = [
            amara.get(page).status for page in ("/today/", "/weeks/", "/sittings/", "/settings/", "/desk/")
        ]
        doctor = server.command("doctor").stdout
        filler.unlink()

        assert full == 503
        assert read == [200] * 5
        assert "! Disk         0.0 GB free." in doctor
        assert write() == 200
        assert "Logging error" not in server.said
    finally:
        server.kill()


def test_a_full_disk_at_the_start_is_told_and_the_next_start_is_well(disk: Path) -> None:
    server = Server(disk / "data", free_port()).start()
    server.stop()
    shutil.rmtree(server.data / "static")
    filler = _fill(disk)

    refused = _ended(server)
    filler.unlink()
    server.start()
    server.kill()

    assert refused.returncode == 2
    assert "is full. Make room and start again" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_data_folder_that_cannot_be_written_is_told(disk: Path) -> None:
    server = Server(disk / "data", free_port()).start()
    server.stop()
    assert _mount("-o", "remount,ro", disk)

    refused = _ended(server)

    assert refused.returncode == 2
    assert f"The data folder {server.data} cannot be written (Read-only file system)" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_database_that_another_program_holds_is_told_and_left_alone(server: Server) -> None:
    server.stop()
    database = server.data / "db" / "heartwood.sqlite3"
    with closing(sqlite3.connect(database)) as other:
        other.execute("PRAGMA locking_mode=EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        refused = _ended(server)

    server.start()

    assert refused.returncode == 2
    assert "Another program holds the database. Close it and start again. Nothing is lost." in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.skipif(os.geteuid() != 0, reason="no other user can be had here (run as root)")
def test_a_checkout_of_another_user_is_told_with_their_name(tmp_path: Path) -> None:
    clone = tmp_path / "heartwood"
    clone.mkdir()
    for part in ("run", "requirements.lock", "requirements-dev.lock"):
        shutil.copy(ROOT / part, clone / part)
    for folder in (clone, *clone.parents[:-2]):
        folder.chmod(0o755)

    refused = subprocess.run(
        ["python3", clone / "run"], user=STRANGER, extra_groups=[], env={"PATH": "/usr/bin:/bin"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert refused.returncode == 1
    assert f"Heartwood's folder {clone} belongs to somebody else (user root)" in refused.stderr
    assert "Traceback" not in refused.stderr


def _ended(server: Server) -> subprocess.CompletedProcess[str]:
    """A start that is expected to end by itself."""
    return subprocess.run(
        [sys.executable, "-m", "heartwood", "serve", "--data", str(server.data), "--port", str(server.port)],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True, text=True, check=False, timeout=90,
    )  # fmt: skip
