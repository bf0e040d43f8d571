"""Ten thousand people whose moment has come, two workers, killed at random: nobody is reminded twice.

What went out is told by the push service's own log, which is written before a note is acknowledged.
Both halves are raced for: deciding that somebody is reminded, and sending what was decided.
"""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from tests.cluster import programs, throw_away_cluster
from tests.journeys.conftest import ROOT
from tests.long.test_mail import HURRY, SAMPLE, SEED, WORKERS, environment_of, run
from tests.push_service import Answer, PushService, push_service

PEOPLE, KILLS = (200, 4) if SAMPLE else (10_000, 20)
UNKIND = (
    Answer.ASKS_TO_WAIT,
    Answer.TAKES_AND_HANGS_UP,
    Answer.HANGS_UP_AT_ONCE,
    Answer.IS_GONE,
    Answer.BREAKS,
)
SHARE_OF_UNKIND = 0.01
WISHES = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from heartwood.web.people import keys
keys.check_master_key()
import json
from dataclasses import asdict
from datetime import timedelta
from cryptography.fernet import Fernet
from django.conf import settings
from django.utils import timezone
from heartwood.web.cohorts.models import Enrolment
from heartwood.web.delivery.models import Device
from heartwood.web.delivery.webpush import Browser
from heartwood.web.kit.ids import new_id
from heartwood.web.library import actions
from heartwood.web.people.models import PersonKey, User
from heartwood.web.today.models import Reminder
from tests.push_service import Phone
from tests.web.shelf import TINY
now = timezone.now()
version, phone = actions.publish(TINY, at=now), Phone(0, port={port})
ahead = 12 - now.hour
zone = f"Etc/GMT{{-ahead:+}}" if ahead else "Etc/GMT"
people = [User(name=str(number), time_zone=zone, created_at=now) for number in range({people})]
User.objects.bulk_create(people)
own = Fernet.generate_key()
wrapped = settings.SECRETS.master().encrypt(own)
PersonKey.objects.bulk_create(PersonKey(person=one, wrapped=wrapped, made_at=now) for one in people)
Enrolment.objects.bulk_create(
    Enrolment(person=one, course_version=version, starts_on=(now - timedelta(days=3)).date(), began_at=now,
              page=new_id()) for one in people)
def sealed(number):
    browser = Browser(phone.endpoint.replace("/push/0", f"/push/{{number}}"), phone.p256dh, phone.auth)
    return Fernet(own).encrypt(json.dumps(asdict(browser)).encode())
Device.objects.bulk_create(
    Device(person=one, fingerprint=one.name, sealed=sealed(one.name), added_at=now) for one in people)
Reminder.objects.bulk_create(
    Reminder(person=one, state="on", way="devices", minute=12 * 60 + now.minute, weekdays=127, changed_at=now,
             next_at=now, reckoned_zone=zone, reckoned_boundary=240) for one in people)
"""
LEFT = """
import django; django.setup()
from django.utils import timezone
from heartwood.web.delivery.models import Due
from heartwood.web.today.models import Reminder
print(Reminder.objects.filter(next_at__lte=timezone.now()).count()
      + Due.objects.filter(state__in=["due", "sending"]).count())
"""
ROWS = """
import django; django.setup()
from heartwood.web.delivery.models import Due
for name, state in Due.objects.values_list("person__name", "state"): print(name, state)
"""
TOLD = """
import django; django.setup()
from django.db.models import Count
from django.utils import timezone
from heartwood.web.desk.failures import newest_failures
from heartwood.web.today.models import Reminded
days = Reminded.objects.values("person").annotate(days=Count("day")).values_list("days", flat=True)
print(len(days), max(days), *(failure.what.replace(" ", "_") for failure in newest_failures()))
"""


class Messengers:
    """Two real processes on one database."""

    def __init__(self, environment: dict[str, str], service: PushService) -> None:
        self._environment, self._chain = environment, str(service.chain)
        self._running = {name: self._start(name) for name in WORKERS}

    def kill(self, name: str) -> None:
        """End one as a power cut does, and start it again."""
        self._running[name].kill()
        self._running[name].wait(timeout=10)
        self._running[name] = self._start(name)

    def end(self) -> None:
        for process in self._running.values():
            process.kill()
            process.wait(timeout=10)

    def _start(self, name: str) -> subprocess.Popen[bytes]:
        words = [sys.executable, "-m", "tests.long.messenger", name, self._chain]
        return subprocess.Popen(words, cwd=ROOT, env=self._environment)


def test_on_sqlite_nobody_is_reminded_twice(tmp_path: Path) -> None:
    _besiege(tmp_path, database="")


@pytest.mark.skipif(not programs(), reason="no PostgreSQL here (Debian: apt install postgresql)")
def test_on_postgresql_nobody_is_reminded_twice(tmp_path: Path) -> None:
    with throw_away_cluster() as address:
        _besiege(tmp_path, database=address)


def _besiege(place: Path, *, database: str) -> None:
    environment = environment_of(place, database)
    chance, lock = Random(SEED), threading.Lock()

    def answers() -> Answer:
        with lock:
            return chance.choice(UNKIND) if chance.random() < SHARE_OF_UNKIND else Answer.TAKES

    with push_service(place, answers, log=place / "log") as service:
        run(WISHES.format(port=service.port, people=PEOPLE), environment)
        began, workers = time.monotonic(), Messengers(environment, service)
        try:
            for kill in range(KILLS):
                _wait_for_notes(service, share=kill / KILLS)
                time.sleep(chance.uniform(0, 0.2))
                workers.kill(chance.choice(WORKERS))
            _let_finish(environment)
        finally:
            workers.end()
    _assert_none_twice(place, environment, seconds=time.monotonic() - began)


def _wait_for_notes(service: PushService, *, share: float) -> None:
    for _ in range(12_000):
        if len(service.given) >= share * PEOPLE * 0.9:
            return
        time.sleep(0.05)
    raise AssertionError("no note went out for ten minutes")


def _let_finish(environment: dict[str, str]) -> None:
    """What was put off is due at once, again and again, until nothing is."""
    for _ in range(600):
        run(HURRY, environment)
        time.sleep(1)
        if not int(run(LEFT, environment)):
            return
    raise AssertionError("after ten minutes there is still something due")


def _assert_none_twice(place: Path, environment: dict[str, str], *, seconds: float) -> None:
    lines = [line.split() for line in run(ROWS, environment).splitlines()]
    rows, went = dict(lines), Counter(path.rpartition("/")[2] for path in (place / "log").read_text().split())
    states = Counter(rows.values())
    reminded, most, *failures = run(TOLD, environment).split()

    twice = [name for name, times in went.items() if times > 1]
    said_sent_but_was_not = [name for name, state in rows.items() if state == "sent" and not went[name]]
    went_silently = [name for name in went if rows[name] not in {"sent", "unknown"}]
    assert (twice, said_sent_but_was_not, went_silently) == ([], [], [])
    assert (len(lines), len(rows), int(reminded), int(most)) == (PEOPLE, PEOPLE, PEOPLE, 1)
    assert set(states) <= {"sent", "unknown", "unwanted"}
    if states["unknown"]:
        assert "Note:_reminder,_unknown" in failures
    print(
        f"\n{PEOPLE} people, {KILLS} kills, {seconds:.0f} s, HEARTWOOD_SEED={SEED}: {dict(states)}; "
        f"the push service took {sum(went.values())}, 0 twice",
        flush=True,
    )
