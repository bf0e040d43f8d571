"""What a watching program asks for, in Prometheus' words.

Every figure is read from the database, the disk and the clock at the moment of
asking. Nothing is counted in a process, so several processes on several
machines tell the same, and a restart sets nothing back to nought. Counts,
times and states only: no name, no address, no reason in words.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Count
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.registry import Collector

import heartwood
from heartwood.web.delivery import queries as delivery
from heartwood.web.desk import kept, outside, queries
from heartwood.web.library.models import Rendering
from heartwood.web.people import signing_up

Look = Callable[[datetime], Iterable[Metric]]


def exposition(*, at: datetime) -> bytes:
    """Everything at one moment, in the text format."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Desk(at))
    return generate_latest(registry)


class _Desk(Collector):
    """Looks at each thing apart: what cannot be looked at is left out, and its line says 1."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def collect(self) -> Iterable[Metric]:
        for look in (_lines, _version, _workers, _sounds, _messages, _disk, _notes, _certificate, _sign_up):
            yield from _seen(look, self._at)


def _seen(look: Look, at: datetime) -> list[Metric]:
    try:
        return list(look(at))
    except (DatabaseError, OSError):
        return []


def _lines(at: datetime) -> Iterable[Metric]:
    told = GaugeMetricFamily(
        "heartwood_needs_a_hand", "1 where the operator's page says that something should be done.",
        labels=["line"],
    )  # fmt: skip
    for line in queries.desk(at=at).lines:
        told.add_metric([line.key], float(line.needs_a_hand))
    yield told


def _version(at: datetime) -> Iterable[Metric]:
    yield InfoMetricFamily("heartwood", "The version that runs.", value={"version": heartwood.__version__})


def _workers(at: datetime) -> Iterable[Metric]:
    seen = {worker: kept.last_work(Path(settings.DATA), worker) for worker in kept.WORKERS}
    yield _moments("heartwood_worker_seen", "When a worker was last at work.", seen, label="worker")


def _sounds(at: datetime) -> Iterable[Metric]:
    found = dict(Rendering.objects.order_by().values_list("state").annotate(Count("id")))
    counts = {state.value: found.get(state.value, 0) for state in Rendering.State}
    yield _counts("heartwood_sounds", "Practices as sound, by state.", counts)


def _messages(at: datetime) -> Iterable[Metric]:
    yield _counts("heartwood_messages", "Messages out of the house, by state.", delivery.counts())


def _disk(at: datetime) -> Iterable[Metric]:
    free = shutil.disk_usage(settings.DATA).free
    yield GaugeMetricFamily("heartwood_disk_free_bytes", "Room beside the data folder.", value=free)


def _notes(at: datetime) -> Iterable[Metric]:
    data = Path(settings.DATA)
    for name, last in (("backup", kept.last(data, kept.BACKUP)), ("restore", kept.last_restore(data))):
        yield _moments(f"heartwood_last_{name}", f"When the last {name} was done here.", {"": last})


def _certificate(at: datetime) -> Iterable[Metric]:
    own = settings.OPTIONS.certificate
    ends = outside.certificate_ends(own) if own else None
    yield _moments("heartwood_certificate_ends", "Until when the server's own certificate holds.", {"": ends})


def _sign_up(at: datetime) -> Iterable[Metric]:
    is_open = signing_up.state() is signing_up.State.OPEN
    yield GaugeMetricFamily("heartwood_sign_up_open", "1 while invitations open.", value=float(is_open))


def _counts(name: str, words: str, counts: dict[str, int]) -> Metric:
    told = GaugeMetricFamily(name, words, labels=["state"])
    for state, count in counts.items():
        told.add_metric([state], count)
    return told


def _moments(name: str, words: str, moments: dict[str, datetime | None], *, label: str = "") -> Metric:
    """Moments in seconds since 1970; one that never was is left out."""
    told = GaugeMetricFamily(f"{name}_timestamp_seconds", words, labels=[label] if label else [])
    for key, moment in moments.items():
        if moment:
            told.add_metric([key] if label else [], moment.timestamp())
    return told
