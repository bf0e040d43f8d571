"""Ten thousand due mails, two workers, killed at random: none twice, none silently gone.

What went out is told by the mail server's own log, which is written before a mail is acknowledged.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest

from tests.cluster import programs, throw_away_cluster
from tests.journeys.conftest import ROOT
from tests.post_office import Mood, PostOffice, post_office

SAMPLE = bool(os.environ.get("HEARTWOOD_SAMPLE"))
MAILS, KILLS = (300, 6) if SAMPLE else (10_000, 50)
SEED = os.environ.get("HEARTWOOD_SEED", "1")
WORKERS = ("one", "two")
UNKIND = (Mood.GREYLISTS, Mood.PUTS_OFF_AFTER_THE_DOT, Mood.TAKES_AND_HANGS_UP, Mood.HANGS_UP_AFTER_THE_DOT,
          Mood.REFUSES_RECEIVER, Mood.GREETS_WITH_421)  # fmt: skip
SHARE_OF_UNKIND = 0.01
QUEUE = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from heartwood.web.people import keys
keys.check_master_key()
from django.db import transaction
from django.utils import timezone
from datetime import timedelta
from heartwood.web.delivery import actions
at = timezone.now()
with transaction.atomic():
    for number in range({mails}):
        content = f"Message-ID: <{{number}}@example.org>\\r\\nSubject: A word\\r\\n\\r\\nHello\\r\\n".encode()
        actions.queue(actions.Wish("mail", "test", str(number), f"p{{number}}@example.org", content,
                                   expires_at=at + timedelta(days=30)), at=at)
"""
HURRY = """
import django; django.setup()
from datetime import timedelta
from django.utils import timezone
from heartwood.web.delivery import actions
from heartwood.web.delivery.models import Due
Due.objects.filter(state="due").update(not_before=timezone.now() - timedelta(seconds=1))

"""
ROWS = """
import django; django.setup()
from heartwood.web.delivery.models import Due
for key, state in Due.objects.values_list("key", "state"): print(key, state)
"""


class Workers:
    """Two real processes on one database."""

    def __init__(self, environment: dict[str, str], office: PostOffice) -> None:
        self._environment, self._office = environment, office
        self._running = {name: self._start(name) for name in WORKERS}

    def kill(self, name: str) -> None:
        """End one as a power cut does, and start it again."""
        self._running[name].send_signal(signal.SIGKILL)
        self._running[name].wait(timeout=10)
        self._running[name] = self._start(name)

    def end(self) -> None:
        for process in self._running.values():
            process.kill()
            process.wait(timeout=10)

    def _start(self, name: str) -> subprocess.Popen[bytes]:
        words = [sys.executable, "-m", "tests.long.postman", name, str(self._office.port)]
        return subprocess.Popen(words, cwd=ROOT, env=self._environment)


def test_on_sqlite_no_mail_goes_twice_and_none_is_silently_gone(folder: Path) -> None:
    _besiege(folder / "mail-sqlite", database="")


@pytest.mark.skipif(not programs(), reason="no PostgreSQL here (Debian: apt install postgresql)")
def test_on_postgresql_no_mail_goes_twice_and_none_is_silently_gone(tmp_path: Path) -> None:
    with throw_away_cluster() as address:
        _besiege(tmp_path / "mail-postgresql", database=address)


def _besiege(place: Path, *, database: str) -> None:
    environment = environment_of(place, database)
    if not (place / "queued").exists():
        run(QUEUE.format(mails=MAILS), environment)
        (place / "queued").touch()
    with _unkind_office(place) as office:
        began, kills = time.monotonic(), _kills(place)
        workers = Workers(environment, office)
        try:
            while kills < KILLS:
                chance = Random(f"{SEED} {kills}")
                _wait_for_mails(office, share=kills / KILLS, place=place)
                time.sleep(chance.uniform(0, 0.2))
                workers.kill(chance.choice(WORKERS))
                kills += 1
                (place / "kills").write_text(str(kills))
            _let_finish(workers, environment)
        finally:
            workers.end()
    _assert_none_twice_none_gone(place, environment, seconds=time.monotonic() - began)


def _let_finish(workers: Workers, environment: dict[str, str]) -> None:
    """What was put off is due at once, again and again, until nothing is."""
    for _ in range(600):
        run(HURRY, environment)
        time.sleep(1)
        states = Counter(_rows(environment).values())
        if not states["due"] and not states["sending"]:
            return
    raise AssertionError(f"after ten minutes there is still something due: {states}")


def _assert_none_twice_none_gone(place: Path, environment: dict[str, str], *, seconds: float) -> None:
    rows = _rows(environment)
    went = Counter(line.strip("<>").split("@")[0] for line in (place / "log").read_text().split())
    states = Counter(rows.values())

    twice = [key for key, times in went.items() if times > 1]
    said_sent_but_was_not = [key for key, state in rows.items() if state == "sent" and not went[key]]
    went_silently = [key for key in went if rows[key] not in {"sent", "unknown"}]
    assert (twice, said_sent_but_was_not, went_silently) == ([], [], [])
    assert len(rows) == MAILS
    assert set(states) <= {"sent", "unknown", "refused"}
    unknown_but_went = sum(1 for key, state in rows.items() if state == "unknown" and went[key])
    print(
        f"\n{MAILS} mails, {KILLS} kills, {seconds:.0f} s, HEARTWOOD_SEED={SEED}: {dict(states)}; "
        f"the mail server took {sum(went.values())}, 0 twice; of the unknown {unknown_but_went} had gone",
        flush=True,
    )


@contextmanager
def _unkind_office(place: Path) -> Iterator[PostOffice]:
    """Mostly kind; with a small share of everything that may happen."""
    chance, lock = Random(f"{SEED} office {time.time_ns()}"), threading.Lock()

    def mood() -> Mood:
        with lock:
            return chance.choice(UNKIND) if chance.random() < SHARE_OF_UNKIND else Mood.TAKES

    with post_office(mood, log=place / "log") as office:
        yield office


def _wait_for_mails(office: PostOffice, *, share: float, place: Path) -> None:
    """Kills are spread over the whole: the next comes when its share has gone out, and work goes on."""
    log = place / "log"
    for _ in range(12_000):
        gone = log.read_text().count("\n") if log.exists() else 0
        if gone >= share * MAILS * 0.9:
            return
        time.sleep(0.05)
    raise AssertionError("no mail went out for ten minutes")


def _kills(place: Path) -> int:
    count = place / "kills"
    return int(count.read_text()) if count.exists() else 0


def _rows(environment: dict[str, str]) -> dict[str, str]:
    return dict(line.split() for line in run(ROWS, environment).splitlines())


def environment_of(place: Path, database: str) -> dict[str, str]:
    for part in ("db", "media", "logs", "keys"):
        (place / "data" / part).mkdir(parents=True, exist_ok=True)
    return {
        **os.environ,
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        "DJANGO_SETTINGS_MODULE": "heartwood.web.project.settings",
        "HEARTWOOD_DATA": str(place / "data"),
        "HEARTWOOD_DATABASE_URL": database,
    }


def run(code: str, environment: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )
    assert not done.returncode, done.stderr
    return done.stdout


@pytest.fixture
def folder() -> Iterator[Path]:
    """Where a run that was cut off goes on: HEARTWOOD_STATE, or nowhere."""
    kept = os.environ.get("HEARTWOOD_STATE")
    place = Path(kept or tempfile.mkdtemp(prefix="heartwood-mail-"))
    yield place
    if not kept:
        shutil.rmtree(place, ignore_errors=True)
