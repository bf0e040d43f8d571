"""A hundred simulated lives through the web code, on each database; twenty in the sample.

No scolding word, no lost record, no wrong day, never two reminders on a day or one in quiet hours.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.cluster import programs, throw_away_cluster
from tests.journeys.conftest import ROOT
from tests.lives.judge import seeds

SAMPLE = bool(os.environ.get("HEARTWOOD_SAMPLE"))
LIVES = 20 if SAMPLE else 100
SEEDS = range(LIVES) if SAMPLE else seeds(LIVES)
"""The sample lives the same lives each time, so that what fails there is a change's doing."""
AS_LONG_AS_IT_LIKES = "0"


def test_no_life_through_the_web_is_scolded_robbed_or_pestered(tmp_path: Path) -> None:
    """A failing line names the seed and the moment; `python -m tests.long.web_lives` lives it again."""
    if not programs():
        pytest.skip("no PostgreSQL here (Debian: apt install postgresql)")
    with throw_away_cluster() as address, ThreadPoolExecutor(2) as beside:
        lived = list(beside.map(lambda url: _lived(url, tmp_path), ("", address)))

    amiss = [f"{name}: {line}" for name, lives in lived for life in lives for line in life["amiss"]]
    print(*amiss, sep="\n")
    assert amiss == []
    for name, lives in lived:
        told = Counter[str]()
        for life in lives:
            told.update({what: life.get(what, 0) for what in ("looks", "pages", "sent", "mails")})
        print(f"{name}: {len(lives)} lives, {dict(told)}")
        assert len(lives) == LIVES
        assert told["looks"] > 20 * LIVES
        assert told["mails"] > LIVES


def _lived(database: str, tmp_path: Path) -> tuple[str, list[dict[str, Any]]]:
    """Every life on one database, in a process of its own; what was lived before is kept."""
    name = "postgresql" if database else "sqlite"
    kept = Path(os.environ.get("HEARTWOOD_STATE", tmp_path)) / f"web-lives-{name}"
    data = tmp_path / name
    data.mkdir()
    subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.long.web_lives", kept, AS_LONG_AS_IT_LIKES,
         *map(str, SEEDS)],
        cwd=ROOT, check=True,
        env={**os.environ, "HEARTWOOD_DATA": str(data), "HEARTWOOD_DATABASE_URL": database,
             "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"},
    )  # fmt: skip
    return name, [json.loads(line) for line in kept.read_text().splitlines()]
