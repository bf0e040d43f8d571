"""The data folder: closed to the other users of the machine."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from heartwood.web.project.folder import PARTS, DataFolder


def test_what_a_server_keeps_is_for_its_own_user_alone(tmp_path: Path) -> None:
    usual = os.umask(0o022)
    try:
        folder = DataFolder.at(tmp_path / "data")
    finally:
        os.umask(usual)

    assert {stat.S_IMODE((folder.path / part).stat().st_mode) for part in PARTS} == {0o700}
