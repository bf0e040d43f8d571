"""Today in a full house: ten thousand people, each with two years of sittings, on SQLite.

In a child process with a data folder of its own, without network or server: what is measured is what
one page asks of the database, and how long it takes. The sittings are copies that the database makes.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from bench.machine import ROOT

PEOPLE = 10_000
DAYS = 730
OF_SEVEN = 5
"""Days of each seven on which somebody sits."""
BEGAN = timedelta(days=3)
"""So long ago everybody began the path they are on: the week's next practice is offered."""
TIMES = 200


def figures() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="hw-bench-") as folder:
        for part in ("db", "media", "logs"):
            (Path(folder) / part).mkdir()
        done = subprocess.run(
            [sys.executable, "-m", "bench.crowd"],
            cwd=ROOT, capture_output=True, text=True, check=False,
            env={
                **os.environ, "PYTHONPATH": str(ROOT / "src"), "HEARTWOOD_DATA": folder,
                "DJANGO_SETTINGS_MODULE": "heartwood.web.project.settings", "HEARTWOOD_DATABASE_URL": "",
            },
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
    yield from done.stdout.splitlines()


@dataclass(frozen=True)
class Asked:
    """What one page of Today asked of the database, and its median time."""

    queries: int
    milliseconds: float


def main() -> int:
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.utils import timezone

    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)
    at = timezone.now()
    alone, *crowd = _people(at=at)
    nothing = _today(alone)
    began = time.perf_counter()
    sittings = _sit(alone, at=at)
    filled = time.perf_counter() - began
    told = {"an empty house": nothing, "a full one": _today(crowd[PEOPLE // 2])}
    full, empty = told["a full one"], nothing
    print(
        f"Today, a full house  {full.milliseconds / empty.milliseconds:5.2f} × the time of an empty one, "
        f"{full.queries / empty.queries:.2f} × its queries"
    )
    for name, one in told.items():
        print(f"  {name:<15} {one.queries} queries   median {one.milliseconds:5.1f} ms")
    size = os.path.getsize(settings.DATABASES["default"]["NAME"]) / 1e9
    print(f"  {PEOPLE} people, {sittings} sittings of {DAYS} days, {size:.2f} GB, filled in {filled:.0f} s")
    return 0


def _people(*, at: datetime) -> list[Any]:
    """Everybody, on a path through the shipped course."""
    from heartwood.content import shipped_courses
    from heartwood.web.cohorts.models import Enrolment
    from heartwood.web.kit.ids import new_id
    from heartwood.web.library import actions as library
    from heartwood.web.people.models import User

    version = library.publish(shipped_courses() / "heartwood-8w", at=at)
    people = [User(name=f"Person {number}", created_at=at) for number in range(PEOPLE)]
    User.objects.bulk_create(people, batch_size=500)
    first = (at - BEGAN).date()
    Enrolment.objects.bulk_create(
        [
            Enrolment(person=one, course_version=version, starts_on=first, began_at=at, page=new_id())
            for one in people
        ],
        batch_size=500,
    )
    return people


def _sit(person: Any, *, at: datetime) -> int:
    """One sitting, and a copy of it for everybody on every day of practice. Returns how many there are."""
    from django.db import connection

    from heartwood.web.kit.ids import new_id
    from heartwood.web.practices.models import Sitting

    Sitting.objects.create(
        id=new_id(), person=person, practice="settle-through-the-body", title="Settle through the body",
        length_ms=720_000, practised_ms=700_000, began_at=at - BEGAN, zone="UTC", day_boundary_minutes=240,
        day=(at - BEGAN).date(), received_at=at,
    )  # fmt: skip
    made = {
        "id": "lower(hex(randomblob(16)))",
        "person_id": "people_user.id",
        "began_at": "datetime('now', '-' || days.n || ' days')",
        "day": "date('now', '-' || days.n || ' days')",
    }
    columns = [field.column for field in Sitting._meta.concrete_fields]
    values = [made.get(column, f"one.{column}") for column in columns]
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH RECURSIVE days(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM days WHERE n < {DAYS}) "
            f"INSERT INTO practices_sitting ({', '.join(columns)}) SELECT {', '.join(values)} "
            f"FROM practices_sitting AS one, people_user, days WHERE days.n % 7 < {OF_SEVEN}"
        )
    return Sitting.objects.count()


def _today(person: Any) -> Asked:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    times = []
    for _ in range(TIMES):
        began = time.perf_counter()
        assert client.get("/today/").status_code == 200
        times.append((time.perf_counter() - began) * 1000)
    with CaptureQueriesContext(connection) as asked:
        client.get("/today/")
    return Asked(len(asked), median(times))


if __name__ == "__main__":
    raise SystemExit(main())
