"""Three lives through a whole course, in a real browser, on their own days.

What each must be shown is written here by hand, from a calendar on paper: no rule of the course is computed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.contracts.test_the_sentences import OUT_OF_PLACE
from tests.journeys.conftest import Server, free_port
from tests.journeys.steps import begin_today, open_account
from tests.long.another_day import MOVES, Clock, Person

pytestmark = MOVES
HOLDS_AGAINST = re.compile(
    r"\b(missed|(fell|falling|fallen|are) behind|should have|failed|too late|catch up)\b"
    r"|\bdays? (since|ago)\b|\bdays without\b|\byou (have not|haven.t)\b|!",
    re.IGNORECASE,
)
"""What would hold an absence against somebody, beside the words that no sentence of ours may have."""
STORIES = ("nurse", "grief", "traveller")
TOLD = (
    Random(os.environ.get("HEARTWOOD_SEED")).sample(STORIES, 1)
    if "HEARTWOOD_SAMPLE" in os.environ
    else STORIES
)


@pytest.fixture
def clock(tmp_path: Path) -> Clock:
    return Clock(tmp_path / "clock")


@pytest.fixture
def house(tmp_path: Path, clock: Clock) -> Iterator[Server]:
    clock.set(datetime(2026, 3, 1, 12, tzinfo=UTC))
    server = Server(tmp_path / "data", free_port(), environment=clock.environment).start()
    yield server
    server.kill()


def scolding(person: Person) -> list[str]:
    """The lines that scold, of all that was shown."""
    lines = [line for _, words in person.shown for line in words.splitlines()]
    return [line for line in lines if OUT_OF_PLACE.search(line) or HOLDS_AGAINST.search(line)]


def _told(story: str) -> Any:
    return pytest.mark.skipif(story not in TOLD, reason="another story is told in this sample")


@_told("nurse")
def test_a_nurse_on_night_shifts(house: Server, chromium: Any, clock: Clock) -> None:
    nurse = Person(chromium, house, clock, name="nurse", zone="Europe/London").at("2026-03-02 14:30")
    open_account(nurse.page, house, name="Amara")
    nurse.settles(day_ends="12:00")
    nurse.opens("/begin/")
    begin_today(nurse.page)

    assert "Week 1 · Settling" in nurse.today()
    nurse.at("2026-03-03 03:30").practises()
    nurse.at("2026-03-03 03:50").sits(2)  # a sped-up phone on a busy machine loses more than a real one
    assert "That is enough for today" in nurse.at("2026-03-03 08:30").today()
    assert "Counting breaths" in nurse.at("2026-03-03 12:01").today()
    assert "Monday 2 March" in nurse.opens("/sittings/")

    assert "Week 1 · Settling" in nurse.at("2026-03-09 11:59").today()
    weeks = {
        "2026-03-09": "Week 2 · Somebody dear",
        "2026-03-16": "Week 3 · Compassion for yourself",
        "2026-03-23": "Week 4 · Kindness for yourself",
        "2026-03-30": "Week 5 · What we have in common",
        "2026-04-06": "Week 6 · Widening the circle",
        "2026-04-13": "Week 7 · Giving and taking",
        "2026-04-20": "Week 8 · The whole way",
    }
    for begins, named in weeks.items():
        assert named in nurse.at(f"{begins} 12:01").today()
        nurse.picture(named[:6])
        nurse.sits(12)
        assert "That is enough for today" in nurse.today()
    assert "After the course" in nurse.at("2026-04-27 12:01").today()
    assert scolding(nurse) == []


@_told("grief")
def test_somebody_in_grief_stops_in_week_three_and_returns_in_week_five(
    house: Server, chromium: Any, clock: Clock
) -> None:
    amara = Person(chromium, house, clock, name="grief", zone="Europe/Berlin").at("2026-03-02 07:00")
    open_account(amara.page, house, name="Amara")
    begin_today(amara.page)
    for day in ("02", "03", "05", "08", "09", "12", "15", "16"):
        amara.at(f"2026-03-{day} 07:30").sits(12)
        amara.picture(f"before-{day}")
    assert "Week 3 · Compassion for yourself" in amara.at("2026-03-17 22:00").today()
    assert "Loosen a shoe" in amara.presses("It was a hard night")

    back = amara.at("2026-03-31 06:30").today()
    assert "Week 5 · What we have in common" in back
    assert "Arrive" in back
    assert not re.search(r"\b(14|15|two weeks|fortnight)\b", back.replace("Keep the next two weeks", ""))
    amara.picture("back")
    assert "Week 3 · Compassion for yourself" in amara.presses("Take up Week 3")
    amara.sits(3)

    amara.at("2026-04-08 07:00").opens("/path/")
    assert "Your path is resting" in amara.presses("Pause")
    assert "Your path is resting" in amara.at("2026-05-20 07:00").today()
    amara.picture("resting")
    assert "Week 4 · Kindness for yourself" in amara.presses("Go on")

    weeks = {
        "2026-05-26": "Week 5 · What we have in common",
        "2026-06-02": "Week 6 · Widening the circle",
        "2026-06-09": "Week 7 · Giving and taking",
        "2026-06-16": "Week 8 · The whole way",
    }
    for begins, named in weeks.items():
        assert named in amara.at(f"{begins} 07:00").today()
        amara.sits(8)
        amara.picture(named[:6])
    assert "After the course" in amara.at("2026-06-23 07:00").today()
    amara.picture("after")
    assert amara.opens("/sittings/").count("minutes") == 13
    assert scolding(amara) == []


@_told("traveller")
def test_a_traveller_across_the_date_line(house: Server, chromium: Any, clock: Clock) -> None:
    traveller = Person(chromium, house, clock, name="traveller", zone="Pacific/Auckland").at(
        "2026-03-02 07:00"
    )
    open_account(traveller.page, house, name="Amara")
    begin_today(traveller.page)
    for day in range(2, 16):
        traveller.at(f"2026-03-{day:02} 21:00").sits(12)
    assert "Week 3 · Compassion for yourself" in traveller.at("2026-03-16 20:00").today()
    traveller.sits(12)
    assert "That is enough for today" in traveller.today()

    traveller.travels("Pacific/Honolulu").at("2026-03-16 09:00")
    assert "That is enough for today" in traveller.today()
    assert "Week 3 · Compassion for yourself" in traveller.at("2026-03-17 09:00").today()
    traveller.sits(12)
    traveller.picture("after-the-line")

    traveller.at("2026-04-03 20:00").sits(12)
    traveller.travels("Pacific/Auckland").at("2026-04-05 09:00")
    assert "Week 5 · What we have in common" in traveller.today()
    assert "Week 6 · Widening the circle" in traveller.at("2026-04-06 09:00").today()
    traveller.sits(12)
    days = traveller.opens("/sittings/")
    assert [day for day in ("3 April", "4 April", "5 April", "6 April") if f" {day}" in days] == [
        "3 April",
        "6 April",
    ]
    assert days.count("minutes") == 14 + 1 + 1 + 1 + 1
    for begins, number in {"13": 7, "20": 8}.items():
        assert f"Week {number} · " in traveller.at(f"2026-04-{begins} 09:00").today()
        traveller.picture(f"week-{number}")
    assert "After the course" in traveller.at("2026-04-27 04:30").today()
    assert scolding(traveller) == []
