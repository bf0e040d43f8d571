"""What is on disk, read by the database's own library and by nothing of Heartwood's."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from tests.cluster import Cluster
from tests.long.device import Device

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


def compare(devices: Sequence[Device], store: Store) -> Comparison:
    """Hold the devices' own lists against what the store has.

    missing     acknowledged, and not there with exactly the content that was sent
    doubled     there more than once: by id, or as another row for the same moment of a sitting
    invented    there, and never sent; a kept twin is one, since no content ever differed
    miscounted  a sitting whose sum is not what its device practised, once all of it is acknowledged
    """
    sent = [row for device in devices for row in _rows(device)]
    acknowledged = {identity for device in devices for identity in device.acknowledged}
    stored = [*store.observations, *store.lines]
    there = set(stored)
    ids = Counter(row[0] for row in stored)
    moments = Counter(row[1:3] for row in store.observations)
    return Comparison(
        missing=[row for row in sent if row[0] in acknowledged and row not in there],
        doubled=[
            *((identity,) for identity, times in ids.items() if times > 1),
            *(moment for moment, times in moments.items() if times > 1),
        ],
        invented=[*(there - set(sent)), *store.twins],
        miscounted=_miscounted(devices, store),
    )


def _rows(device: Device) -> Iterable[Row]:
    """What a device sent, as the rows that should come of it."""
    for identity, message in device.sent.items():
        if not message.sitting:
            yield identity, message.content["sitting"]
            continue
        seen = next(one for one in message.content["events"] if one["id"] == identity)
        told = (seen["sequence"], seen["kind"], seen["position_ms"], seen["wall_ms"])
        yield identity, message.sitting, *told


def _miscounted(devices: Sequence[Device], store: Store) -> list[Row]:
    wanted: dict[str, int] = {}
    for device in devices:
        unsure = {m.sitting for m in device.sent.values() if not device.acknowledged.issuperset(m.ids)}
        wanted |= {sitting: ms for sitting, ms in device.practised_ms.items() if sitting not in unsure}
    counted = dict(store.sittings)
    return [(one, ms, counted.get(one)) for one, ms in wanted.items() if counted.get(one) != ms]
