"""The unit that `heartwood systemd` writes, as systemd itself reads it."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from heartwood.cli.systemd import unit
from heartwood.web.project.options import Options

RUN = Path(__file__).parents[2] / "run"
needs_systemd = pytest.mark.skipif(
    not shutil.which("systemd-analyze"), reason="no systemd-analyze here (Debian: apt install systemd)"
)


def _written(folder: Path, **options: object) -> Path:
    file = folder / "heartwood.service"
    file.write_text(unit(Options(data=folder, **options), run=RUN, user="daemon"), encoding="utf-8")
    return file


@needs_systemd
@pytest.mark.parametrize("port", [8000, 443])
def test_systemd_finds_nothing_to_say_about_it(port: int, tmp_path: Path) -> None:
    file = _written(tmp_path, port=port)

    verdict = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(file)], capture_output=True, text=True, check=False
    )

    assert (verdict.returncode, re.findall(r".*heartwood\.service.*", verdict.stderr)) == (0, [])


def test_it_starts_at_boot_again_after_a_failure_and_not_after_a_refusal(tmp_path: Path) -> None:
    lines = _written(tmp_path).read_text(encoding="utf-8").splitlines()

    assert {"WantedBy=multi-user.target", "Restart=on-failure", "RestartPreventExitStatus=2"} <= set(lines)
    assert [line for line in lines if line.startswith("ReadWritePaths=")] == [f"ReadWritePaths={tmp_path}"]


def test_only_a_low_port_asks_for_a_right_of_its_own(tmp_path: Path) -> None:
    assert "CAP_NET_BIND_SERVICE" not in _written(tmp_path).read_text(encoding="utf-8")
    assert "CAP_NET_BIND_SERVICE" in _written(tmp_path, port=443).read_text(encoding="utf-8")


def test_a_database_that_does_not_answer_yet_ends_the_start_so_that_systemd_tries_again(
    tmp_path: Path,
) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        address = f"postgresql://heartwood@127.0.0.1:{nobody.getsockname()[1]}/heartwood"
        settings = {"HEARTWOOD_DATA": str(tmp_path / "data"), "HEARTWOOD_DATABASE_URL": address}
        start = subprocess.run(
            [sys.executable, "-m", "heartwood.web.project.start"], capture_output=True, text=True,
            env={**os.environ, "PYTHONPATH": str(RUN.parent / "src"), **settings}, check=False,
        )  # fmt: skip

    assert "The database does not answer. Look at database_url" in start.stderr
    assert start.returncode not in {0, 2}
