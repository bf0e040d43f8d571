"""What is on disk, read by the database's own library and by nothing of Heartwood's."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from tests.cluster import Cluster
from tests.long.device import Device, Message

Row = tuple[Any, ...]

OBSERVATIONS = "SELECT id, sitting_id, sequence, kind, position_ms, wall_ms FROM practices_sittingevent"
SITTINGS = "SELECT id, practised_ms FROM practices_sitting"
LINES = "SELECT id, sitting_id FROM practices_reflection"
TWINS = "SELECT id FROM practices_twin"


@dataclass(frozen=True)
class Store:
    """All rows that a device can have caused."""

    observations: Sequence[Row]
    sittings: Sequence[Row]
    lines: Sequence[Row]
    twins: Sequence[Row] = ()


def read_sqlite(database: Path) -> Store:
    """Copy the file and its log as a kill left them, and read the copy, so that looking changes nothing."""
    with tempfile.TemporaryDirectory() as folder:
        for file in (database, database.with_name(f"{database.name}-wal")):
            if file.exists():
                shutil.copy(file, folder)
        with closing(sqlite3.connect(Path(folder) / database.name)) as copy:
            return _read(copy.execute)


def read_postgresql(cluster: Cluster) -> Store:
    with closing(cluster.connect()) as connection:
        return _read(connection.execute)


def _read(query: Callable[[str], Iterable[Row]]) -> Store:
    observations, sittings, lines, twins = (
        [tuple(_plain(value, place) for place, value in enumerate(row)) for row in query(words)]
        for words in (OBSERVATIONS, SITTINGS, LINES, TWINS)
    )
    return Store(observations, sittings, lines, twins)


def _plain(value: Any, place: int) -> Any:
    """Ids come as text from one database and as UUIDs from the other."""
    if isinstance(value, UUID):
        return str(value)
    return str(UUID(value)) if isinstance(value, str) and len(value) == 32 and place < 2 else value


@dataclass(frozen=True)
class Comparison:
    """What the devices' lists and the store do not agree on."""

    missing: list[Row]
    doubled: list[Row]
    invented: list[Row]
    miscounted: list[Row]


def compare(devices: Sequence[Device], read: Callable[[], Store]) -> Comparison:
    """Hold the devices' own lists against what the store has. The devices may be at work meanwhile.

    missing     acknowledged before the store was read, and not there with exactly the content sent
    doubled     there more than once: by id, or as another row for the same moment of a sitting
    invented    there, and never sent; a kept twin is one, since no content ever differed
    miscounted  a sitting whose sum is not what its device practised, once all of it is acknowledged
    """
    acknowledged = {identity for device in devices for identity in device.acknowledged.copy()}
    store = read()
    sent = {identity: message for device in devices for identity, message in device.sent.copy().items()}
    practised = {sitting: ms for device in devices for sitting, ms in device.practised_ms.copy().items()}
    rows = [_row(identity, message) for identity, message in sent.items()]
    stored = [*store.observations, *store.lines]
    there = set(stored)
    return Comparison(
        missing=[row for row in rows if row[0] in acknowledged and row not in there],
        doubled=[*_repeated(row[:1] for row in stored), *_repeated(row[1:3] for row in store.observations)],
        invented=[*(there - set(rows)), *store.twins],
        miscounted=_miscounted(store, sent, acknowledged, practised),
    )


def _row(identity: str, message: Message) -> Row:
    """What was sent under an id, as the row that should come of it."""
    if not message.sitting:
        return identity, message.content["sitting"]
    seen = next(one for one in message.content["events"] if one["id"] == identity)
    return identity, message.sitting, seen["sequence"], seen["kind"], seen["position_ms"], seen["wall_ms"]


def _repeated(rows: Iterable[Row]) -> list[Row]:
    return [row for row, times in Counter(rows).items() if times > 1]


def _miscounted(
    store: Store, sent: Mapping[str, Message], acknowledged: Set[str], practised: Mapping[str, int]
) -> list[Row]:
    unsure = {message.sitting for identity, message in sent.items() if identity not in acknowledged}
    counted = dict(store.sittings)
    wanted = {sitting: ms for sitting, ms in practised.items() if sitting not in unsure}
    return [(one, ms, counted.get(one)) for one, ms in wanted.items() if counted.get(one) != ms]
