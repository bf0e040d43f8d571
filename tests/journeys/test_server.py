"""A server as its operator meets it: ports, folders, keys, stopping, and the first minutes."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.journeys.conftest import Server, free_port, wait_until
from tests.journeys.steps import open_account, skip_sound_check

ROOT = Path(__file__).parents[2]


def test_a_taken_port_says_so_and_offers_the_next(live: Server, tmp_path: Path) -> None:
    second = live.command("serve", "--data", str(tmp_path / "other"), "--port", str(live.port))

    assert second.returncode == 2
    assert f"Port {live.port} is taken" in second.stderr
    assert "./run --port" in second.stderr


def test_a_data_folder_in_use_is_refused_by_name(live: Server) -> None:
    second = live.command("serve", "--data", str(live.data), "--port", str(live.port + 1))

    assert second.returncode == 2
    assert f"is already in use by process {live.process.pid}" in second.stderr


def test_it_stops_within_five_seconds_when_asked(server: Server) -> None:
    seconds = server.stop()

    assert server.process.returncode == 0
    assert seconds < 5


def test_a_missing_master_key_is_refused_and_never_replaced(server: Server, chromium: Any) -> None:
    open_account(chromium.new_context().new_page(), server, name="Amara")
    server.stop()
    keys = [key for key in (server.data / "keys").iterdir() if "master" in key.name]
    for key in keys:
        key.unlink()

    again = server.command("serve")

    assert again.returncode == 2
    assert "restore" in again.stderr.lower()
    assert [key for key in keys if key.exists()] == []


def test_every_practice_lists_as_json_alone() -> None:
    listed = subprocess.run(
        [sys.executable, "-m", "heartwood", "practice", "list", "--json"],
        env={"PYTHONPATH": str(ROOT / "src")}, capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert {"arrive"} <= {practice["id"] for practice in json.loads(listed.stdout)}


def test_a_stranger_hears_the_first_practice_of_a_fresh_server(tmp_path: Path, chromium: Any) -> None:
    server = Server(tmp_path / "fresh", free_port()).start()
    try:
        page = chromium.new_page()
        page.goto(server.url)
        page.get_by_role("link", name="Sit for three minutes now").click()
        page.wait_for_selector("[data-player-play]:not([disabled])", timeout=90_000)
        page.locator("[data-player-play]").first.click()
        skip_sound_check(page)
        wait_until(page, "document.querySelector('audio').currentTime > 1", seconds=20)
    finally:
        server.kill()


def test_a_copy_of_the_database_is_kept_before_it_changes_shape(server: Server) -> None:
    server.stop()
    _run_django(server, "migrate", "practices", "zero")

    server.start()

    (kept,) = (server.data / "backups").glob("before-migration-*")
    assert "practices_sitting" not in _tables(kept / "heartwood.sqlite3")
    assert "practices_sitting" in _tables(server.data / "db" / "heartwood.sqlite3")


def test_a_data_folder_of_a_newer_version_is_refused_and_left_alone(server: Server) -> None:
    server.stop()
    database = server.data / "db" / "heartwood.sqlite3"
    with closing(sqlite3.connect(database)) as opened, opened:
        opened.execute(
            "INSERT INTO django_migrations (app, name, applied)"
            " VALUES ('practices', '9999_later', '2030-01-01')"
        )

    refused = server.command("serve")

    assert refused.returncode == 2
    assert "written by a newer Heartwood (practices.9999_later)" in refused.stderr
    assert list((server.data / "backups").iterdir()) == []


def test_a_backup_of_a_running_server_is_restored_with_its_keys(server: Server, tmp_path: Path) -> None:
    saved = server.command("backup", str(tmp_path / "kept"))
    (whole,) = (
        found for found in (tmp_path / "kept").glob("heartwood-*") if not found.name.endswith("-keys")
    )
    refused = server.command("restore", str(whole))
    server.stop()
    shutil.rmtree(server.data / "keys")
    (server.data / "db" / "heartwood.sqlite3").unlink()

    restored = server.command("restore", str(whole))
    server.start()

    assert saved.returncode == 0
    assert refused.returncode == 2 and "in use by process" in refused.stderr
    assert restored.returncode == 0


def _run_django(server: Server, *words: str) -> None:
    settings = {
        "DJANGO_SETTINGS_MODULE": "heartwood.web.project.settings",
        "HEARTWOOD_DATA": str(server.data),
    }
    source = {"PYTHONPATH": str(ROOT / "src")}
    subprocess.run(
        [sys.executable, "-m", "django", *words], env={**os.environ, **settings, **source}, check=True
    )


def _tables(database: Path) -> set[str]:
    with closing(sqlite3.connect(database)) as opened:
        return {name for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
