"""One life lived through the web: what a person does, sent as their browser sends it, and what they see.

The person's own log says what was acknowledged. Judged are the pages as served, what the post office
took, and what is taken along at the end; days are reckoned by tests/lives alone.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default
from random import Random
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from tests.contracts.test_the_sentences import OUT_OF_PLACE
from tests.lives.calendar import DAY, valid
from tests.lives.life import MINUTE, Life, Sitting
from tests.lives.oracle import shown
from tests.long import verdict
from tests.long.shown_page import open_weeks, read, wanted, words_of
from tests.long.test_stories import HOLDS_AGAINST
from tests.long.verdict import Wish, Written

OTHER_PAGES = ("/growth/", "/path/", "/journal/", "/sittings/", "/acts/", "/reminders/", "/journal/day/",
               "/journal/letters/", "/settings/", "/growth/?numbers=1", "/moment/")  # fmt: skip
DIRECTIONS = ("others", "self", "from-others")
WISHES = (
    ("07:30", "21:30", "07:00"),
    ("22:40", "", ""),
    ("12:00", "13:00", "11:00"),
    ("03:50", "04:00", "03:45"),
    ("20:55", "21:00", "06:00"),
)
"""A time, and quiet hours that leave it out."""

Step = tuple[datetime, int, Callable[[], None]]


@dataclass
class World:
    """What a life is lived in; each of these is the shell's, and none of them judges.

    set_clock   every page and task reads this time from now on
    visit       sends a request as this person's browser: method, path, content; the answer's status and text
    sound       the id of the rendering of a practice at a length
    work        the server's own background work at this moment; the mails that the post office then took
    """

    set_clock: Callable[[datetime], None]
    visit: Callable[..., tuple[int, str]]
    sound: Callable[[str, int], UUID]
    work: Callable[[datetime, bool], list[bytes]]


@dataclass
class WebLife:
    life: Life
    world: World
    rng: Random
    amiss: list[str] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)
    sat: dict[str, Sitting] = field(default_factory=dict)
    written: dict[str, Written] = field(default_factory=dict)
    wishes: list[tuple[datetime, Wish | None]] = field(default_factory=list)
    mails: list[datetime] = field(default_factory=list)

    def live(self) -> list[str]:
        """All of it, in the order of its moments. Returns what was not as it must be; the first ends it."""
        steps = sorted(self._steps(), key=lambda step: step[:2])
        for at, _, act in steps:
            self.at = at
            self.world.set_clock(at)
            act()
            if self.amiss:
                return self.amiss
        held = json.loads(self._visit("/settings/export/"))["practices"]
        for what in (
            *verdict.of_what_is_kept(self.life, held, sat=self.sat, written=self.written),
            *verdict.of_reminders(self.life, self.mails, wishes=self.wishes),
        ):
            self._wrong(what)
        self.seen["mails"] += len(self.mails)
        return self.amiss

    def _steps(self) -> Iterator[Step]:
        """At one moment the change comes before the look that sees it."""
        life, began = self.life, self.life.zones[0][0]
        yield began, 0, self._begin
        for since, _zone in life.zones[1:]:
            yield since, 1, self._settle
        for since, _boundary in life.boundaries[1:]:
            yield since, 1, self._settle
        for since, planned in life.planned:
            yield since, 2, lambda planned=planned: self._plan(planned)  # type: ignore[misc]
        for turn in life.turns:
            yield turn.at, 3, lambda turn=turn: self._turn(turn.kind, turn.place)  # type: ignore[misc]
        for said in life.hard_nights:
            yield said, 4, lambda: self._post("/today/hard-night/")
        for one in life.sittings:
            yield one.known, 5, lambda one=one: self._send(one)  # type: ignore[misc]
        for look in life.glances:
            yield look, 6, self._look
        if self.rng.random() < 0.7:
            yield from self._reminding(began, max(life.glances))

    def _reminding(self, first: datetime, last: datetime) -> Iterator[Step]:
        """A wish, sometimes another; and the server at work around the moments that were wished."""
        moment, wished = first + timedelta(seconds=1), self.rng.choice(WISHES)
        yield moment, 7, lambda wished=wished: self._wish(wished)  # type: ignore[misc]
        while moment < last:
            if self.rng.random() < 0.03:
                wished = self.rng.choice(WISHES)
                yield moment, 7, lambda wished=wished: self._wish(wished)  # type: ignore[misc]
            here = ZoneInfo(valid(self.life.zones, moment))
            hour, minute = map(int, wished[0].split(":"))
            due = moment.astimezone(here).replace(hour=hour, minute=minute)
            for late in (self.rng.randint(0, 50), self.rng.choice((1, 200, 700))):
                yield (due + timedelta(minutes=late)).astimezone(moment.tzinfo), 8, self._work
            moment += DAY

    def _begin(self) -> None:
        self._settle()
        self._post("/begin/", id=self._id(), starts_on=self.life.first.isoformat())

    def _settle(self) -> None:
        boundary = valid(self.life.boundaries, self.at)
        self._put(
            f"/api/settings/{self._id()}",
            time_zone=valid(self.life.zones, self.at), counting_off=self.rng.random() < 0.3,
            day_boundary_minutes=boundary.hour * 60 + boundary.minute, **self._clock(),
        )  # fmt: skip

    def _plan(self, planned: int | None) -> None:
        minutes = f"{planned / MINUTE:g}" if planned else ""
        self._post("/path/when-and-where/", days_a_week="", time="", place="By the window.", minutes=minutes)

    def _turn(self, kind: str, place: int) -> None:
        words = {"paused": "pause", "resumed": "resume", "went": "go"}
        self._post("/path/turn/", id=self._id(), kind=words[kind], place=place if kind == "went" else "")

    def _send(self, one: Sitting) -> None:
        """In one piece or in two, in any order, some of it twice."""
        identity = self._id()
        self.sat[identity] = one
        if one.practice is None:
            self._add_by_hand(identity, one)
            return
        events = self._observed(one)
        cut = self.rng.randint(1, len(events)) if self.rng.random() < 0.3 else len(events)
        parts = [part for part in (events[:cut], events[cut:]) if part]
        self.rng.shuffle(parts)
        if self.rng.random() < 0.2:
            parts.append(self.rng.choice(parts))
        sound = str(self.world.sound(one.practice, one.chosen_ms or 0))
        for part in parts:
            self._post_json(
                f"/api/sittings/{identity}/events",
                rendering=sound, practice=one.practice, events=part, sent_ms=_ms(self.at),
            )  # fmt: skip
        if self.rng.random() < 0.2:
            self._write(
                "line", f"/api/reflections/{identity[:-12]}{self._id()[-12:]}", "body", sitting=identity
            )

    def _observed(self, one: Sitting) -> list[dict[str, Any]]:
        """Begun, heard, put to rest; and so again for each stretch."""
        events: list[dict[str, Any]] = []
        position = 0
        for start, end in one.stretches:
            last = (start, end) == one.stretches[-1]
            length = _ms(end) - _ms(start)
            whole = last and position + length == one.chosen_ms
            for kind, moved, moment in (
                ("started", 0, start),
                ("finished" if whole else "left" if last else "paused", length, end),
            ):
                events.append({
                    "id": self._id(), "sequence": len(events), "kind": kind,
                    "position_ms": position + moved, "wall_ms": _ms(moment),
                })  # fmt: skip
            position += length
        return events

    def _add_by_hand(self, identity: str, one: Sitting) -> None:
        local = one.began.astimezone(ZoneInfo(valid(self.life.zones, self.at)))
        minutes = one.practised_ms // MINUTE
        self._post("/sittings/add/", id=identity, title="By the sea", day=local.date().isoformat(),
                   time=f"{local:%H:%M}", minutes=minutes)  # fmt: skip

    def _look(self) -> None:
        life = self.life
        page = self._visit("/today/")
        weeks = len(life.course.weeks)
        should, does = wanted(shown(life, self.at), weeks=weeks), read(page, weeks=weeks)
        for name, value in should.items():
            if does[name] != value:
                self._wrong(f"Today: {name} must be {value!r}, is {does[name]!r}")
        self.seen["looks"] += 1
        chance = self.rng.random()
        if chance < 0.05:
            opened = open_weeks(self._visit("/weeks/"))
            if opened != (must := shown(life, self.at).open_weeks):
                self._wrong(f"weeks open must be {must}, are {opened}")
        elif chance < 0.15:
            self._visit(self.rng.choice(OTHER_PAGES))
        elif chance < 0.22:
            self._write(
                "act",
                f"/api/acts/{self._id()}",
                "line",
                direction=self.rng.choice(DIRECTIONS),
                **self._clock(),
            )
        elif chance < 0.27:
            self._write(
                "page",
                f"/api/journal/{self._id()}",
                "body",
                writing=self._id(),
                number=0,
                base=0,
                save=self._id(),
            )

    def _wish(self, wished: tuple[str, str, str]) -> None:
        time, begin, end = wished
        off = self.rng.random() < 0.15
        self._post(
            "/reminders/", way="letter", habit=self.rng.choice(("", "breakfast")), time=time, words="",
            weekdays=[str(day) for day in range(7)], quiet_from=begin, quiet_until=end,
        )  # fmt: skip
        self.wishes.append((self.at, Wish((begin, end) if begin else None)))
        if off:
            self._post("/reminders/answer/", answer="stop")
            self.wishes.append((self.at, None))

    def _work(self) -> None:
        """The server's own work. Whoever is asked whether to go on mostly says yes on a later day.

        Some choose another time as soon as a reminder has come: it is not yet gone by on that day.
        """
        if self._mails_came() and self.rng.random() < 0.2:
            self._goes_on(timedelta(seconds=1))
            soon = self.at + timedelta(minutes=1)
            self._wish((f"{soon.astimezone(ZoneInfo(valid(self.life.zones, self.at))):%H:%M}", "", ""))
            self._goes_on(timedelta(minutes=2))
            self._mails_came()
        if self.rng.random() < 0.1 and self.wishes and self.wishes[-1][1]:
            self._post("/reminders/answer/", answer="go-on")

    def _goes_on(self, time: timedelta) -> None:
        self.at += time
        self.world.set_clock(self.at)

    def _mails_came(self) -> bool:
        mails = self.world.work(self.at, self.rng.random() < 0.5)
        for mail in mails:
            self._scold(_words_of_mail(mail), "a mail")
            self.mails.append(self.at)
        return bool(mails)

    def _write(self, kind: str, address: str, words: str, **more: object) -> None:
        text = f"{kind} number {len(self.written)}, “so” & so"
        self._put(address, **{words: text}, **more)
        self.written[address.rsplit("/", 1)[1]] = Written(kind, text, self.at)

    def _visit(self, path: str) -> str:
        status, page = self.world.visit("GET", path, None)
        if status != 200:
            self._wrong(f"{path} answered {status}")
        self.seen["pages"] += 1
        if page.startswith("<"):
            self._scold(words_of(page), path)
        return page

    def _scold(self, lines: list[str], where: str) -> None:
        for line in lines:
            if OUT_OF_PLACE.search(line) or HOLDS_AGAINST.search(line):
                self._wrong(f"{where} says {line!r}")

    def _post(self, path: str, **form: object) -> None:
        self._told(*self.world.visit("POST", path, form), path, {302})

    def _post_json(self, path: str, **content: object) -> None:
        self._told(*self.world.visit("POST", path, json.dumps(content)), path, {200})

    def _put(self, path: str, **content: object) -> None:
        self._told(*self.world.visit("PUT", path, json.dumps(content)), path, {200})

    def _told(self, status: int, text: str, path: str, right: set[int]) -> None:
        self.seen["sent"] += 1
        if status not in right:
            self._wrong(f"{path} answered {status}: {text[:300]}")

    def _wrong(self, what: str) -> None:
        self.amiss.append(f"life {self.life.seed} at {self.at.isoformat()}: {what}")

    def _id(self) -> str:
        return str(UUID(int=self.rng.getrandbits(128), version=4))

    def _clock(self) -> dict[str, int]:
        return {"wall_ms": _ms(self.at), "sent_ms": _ms(self.at)}


def _words_of_mail(mail: bytes) -> list[str]:
    """Its subject and its plain words."""
    read = message_from_bytes(mail, policy=default)
    body = read.get_body(("plain",))
    assert body
    return [str(read["Subject"]), *body.get_content().splitlines()]


def _ms(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)
