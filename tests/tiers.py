"""./run test [journeys | long [--sample]]: the tiers of tests, part by part, each with its time."""

from __future__ import annotations

import argparse
import os
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from xml.etree import ElementTree

from tests.cluster import programs, throw_away_cluster

ROOT = Path(__file__).parents[1]
STATE = ROOT / ".test-state"
PURE = ("tests/practice", "tests/content", "tests/curriculum", "tests/lives")
FILE_BY_FILE = ("--dist", "loadfile")
"""The tests of one file share a server, and stay together when several files run at a time."""
LACKING = re.compile(r"no .+ here\b")
"""How the reason of a skip begins when a program is absent. Other skips are meant, and free."""


@dataclass(frozen=True)
class Outcome:
    """What one part of a tier came to.

    left_out  why the part did not run
    lacking   for each test of it that did not run for want of a program, the reason
    """

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    left_out: str = ""
    lacking: tuple[str, ...] = ()
    seconds: float = 0.0

    @property
    def not_run(self) -> list[str]:
        """Each reason once, with the number of tests that it kept from running."""
        tests = [f"{count} {'test' if count == 1 else 'tests'}, {reason}"
                 for reason, count in Counter(self.lacking).items()]  # fmt: skip
        return [self.left_out, *tests] if self.left_out else tests


def quick() -> dict[str, Callable[[], Outcome]]:
    return {
        "pure": lambda: pytest(*PURE, "-p", "no:django"),
        "sound and commands": lambda: pytest("tests/sound", "tests/cli", "-n", "2"),
        "contracts": lambda: pytest("tests/contracts"),
        "rooms on SQLite": lambda: pytest("tests/web", "-n", "2", HEARTWOOD_DATABASE_URL=""),
        "rooms on PostgreSQL": rooms_on_postgresql,
        "JavaScript": javascript,
        "one journey": lambda: in_browser("tests/journeys/test_first_light.py"),
    }


def journeys() -> dict[str, Callable[[], Outcome]]:
    return {"journeys": lambda: in_browser("tests/journeys")}


def long(*, sample: bool) -> dict[str, Callable[[], Outcome]]:
    """Kills, simulations, listening. A run cut off goes on with its seed and what STATE kept."""
    STATE.mkdir(exist_ok=True)
    kept = STATE / "seed"
    seed = os.environ.get("HEARTWOOD_SEED") or (
        kept.read_text() if kept.exists() else str(secrets.randbelow(10**6))
    )
    kept.write_text(seed)
    print(f"HEARTWOOD_SEED={seed}", flush=True)

    def part() -> Outcome:
        _installed("faketime", package="faketime")
        amount = {"HEARTWOOD_SAMPLE": "1"} if sample else {}
        state = {"HEARTWOOD_SEED": seed, "HEARTWOOD_STATE": str(STATE)}
        two_files_at_a_time = ("tests/long", "-n", "2", *FILE_BY_FILE)
        if not programs():
            return pytest(*two_files_at_a_time, **state, **amount)
        with throw_away_cluster() as address:
            outcome = pytest(*two_files_at_a_time, HEARTWOOD_TEST_POSTGRES=address, **state, **amount)
        if not outcome.failed:
            shutil.rmtree(STATE)
        return outcome

    if sample:
        return {"long": part}
    return {
        "pure, thoroughly": lambda: pytest(*PURE, "tests/sound", "-n", "2", HEARTWOOD_EXAMPLES="thorough"),
        "the interface, fuzzed": lambda: pytest("tests/web/project/test_interface.py", HEARTWOOD_FUZZ="200"),
        "long": part,
    }


