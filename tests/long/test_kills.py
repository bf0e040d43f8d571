"""kill -9 at random moments under load: nothing acknowledged is lost, nothing is kept twice.

A kill takes with it all that a process held in memory. It does not take what
the machine's own cache holds; that `fsync` is asked for is a setting, not shown here.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random

import pytest

from tests.cluster import Cluster, programs
from tests.journeys.conftest import Server, free_port
from tests.long.device import Device, Message
from tests.long.stores import Comparison, Store, compare, read_postgresql, read_sqlite
from tests.visitor import Visitor, open_account

KILLS = 20 if os.environ.get("HEARTWOOD_SAMPLE") else 200
SEED = os.environ.get("HEARTWOOD_SEED", "1")
PEOPLE = ("Amara", "Bo")
DEVICES_A_PERSON = 2
LONGEST_LOAD_SECONDS = 1.2


@dataclass
class Siege:
    """A house under load, its devices, and how often it was killed."""

    folder: Path
    server: Server
    devices: Sequence[Device]

    @property
    def kills(self) -> int:
        count = self.folder / "kills"
        return int(count.read_text()) if count.exists() else 0

    def count_kill(self) -> None:
        (self.folder / "kills").write_text(str(self.kills + 1))

    def wait_for_load(self) -> None:
        """Until each device was acknowledged something new."""
        before = [len(device.acknowledged) for device in self.devices]
        for _ in range(1200):
            if all(len(d.acknowledged) > n for d, n in zip(self.devices, before, strict=True)):
                return
            time.sleep(0.05)
        raise AssertionError(f"no device was acknowledged anything for a minute:\n{self.server.said[-3000:]}")


def test_the_comparison_notices_what_is_lost_doubled_invented_and_miscounted(tmp_path: Path) -> None:
    seen = {"id": "seen", "sequence": 0, "kind": "started", "position_ms": 0, "wall_ms": 5}
    device = Device(Visitor("http://localhost"), "", "", 180_000, tmp_path / "list", Random(1))
    device.sent = {
        "seen": Message("POST", "/api/sittings/sitting/events", {"events": [seen]}),
        "line": Message("PUT", "/api/reflections/line", {"body": "kept", "sitting": "sitting"}),
    }
    device.practised_ms, device.acknowledged = {"sitting": 0}, {"seen", "line"}
    observed, written = ("seen", "sitting", 0, "started", 0, 5), ("line", "sitting")

    def compared(**differing: Sequence[tuple[object, ...]]) -> Comparison:
        right = {"observations": [observed], "sittings": [("sitting", 0)], "lines": [written]}
        return compare([device], lambda: Store(**{**right, **differing}))

    assert compared() == Comparison([], [], [], [])
    assert compared(observations=[]).missing == [observed]
    assert compared(lines=[]).missing == [written]
    assert compared(observations=[(*observed[:5], 6)]).missing == [observed]
    assert compared(lines=[written, written]).doubled == [("line",)]
    assert compared(observations=[observed, ("other", *observed[1:])]).doubled == [("sitting", 0)]
    assert compared(lines=[written, ("never", None)]).invented == [("never", None)]
    assert compared(twins=[("twin",)]).invented == [("twin",)]
    assert compared(sittings=[("sitting", 1)]).miscounted == [("sitting", 0, 1)]


def test_sqlite_keeps_what_it_acknowledged_through_every_kill(folder: Callable[[str], Path]) -> None:
    with besieged(folder("kills-sqlite")) as siege:
        store = partial(read_sqlite, siege.server.data / "db/heartwood.sqlite3")
        for rng in each_kill(siege):
            siege.wait_for_load()
            time.sleep(rng.uniform(0, LONGEST_LOAD_SECONDS))
            siege.server.kill()
            found = compare(siege.devices, store)
            siege.server.start()
            assert_nothing_lost(found)

        let_finish(siege)
        assert_all_kept(siege, store)


@pytest.mark.skipif(not programs(), reason="no PostgreSQL here (Debian: apt install postgresql)")
def test_postgresql_keeps_what_it_acknowledged_through_every_kill(folder: Callable[[str], Path]) -> None:
    """Half of the kills take PostgreSQL too; half of these leave the server standing, which must recover."""
    place = folder("kills-postgresql")
    with cluster_of(place) as cluster, besieged(place, HEARTWOOD_DATABASE_URL=cluster.address) as siege:
        store = partial(read_postgresql, cluster)
        for rng in each_kill(siege):
            siege.wait_for_load()
            time.sleep(rng.uniform(0, LONGEST_LOAD_SECONDS))
            database_too = rng.random() < 0.5
            server_too = not database_too or rng.random() < 0.5
            if database_too:
                cluster.kill()
            if server_too:
                siege.server.kill()
            if database_too:
                cluster.start()
            found = compare(siege.devices, store)
            if server_too:
                siege.server.start()
            assert_nothing_lost(found)

        let_finish(siege)
        assert_all_kept(siege, store)


def each_kill(siege: Siege) -> Iterator[Random]:
    """The kills that are still to come, each with its own chance, so that a run cut off goes on as it was."""
    print(f"HEARTWOOD_SEED={SEED}: {siege.kills} of {KILLS} kills done", flush=True)
    while siege.kills < KILLS:
        yield Random(f"{SEED} {siege.folder.name} {siege.kills}")
        siege.count_kill()


def assert_nothing_lost(found: Comparison) -> None:
    """In the middle: a message may be stored before its acknowledgement is written down, never after."""
    assert (found.missing, found.doubled, found.invented) == ([], [], [])


def let_finish(siege: Siege) -> None:
    """Let the devices send what still waits, and end."""
    for device in siege.devices:
        device.stop()
    for thread in threading.enumerate():
        if thread.name.startswith("device"):
            thread.join(timeout=120)


def assert_all_kept(siege: Siege, store: Callable[[], Store]) -> None:
    """At the end everything was acknowledged, and stands once in the tables and in people's exports."""
    found = compare(siege.devices, store)
    sent = [identity for device in siege.devices for identity in device.sent]

    assert [refusal for device in siege.devices for refusal in device.refusals] == []
    assert {identity for device in siege.devices for identity in device.acknowledged} == set(sent)
    assert_nothing_lost(found)
    assert found.miscounted == []
    assert exported(siege) == Counter(told for device in siege.devices for told in told_by(device))
    print(f"{KILLS} kills, {len(sent)} records acknowledged: 0 missing, 0 doubled", flush=True)


