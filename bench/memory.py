"""How much memory the server holds when nobody asks anything."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bench.house import House, processes

AIM_MB = 150


def figures(measured: House) -> Iterator[str]:
    """Proportional set size of every process; and the private part, which no neighbour makes smaller."""
    for page in ("/today/", "/weeks/", "/sittings/", "/settings/"):
        measured.person.get(page)
    each = [_megabytes(pid) for pid in processes(measured.server)]
    shared, private, resident = (sum(one[part] for one in each) for part in ("Pss", "Private", "Rss"))
    yield f"memory, idle         {shared / AIM_MB:5.2f} of the {AIM_MB} MB aimed at"
    yield (
        f"  {shared:.0f} MB proportional, {private:.0f} MB private, {resident:.0f} MB resident, "
        f"in {len(each)} processes"
    )


def _megabytes(pid: int) -> dict[str, float]:
    parts = {"Pss": 0.0, "Private": 0.0, "Rss": 0.0}
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]:
        name, size = line.split(":")
        name = "Private" if name.startswith("Private_") and "Hugetlb" not in name else name
        if name in parts:
            parts[name] += int(size.split()[0]) * 1024 / 1e6
    return parts
