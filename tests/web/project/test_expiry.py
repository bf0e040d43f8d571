"""Backups end after their days, and nothing but Heartwood's own is ever deleted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from heartwood.web.project.expiry import copies, delete_expired

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
OLD = "20200101T000000"


def _make(target: Path, name: str, *parts: str) -> Path:
    (target / name).mkdir(parents=True)
    for part in parts:
        (target / name / part).write_text("kept")
    return target / name


def test_a_backup_and_its_keys_go_after_their_days_and_not_a_second_before(tmp_path: Path) -> None:
    at_the_limit = _make(tmp_path, "heartwood-20261025T120000", "heartwood.sqlite3")
    past_it = _make(tmp_path, "heartwood-20261025T115959", "heartwood.sqlite3", "media")
    its_keys = _make(tmp_path, "heartwood-20261025T115959-keys", "master.key", "heartwood.toml")

    gone, _ = delete_expired(tmp_path, at=NOON, days=30)

    assert sorted(gone) == sorted([past_it, its_keys])
    assert list(tmp_path.iterdir()) == [at_the_limit]


@pytest.mark.parametrize(
    ("name", "part"),
    [
        (f"heartwood-{OLD}", "letter.txt"),
        (f"heartwood-{OLD}-keys", "another.key"),
        (f"heartwood-{OLD}-mine", "heartwood.sqlite3"),
        (f"my-heartwood-{OLD}", "heartwood.sqlite3"),
        ("heartwood-20209901T000000", "heartwood.sqlite3"),
        ("before-migration-notes", "heartwood.sqlite3"),
        (f"before-migration-{OLD}-keys", "master.key"),
        ("photographs", "heartwood.sqlite3"),
    ],
)
def test_whatever_is_not_ours_by_name_and_content_stays(tmp_path: Path, name: str, part: str) -> None:
    theirs = _make(tmp_path, name, part)

    gone, _ = delete_expired(tmp_path, at=NOON, days=1)

    assert gone == []
    assert (theirs / part).read_text() == "kept"


def test_a_file_and_a_link_with_our_name_stay(tmp_path: Path) -> None:
    elsewhere = _make(tmp_path / "elsewhere", f"heartwood-{OLD}", "heartwood.sqlite3")
    target = tmp_path / "backups"
    target.mkdir()
    (target / "heartwood-20200102T000000").write_text("a file")
    (target / f"heartwood-{OLD}").symlink_to(elsewhere)

    gone, _ = delete_expired(target, at=NOON, days=1)

    assert gone == []
    assert (elsewhere / "heartwood.sqlite3").exists()


def test_a_copy_that_was_cut_off_ends_too(tmp_path: Path) -> None:
    cut_off = _make(tmp_path, f".heartwood-{OLD}.partial", "heartwood.sqlite3")

    assert delete_expired(tmp_path, at=NOON, days=30)[0] == [cut_off]


def test_copies_from_before_an_upgrade_and_a_restore_end_too(tmp_path: Path) -> None:
    upgrade = _make(tmp_path, f"before-migration-{OLD}000001", "heartwood.sqlite3")
    restore = _make(tmp_path, f"before-restore-{OLD}", "db", "keys")

    assert delete_expired(tmp_path, at=NOON, days=30)[0] == [restore, upgrade]


def test_age_is_read_from_the_name_and_not_from_the_day_it_was_copied(tmp_path: Path) -> None:
    newer = _make(tmp_path, "heartwood-20261124T000000", "heartwood.sqlite3")
    older = _make(tmp_path, "heartwood-20251231T235959", "heartwood.sqlite3")
    ahead = _make(tmp_path, "heartwood-20270101T000000", "heartwood.sqlite3")

    assert copies(tmp_path, kind="heartwood") == [older, newer, ahead]
    assert delete_expired(tmp_path, at=NOON + timedelta(minutes=1), days=1)[0] == [older]


def test_a_secret_of_the_operators_beside_the_keys_ends_with_them(tmp_path: Path) -> None:
    keys = _make(tmp_path, f"heartwood-{OLD}-keys", "master.key", "mail-password")

    assert delete_expired(tmp_path, at=NOON, days=30) == ([], [keys])
    assert delete_expired(tmp_path, at=NOON, days=30, secrets=frozenset({"mail-password"})) == ([keys], [])
