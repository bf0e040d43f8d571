"""`.venv/bin/python -m bench [NAME …]`: print figures, with the machine and the commit. Ratios first."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterable, Iterator

from bench import (
    book,
    crowd,
    first_page,
    lighthouse,
    markup,
    memory,
    outbox,
    profile,
    rendering,
    sittings,
    starting,
    today,
)
from bench.house import house
from bench.machine import ROOT, heading
from tests.cluster import programs, throw_away_cluster

ALONE = {"starting": starting, "rendering": rendering, "crowd": crowd}
IN_A_HOUSE = {
    "memory": memory,
    "first_page": first_page,
    "today": today,
    "sittings": sittings,
    "outbox": outbox,
    "profile": profile,
    "markup": markup,
    "book": book,
    "lighthouse": lighthouse,
}


def main(names: list[str]) -> int:
    known = [*ALONE, *IN_A_HOUSE]
    unknown = [name for name in names if name not in known]
    if unknown:
        print(f"There is no measurement {', '.join(unknown)}. These there are: {', '.join(known)}.")
        return 2
    sys.path.insert(0, str(ROOT / "src"))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    print(heading(), flush=True)
    for line in figures(names or known):
        print(line, flush=True)
    return 0


def figures(names: Iterable[str]) -> Iterator[str]:
    for name in ALONE:
        if name in names:
            yield from ALONE[name].figures()
    housed = [name for name in IN_A_HOUSE if name in names]
    if housed:
        with house() as measured:
            for name in housed:
                yield from IN_A_HOUSE[name].figures(measured)
    if "sittings" in housed:
        yield from _on_postgresql()


def _on_postgresql() -> Iterator[str]:
    if not programs():
        yield "sittings, PostgreSQL not measured: it is not installed here"
        return
    with throw_away_cluster() as address, house(HEARTWOOD_DATABASE_URL=address) as measured:
        yield from sittings.figures(measured)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
