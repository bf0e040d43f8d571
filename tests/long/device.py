"""A device under load: it sends sittings and private lines, and keeps its own list of what was acknowledged.

The list is a file of JSON lines, written before each sending and after each
acknowledgement, so that it outlives the test itself. Nothing here is Heartwood's
own code: what a sitting comes to is reckoned anew, while it is made up.
"""

from __future__ import annotations

import json
import threading
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from tests.visitor import Visitor

SECONDS_BEFORE_TRYING_AGAIN = 0.1
WORDS = ["rain", "kettle", "lamp", "river", "moss", "bread", "window", "snow", "harbour", "wool"]


@dataclass(frozen=True)
class Message:
    """One thing to send. Sent again it is the same, letter for letter."""

    method: str
    path: str
    content: dict[str, Any]

    @property
    def ids(self) -> list[str]:
        """What the server must name in its acknowledgement."""
        return [seen["id"] for seen in self.content.get("events", [])] or [self.path.split("/")[3]]

    @property
    def sitting(self) -> str:
        return self.path.split("/")[3] if "events" in self.content else ""


@dataclass
class Sitting:
    """A sitting as it is made up, with what was practised of it so far."""

    id: str
    began_ms: int
    sequence: int = 0
    position_ms: int = 0
    practised_ms: int = 0
    plays: bool = False
    ended: bool = False


@dataclass
class Device:
    """Sends one message after the other, from start to end of the test, whatever happens to the server."""

    visitor: Visitor
    token: str
    rendering: str
    length_ms: int
    list: Path
    rng: Random
    sent: dict[str, Message] = field(default_factory=dict)
    acknowledged: set[str] = field(default_factory=set)
    practised_ms: dict[str, int] = field(default_factory=dict)
    refusals: list[str] = field(default_factory=list)
    _waiting: deque[Message] = field(default_factory=deque)
    _stopping: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        """Take up the list of an earlier run that was cut off."""
        for line in self.list.read_text().splitlines() if self.list.exists() else ():
            entry = json.loads(line)
            if "acknowledged" in entry:
                self.acknowledged.update(entry["acknowledged"])
            else:
                self._remember(Message(entry["method"], entry["path"], entry["content"]), entry["practised"])
        once = {id(message): message for message in self.sent.values()}
        self._waiting.extend(m for m in once.values() if not self.acknowledged.issuperset(m.ids))

    def run(self) -> None:
        """Send until stopped; then whatever still waits."""
        messages = self._messages()
        while not self._stopping.is_set() or self._waiting:
            if not self._waiting:
                self._waiting.append(next(messages))
            if self._send(self._waiting[0]):
                self._waiting.popleft()
            else:
                time.sleep(SECONDS_BEFORE_TRYING_AGAIN)

    def stop(self) -> None:
        self._stopping.set()

    def _send(self, message: Message) -> bool:
        """Send, and write down what was acknowledged. False without an answer, or with a server's excuse."""
        try:
            answer = self.visitor.send(message.method, message.path, message.content, token=self.token)
        except (OSError, HTTPException):
            return False
        if answer.status >= 500:
            return False
        if answer.status != 200:
            self.refusals.append(f"{message.method} {message.path}: {answer.status} {answer.text}")
            return True
        told = json.loads(answer.text)
        named = told["acknowledged"] if "acknowledged" in told else [told["id"]]
        self._write({"acknowledged": named})
        self.acknowledged.update(named)
        return True

    def _messages(self) -> Iterator[Message]:
        """Observations and lines without end; one in ten is a message that was already acknowledged."""
        sitting = self._new_sitting()
        while True:
            chance = self.rng.random()
            if chance < 0.1 and self.sent:
                yield self.sent[self.rng.choice(list(self.sent))]
            elif chance < 0.4:
                yield self._made_up(self._line(sitting))
            else:
                sitting = self._new_sitting() if sitting.ended else sitting
                yield self._made_up(self._observations(sitting), sitting)

    def _made_up(self, message: Message, sitting: Sitting | None = None) -> Message:
        practised = sitting.practised_ms if sitting else 0
        entry = {"method": message.method, "path": message.path, "content": message.content}
        self._write({**entry, "practised": practised})
        self._remember(message, practised)
        return message

    def _remember(self, message: Message, practised_ms: int) -> None:
        self.sent.update(dict.fromkeys(message.ids, message))
        if message.sitting:
            self.practised_ms[message.sitting] = practised_ms

    def _write(self, entry: dict[str, Any]) -> None:
        with self.list.open("a") as file:
            file.write(json.dumps(entry) + "\n")

    def _new_sitting(self) -> Sitting:
        return Sitting(self._new_id(), began_ms=time.time_ns() // 1_000_000)

    def _line(self, sitting: Sitting) -> Message:
        identity = self._new_id()
        words = " ".join(self.rng.choices(WORDS, k=self.rng.randint(1, 30)))
        content = {"body": f"{words} {identity}", "sitting": sitting.id if sitting.sequence else None}
        return Message("PUT", f"/api/reflections/{identity}", content)

    def _observations(self, sitting: Sitting) -> Message:
        seen = [self._observe(sitting) for _ in range(self.rng.randint(1, 6)) if not sitting.ended]
        content = {"rendering": self.rendering, "events": seen}
        return Message("POST", f"/api/sittings/{sitting.id}/events", content)

    def _observe(self, sitting: Sitting) -> dict[str, Any]:
        """The next thing the player sees: mostly that it plays on, at times a pause or a jump."""
        kind = self._next_kind(sitting)
        if kind == "seeked":
            sitting.position_ms = max(0, sitting.position_ms - 15_000)
        elif kind in {"advanced", "paused", "finished"}:
            step = min(self.rng.randint(1, 10_000), self.length_ms - sitting.position_ms)
            sitting.position_ms += step
            sitting.practised_ms += step
        sitting.plays = sitting.plays if kind == "seeked" else kind in {"started", "advanced"}
        sitting.ended = kind == "finished"
        sitting.sequence += 1
        return {
            "id": self._new_id(),
            "sequence": sitting.sequence - 1,
            "kind": kind,
            "position_ms": sitting.position_ms,
            "wall_ms": sitting.began_ms + sitting.sequence,
        }

    def _next_kind(self, sitting: Sitting) -> str:
        if not sitting.plays:
            return "started"
        if sitting.position_ms > self.length_ms - 10_000:
            return "finished"
        return self.rng.choices(["advanced", "paused", "seeked"], weights=[18, 1, 1])[0]

    def _new_id(self) -> str:
        """A UUID of version 7, by this device's own clock and chance."""
        milliseconds = time.time_ns() // 1_000_000
        bits = self.rng.getrandbits(74)
        return str(UUID(int=milliseconds << 80 | 7 << 76 | bits >> 62 << 64 | 2 << 62 | bits & (1 << 62) - 1))
