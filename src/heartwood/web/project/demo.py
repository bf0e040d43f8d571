"""A house to look at: one person in the third week, with what sixteen ordinary days leave behind.

Only ever used on a data folder made for it and thrown away afterwards.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import django
from django.utils import timezone

from heartwood.errors import HeartwoodError
from heartwood.web.project.start import prepare

if TYPE_CHECKING:
    from heartwood.web.library.models import CourseVersion
    from heartwood.web.people.models import User

DAYS_ON_THE_PATH = 16


@dataclass(frozen=True, slots=True)
class Day:
    """What one day left: a practice of the open week, by its place in it, and perhaps a line."""

    ago: int
    practice: int
    minutes: int
    line: str = ""


DAYS = (
    Day(16, 0, 12, "The bus was late, so I began at the stop."),
    Day(15, 0, 12),
    Day(13, 1, 8, "Counted to four, mostly."),
    Day(12, 0, 10),
    Day(9, 0, 14, "Thought of Ade laughing at the kettle."),
    Day(8, 0, 9),
    Day(5, 0, 14),
    Day(3, 0, 7, "Too tired. Sat anyway, with the window open."),
    Day(1, 0, 12),
)


def furnish(*, at: datetime) -> dict[str, str]:
    """Put an operator and a participant into the house. Returns a sign-in link for each, by name."""
    from heartwood.web.cohorts import actions as cohorts
    from heartwood.web.kit.ids import new_id
    from heartwood.web.library import queries as library
    from heartwood.web.people import actions as people
    from heartwood.web.people import invitations

    version = library.newest_version()
    assert version is not None  # prepare has published the shipped course
    began = at - timedelta(days=DAYS_ON_THE_PATH)
    bo = people.create_person(
        people.Account(name="Bo", email=None, time_zone="UTC"), is_operator=True, at=began
    )
    amara = people.create_person(people.Account(name="Amara", email=None, time_zone="UTC"), at=began)
    cohorts.begin(amara, version, starts_on=began.date(), page=new_id(), at=began)
    _practise(amara, version, at=at)
    return {person.name: invitations.return_link(person.name, by=bo, at=at) for person in (amara, bo)}


def _practise(amara: User, version: CourseVersion, *, at: datetime) -> None:
    from heartwood.web.kit.ids import new_id
    from heartwood.web.library import queries as library
    from heartwood.web.practices import actions as practices

    read = library.read(version)
    weeks = read.course.weeks
    for day in DAYS:
        moment = at - timedelta(days=day.ago)
        week = weeks[min((DAYS_ON_THE_PATH - day.ago) // read.course.days_per_week, len(weeks) - 1)]
        script = read.script(week.practices[min(day.practice, len(week.practices) - 1)])
        sitting = practices.add_by_hand(
            amara, new_id(), title=script.title, minutes=day.minutes, began_at=moment, at=moment
        )
        if day.line:
            practices.keep_line(amara, new_id(), body=day.line, sitting=sitting.id, at=moment)


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heartwood.web.project.settings")
    try:
        django.setup()
        at = timezone.now()
        prepare(at=at)
        for name, link in furnish(at=at).items():
            print(f"{name}: {link}")
    except HeartwoodError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
