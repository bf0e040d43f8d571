"""python -m tests.long.web_lives FILE DAYS SEED …: live these lives through the web code.

It runs in the data folder and on the database of its environment, which it makes ready. DAYS is how
long each lasts, or 0 for as long as it likes. How each went is a line of JSON in FILE; a life that has
its line is not lived again. The clock is moved in one place.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch
from uuid import UUID

from tests.lives.life import MINUTE, Course, Life, Practice, Sitting, Week
from tests.lives.people import any_life
from tests.long.web_life import WebLife, World
from tests.post_office import PostOffice, post_office

NOW = "django.utils.timezone.now"
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


class House:
    """The rooms in this process, with the shipped course, a clock of their own and a mail server."""

    def __init__(self, office: PostOffice) -> None:
        from django.conf import settings
        from django.core.management import call_command

        from heartwood import content
        from heartwood.web.delivery.smtp import MailServer
        from heartwood.web.library import actions as library
        from heartwood.web.people import keys

        self.office, self.now, self._read = office, LONG_AGO, 0
        call_command("migrate", verbosity=0)
        keys.check_master_key()
        settings.EMAIL_BACKEND = "heartwood.web.delivery.backend.DueRows"
        settings.MAIL = MailServer("127.0.0.1", office.port, "heartwood@example.org", tls="none", seconds=5)
        folder = content.shipped_courses() / "heartwood-8w"
        self.version = library.publish(folder, at=LONG_AGO)
        self.read = content.read_course(folder)
        self._sounds: dict[tuple[str, int], UUID] = {}

    def live(self, seed: int, *, days: int | None) -> dict[str, Any]:
        """Somebody opens an account, lives, and has it erased."""
        from heartwood.web.people import actions, addresses, erasure

        rng = Random(f"the web life of {seed}")
        course = course_of(self.read)
        lived = any_life(seed, course=course, days=days, begins=_today_or_a_monday)
        life = for_the_web(lived, plans=self._plans(course))
        self.now = life.zones[0][0]
        account = actions.Account(name=f"Amara {seed}", email=f"amara{seed}@example.org", time_zone="UTC")
        person = actions.create_person(account, at=self.now)
        addresses.confirm(person, at=self.now)
        web = WebLife(life, World(self._set, self._browser(person), self.sound, self._work), rng)
        try:
            amiss = web.live()
        except Exception as broke:  # a life that breaks off is told like one that went wrong
            amiss = [f"life {seed} at {self.now.isoformat()}: {type(broke).__name__}: {broke}"]
        erasure.erase(person, by=None, at=self.now)
        return {"seed": seed, "amiss": amiss, **web.seen}

    def _plans(self, course: Course) -> list[int]:
        """What the page of *when and where* offers."""
        from heartwood.web.practices import queries

        offered = queries.lengths_offered(self.read.script(course.weeks[0].practices[0]))
        return [round(float(minutes) * MINUTE) for minutes in offered]

    def sound(self, script: str, milliseconds: int) -> UUID:
        from heartwood.web.library import actions

        key = script, milliseconds
        if key not in self._sounds:
            self._sounds[key] = actions.want(self.version, script, milliseconds=milliseconds, at=self.now).id
        return self._sounds[key]

    def _set(self, now: datetime) -> None:
        self.now = now

    def _browser(self, person: Any) -> Any:
        """Somebody's browser. Signed out after a long absence, they sign in again."""
        from django.test import Client

        client = Client(SERVER_NAME="localhost")

        def visit(method: str, path: str, content: Any) -> tuple[int, str]:
            kind = {"content_type": "application/json"} if isinstance(content, str) else {}
            for _ in range(2):
                answer = (
                    client.generic(method, path, content, **kind)
                    if kind
                    else (client.post(path, content) if method == "POST" else client.get(path))
                )
                if answer.status_code != 401 and "/sign-in/" not in answer.headers.get("Location", ""):
                    break
                client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
            return answer.status_code, answer.content.decode()

        return visit

    def _work(self, at: datetime, tidies: bool) -> list[bytes]:
        """What the server's own threads do, in this one: decide, send, tidy up. The mails that went out."""
        from django.conf import settings

        from heartwood.web.delivery import tasks as post
        from heartwood.web.today.reminders import tasks as reminders

        if tidies:
            reminders.tidy(at=at)
            post.tidy(at=at)
        reminders.decide_due(at=at)
        post.drain(settings.MAIL, by="a worker", stopped=threading.Event())
        fresh, self._read = self.office.taken[self._read :], len(self.office.taken)
        return [mail.content for mail in fresh]


def course_of(read: Any) -> Course:
    """The course as the oracle knows courses: nothing but names and lengths."""
    course = read.course
    practices = [
        Practice(script.id, script.shortest_ms, script.default_ms, script.longest_ms)
        for script in read.scripts.values()
    ]
    weeks = [
        Week(tuple(week.practices), week.short, week.reading is not None, week.daily_life is not None)
        for week in course.weeks
    ]
    return Course(tuple(weeks), tuple(practices), course.arrival, course.days_per_week)


def _today_or_a_monday(today: date, rng: Random) -> date:
    monday = today + timedelta(days=7 - today.weekday())
    return rng.choice((*(today,) * 8, monday))


def for_the_web(life: Life, *, plans: Collection[int]) -> Life:
    """The same life with what a phone can send: no sitting longer than its sound, by hand in whole minutes.

    What is added by hand is added once, on whichever device: two that begin in one minute have no order.
    plans  the lengths in milliseconds that the page of *when and where* offers; others are not planned
    """
    planned = tuple((at, plan) for at, plan in life.planned if plan is None or plan in plans)
    if planned[:1] != life.planned[:1]:
        planned = ((life.planned[0][0], None), *planned)
    sittings = tuple(_sendable(one) for one in life.sittings if one.practice or one.device == 1)
    return replace(life, planned=planned, sittings=sittings)


def _sendable(one: Sitting) -> Sitting:
    if one.practice is None:
        minutes = max(1, one.practised_ms // MINUTE)
        began = one.began.replace(second=0, microsecond=0)
        return replace(one, began=began, stretches=((began, began + timedelta(minutes=minutes)),),
                       known=max(one.known, began + timedelta(minutes=minutes)))  # fmt: skip
    left, stretches = timedelta(milliseconds=one.chosen_ms or 0), []
    for start, end in one.stretches:
        stretches.append((start, min(end, start + left)))
        left -= stretches[-1][1] - start
    return replace(one, stretches=tuple(stretches))


@contextmanager
def house() -> Iterator[House]:
    """A house in the environment's folder and database."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "heartwood.web.project.settings"
    for part in ("db", "media", "logs"):
        (Path(os.environ["HEARTWOOD_DATA"]) / part).mkdir(exist_ok=True)
    import django

    django.setup()
    from django.conf import settings

    if not settings.SECRETS.has_master():
        settings.SECRETS.make_master()
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    with post_office() as office:
        opened = House(office)
        with patch(NOW, lambda: opened.now):
            yield opened


def main() -> None:
    told, days, *seeds = sys.argv[1:]
    place = Path(told)
    done = {json.loads(line)["seed"] for line in place.read_text().splitlines()} if place.exists() else set()
    with house() as opened, place.open("a") as lines:
        for seed in map(int, seeds):
            if seed not in done:
                print(json.dumps(opened.live(seed, days=int(days) or None)), file=lines, flush=True)


if __name__ == "__main__":
    main()
