"""On which machine, at which commit, and how busy it was: the head of every list of figures."""

from __future__ import annotations

import os
import platform
import sqlite3
import subprocess
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[1]


def heading() -> str:
    """Three lines that make a figure comparable with another."""
    return "\n".join(
        [
            f"commit   {commit()}, {datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
            f"machine  {os.cpu_count()} × {processor()}, {memory_gb():.0f} GB, {platform.system()} "
            f"{platform.release()}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}",
            f"load     {os.getloadavg()[0]:.1f} before the measurement (0 is an idle machine)",
        ]
    )


def commit() -> str:
    def git(*words: str) -> str:
        done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
        return done.stdout.strip()

    changed = " with changes" if git("status", "--porcelain", "--", "src", "content") else ""
    return f"{git('rev-parse', '--short', 'HEAD') or 'unknown'}{changed}"


def processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def memory_gb() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