def pytest(*words: str, **environment: str) -> Outcome:
    """Run pytest. A part without a single test is a failure, not a success."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        tests = [sys.executable, "-m", "pytest", "-q", f"--junit-xml={report}"]
        missing = [word for word in words if word.startswith("tests/") and not (ROOT / word).exists()]
        done = subprocess.run(
            [*tests, *(word for word in words if word not in missing)],
            cwd=ROOT, env={**os.environ, **environment}, check=False,
        )  # fmt: skip
        for word in missing:
            print(f"There are no tests in {word}.")
        counts = counted(report)
    broken = done.returncode or missing
    return replace(counts, failed=max(counts.failed, 1)) if broken else counts


def counted(report: Path) -> Outcome:
    if not report.exists():
        return Outcome()
    suite = ElementTree.parse(report).getroot()[0].attrib
    failed, skipped = int(suite["failures"]) + int(suite["errors"]), int(suite["skipped"])
    reasons = [found.get("message", "") for found in ElementTree.parse(report).iter("skipped")]
    return Outcome(
        passed=int(suite["tests"]) - failed - skipped, failed=failed, skipped=skipped,
        lacking=tuple(reason for reason in reasons if LACKING.match(reason)),
    )  # fmt: skip


def rooms_on_postgresql() -> Outcome:
    if not programs():
        return Outcome(left_out="no PostgreSQL here (Debian: apt install postgresql)")
    with throw_away_cluster() as address:
        return pytest("tests/web", "-n", "2", HEARTWOOD_DATABASE_URL=address)


def javascript() -> Outcome:
    """node's own runner, with the node that Playwright's wheel carries."""
    import playwright

    node = Path(playwright.__file__).parent / "driver" / "node"
    files = sorted(str(path) for path in (ROOT / "tests/js").rglob("*.test.*js"))
    if not files:
        print("There are no tests in tests/js.")
        return Outcome(failed=1)
    done = subprocess.run(
        [node, "--test", "--test-reporter=tap", *files], cwd=ROOT, capture_output=True, text=True
    )
    print(done.stdout if done.returncode else "", done.stderr, sep="", end="")
    passed, failed = (int(found[1]) if (found := re.search(rf"^# {word} (\d+)", done.stdout, re.M)) else 0
                      for word in ("pass", "fail"))  # fmt: skip
    return Outcome(passed=passed, failed=max(failed, 1) if done.returncode or not passed else 0)


def in_browser(folder: str) -> Outcome:
    if not _installed("chromium", package="chromium"):
        return Outcome(left_out="no Chromium here (Debian: apt install chromium)")
    if folder == "tests/journeys":
        _installed("caddy", package="caddy")
        _installed("certutil", package="libnss3-tools")
    return pytest(folder, "-n", "3", *FILE_BY_FILE)  # most of what they do is wait


def _installed(program: str, *, package: str) -> bool:
    """Whether a program is here, or Debian's package could bring it."""
    if shutil.which(program):
        return True
    if os.geteuid() or not Path("/etc/debian_version").exists() or not shutil.which("apt-get"):
        return False
    print(f"{program} is missing; installing Debian's package …", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=quiet, check=False)
    subprocess.run(
        ["apt-get", "install", "-y", "-qq", package], env=quiet, check=False, stdout=subprocess.DEVNULL
    )
    return shutil.which(program) is not None


def timed(name: str, part: Callable[[], Outcome]) -> Outcome:
    print(f"\n── {name}", flush=True)
    began = time.monotonic()
    outcome = part()
    return replace(outcome, seconds=time.monotonic() - began)


def report(outcomes: dict[str, Outcome]) -> int:
    """Print each part's time, what did not run and the sum. Returns the exit status.

    With CI=true whatever did not run for want of a program is a failure.
    """
    print()
    for name, one in outcomes.items():
        ran = [] if one.left_out else [f"{one.passed} passed, {one.failed} failed"]
        told = [*ran, *(f"not run: {reason}" for reason in one.not_run)]
        print(f"{name:<22}{one.seconds:7.1f} s   {'; '.join(told)}")
    failed = sum(one.failed for one in outcomes.values())
    if os.environ.get("CI") == "true":
        failed += sum(len(one.lacking) + bool(one.left_out) for one in outcomes.values())
    passed = sum(one.passed for one in outcomes.values())
    skipped = sum(one.skipped for one in outcomes.values())
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return 1 if failed or not passed else 0


def main() -> int:
    parser = argparse.ArgumentParser(prog="./run test", description=__doc__)
    parser.add_argument("tier", nargs="?", choices=["quick", "journeys", "long"], default="quick")
    parser.add_argument("--sample", action="store_true", help="long: 20 kills a database and 3 renderings")
    asked = parser.parse_args()
    tier = {"quick": quick, "journeys": journeys, "long": lambda: long(sample=asked.sample)}[asked.tier]
    return report({name: timed(name, part) for name, part in tier().items()})


if __name__ == "__main__":
    sys.exit(main())