def exported(siege: Siege) -> Counter[str]:
    """Every observation's id and every line's words, as people's own exports hold them."""
    told: Counter[str] = Counter()
    for device in siege.devices[::DEVICES_A_PERSON]:
        held = json.loads(device.visitor.get("/settings/export/").text)["practices"]
        told.update(seen["id"] for sitting in held["sittings"] for seen in sitting["observations"])
        told.update(line["body"] for line in held["lines"])
        assert held["came_twice"] == []
    return told


def told_by(device: Device) -> Iterator[str]:
    for identity, message in device.sent.items():
        yield identity if message.sitting else message.content["body"]


@contextmanager
def besieged(folder: Path, **environment: str) -> Iterator[Siege]:
    """A server with its devices at work. What an earlier run left in the folder is taken up."""
    end_left_behind(folder)
    server = Server(folder / "data", free_port(), environment=environment).start()
    siege = Siege(folder, server, [d for name in PEOPLE for d in devices_of(name, server, folder)])
    for number, device in enumerate(siege.devices):
        threading.Thread(target=device.run, name=f"device {number}", daemon=True).start()
    try:
        yield siege
    finally:
        for device in siege.devices:
            device.stop()
        if server.process and server.process.poll() is None:
            server.kill()


def devices_of(name: str, server: Server, folder: Path) -> Iterator[Device]:
    """One person's devices, signed in. All share the person's cookies, each has a list of its own."""
    visitor, cookies = Visitor(server.url), folder / f"{name}.cookies"
    if cookies.exists():
        visitor.cookies.load(str(cookies), ignore_discard=True)
    else:
        visitor = open_account(server.url, server.command("invite").stdout.strip(), name=name)
        visitor.cookies.save(str(cookies), ignore_discard=True)
    page = visitor.get("/practices/arrive/")
    while not page.attribute("data-rendering"):
        time.sleep(0.5)
        page = visitor.get("/practices/arrive/")
    for number in range(DEVICES_A_PERSON):
        yield Device(
            visitor=visitor,
            token=page.attribute("data-token"),
            rendering=page.attribute("data-rendering"),
            length_ms=int(page.attribute("data-length-ms")),
            list=folder / f"{name}-{number}.jsonl",
            rng=Random(f"{SEED} {name} {number} {time.time_ns()}"),
        )


@contextmanager
def cluster_of(folder: Path) -> Iterator[Cluster]:
    """The cluster of this run: a new one, or the one that an earlier run left."""
    known = folder / "cluster"
    place = (
        Path(known.read_text()) if known.exists() else Path(tempfile.mkdtemp(prefix="hw-kills-", dir="/tmp"))
    )
    cluster = Cluster(place)
    end_left_behind(place)
    if not known.exists():
        cluster.make()
        known.write_text(str(place))
    cluster.start()
    if not (place / "made").exists():
        cluster.make_database()
        (place / "made").touch()
    try:
        yield cluster
    finally:
        cluster.stop()
        if not os.environ.get("HEARTWOOD_STATE"):
            shutil.rmtree(place, ignore_errors=True)


def end_left_behind(folder: Path) -> None:
    """End the processes of an earlier run that was itself killed, told by this run's own folder."""
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if int(process.name) != os.getpid() and str(folder) in (process / "cmdline").read_text():
                os.kill(int(process.name), signal.SIGKILL)


@pytest.fixture
def folder(tmp_path: Path) -> Callable[[str], Path]:
    """Where a test keeps what it must know after being cut off: HEARTWOOD_STATE, or nowhere."""

    def named(name: str) -> Path:
        place = Path(os.environ.get("HEARTWOOD_STATE") or tmp_path) / name
        place.mkdir(parents=True, exist_ok=True)
        return place

    return named
