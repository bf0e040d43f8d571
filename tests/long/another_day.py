"""A server and a browser that live on another day, so that eight weeks pass in a minute.

The server's clock is moved by Debian's libfaketime, the browser's by Playwright; src knows of neither.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.journeys.conftest import Server, wait_until
from tests.journeys.steps import skip_sound_check

LIBRARY = next(iter(Path("/usr/lib").glob("*/faketime/libfaketime.so.1")), None)
MOVES = pytest.mark.skipif(LIBRARY is None, reason="no libfaketime here (Debian: apt install faketime)")
PICTURES = os.environ.get("HEARTWOOD_PICTURES")
"""A folder to which every week of a story is drawn, for whoever wants to look at them."""


@dataclass
class Clock:
    """The server's clock: it stands in a file and runs on from there."""

    file: Path

    @property
    def environment(self) -> dict[str, str]:
        return {
            "LD_PRELOAD": str(LIBRARY),
            "FAKETIME_TIMESTAMP_FILE": str(self.file),
            "FAKETIME_NO_CACHE": "1",
            "TZ": "UTC",
        }

    def set(self, at: datetime) -> None:
        self.goes(f"@{at.astimezone(UTC):%Y-%m-%d %H:%M:%S}")

    def goes(self, told: str) -> None:
        """As libfaketime is told: "-1d" beside the true time, or a moment after an "@"."""
        written = self.file.with_suffix(".new")
        written.write_text(told)
        written.replace(self.file)


class Person:
    """Somebody with a phone, whose days are told one after the other.

    zone   where they are now; `travels` changes it
    shown  every page they were shown, as text, with its moment
    """

    def __init__(self, chromium: Any, server: Server, clock: Clock, *, name: str, zone: str) -> None:
        self.name, self.zone = name, zone
        self._server, self._clock = server, clock
        self._context = chromium.new_context(
            viewport={"width": 360, "height": 640}, timezone_id=zone, reduced_motion="reduce"
        )
        self.page = self._context.new_page()
        self.shown: list[tuple[datetime, str]] = []
        self._moment: datetime | None = None

    def at(self, told: str) -> Person:
        """Live on from this moment of the wall clock where they are: "2026-03-02 07:30"."""
        self._moment = datetime.fromisoformat(told).replace(tzinfo=ZoneInfo(self.zone))
        self._clock.set(self._moment)
        self.page.clock.set_system_time(self._moment)
        return self

    def opens(self, path: str) -> str:
        """The words of a page's main part."""
        self.page.goto(f"{self._server.url}{path}")
        return self.reads()

    def reads(self) -> str:
        words = str(self.page.locator("main").inner_text())
        assert self._moment
        self.shown.append((self._moment, words))
        return words

    def today(self) -> str:
        return self.opens("/today/")

    def presses(self, name: str) -> str:
        """Press the button or follow the link that begins so; the words of where it leads."""
        begins = re.compile(rf"^\s*{re.escape(name)}")
        button = self.page.get_by_role("button", name=begins)
        (button if button.count() else self.page.get_by_role("link", name=begins)).first.click()
        self.page.wait_for_load_state("networkidle")
        return self.reads()

    def travels(self, zone: str) -> Person:
        """Arrive in another zone, with a phone that shows its time, and say so in the settings."""
        self.zone = zone
        self.settles(zone=zone)
        return self

    def settles(self, **told: str) -> None:
        """Change a setting: `zone` or `day_ends`."""
        self.opens("/settings/")
        if "zone" in told:
            self.page.get_by_label("Time zone").select_option(told["zone"])
        if "day_ends" in told:
            self.page.get_by_label("My day ends at").select_option(told["day_ends"])
        self.presses("Keep")

    def sits(self, minutes: float) -> None:
        """A sitting written down afterwards, by hand."""
        self.opens("/sittings/add/")
        self.page.get_by_label("Minutes").fill(str(minutes))
        self.presses("Add it")

    def practises(self) -> None:
        """Follow Today's Begin and hear the practice to its end, sped up by the media element alone."""
        self.today()
        self.page.get_by_role("link", name="Begin").click()
        self.page.wait_for_selector("[data-player-play]:not([disabled])", timeout=120_000)
        self.page.locator("[data-player-play]").first.click()
        skip_sound_check(self.page)
        self.page.evaluate("document.querySelector('audio').playbackRate = 8")
        wait_until(self.page, "document.querySelector('audio').ended", seconds=180)
        self.page.wait_for_load_state("networkidle")

    def picture(self, name: str) -> None:
        if PICTURES:
            Path(PICTURES).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=Path(PICTURES) / f"{self.name}-{name}.png", full_page=True)
