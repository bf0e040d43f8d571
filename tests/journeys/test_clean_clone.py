"""A stranger with python3, git and a browser: a clean clone, an empty environment, the README's commands."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.conftest import Server, free_port
from tests.journeys.steps import practise_through_power_cuts

ROOT = Path(__file__).parents[2]
STRANGER = "nobody"


@pytest.fixture
def clone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A clone of what is committed, in a folder with a space, owned by somebody without rights."""
    home = tmp_path_factory.mktemp("a stranger's home")
    subprocess.run(["git", "clone", "-q", "--no-hardlinks", str(ROOT), str(home / "heart wood")], check=True)
    if os.geteuid() == 0:
        stranger = pwd.getpwnam(STRANGER)
        for folder, _, files in os.walk(home):
            for name in [folder, *(os.path.join(folder, file) for file in files)]:
                os.chown(name, stranger.pw_uid, stranger.pw_gid)
        for parent in home.parents:
            if parent.stat().st_uid == 0 and parent != Path("/") and parent != Path("/tmp"):
                parent.chmod(parent.stat().st_mode | 0o011)
    yield home / "heart wood"
    shutil.rmtree(home, ignore_errors=True)


def test_a_stranger_starts_it_with_the_readmes_command_and_practises(clone: Path, chromium: Any) -> None:
    server = Server(clone / "data", free_port(), clone=clone, user=STRANGER if os.geteuid() == 0 else None)
    server.start()
    try:
        page = chromium.new_context().new_page()
        practise_through_power_cuts(page, server, line="My first line, from a machine with nothing on it.")
    finally:
        server.kill()
