"""`.venv/bin/python -m bench [NAME …]`: print figures, with the machine and the commit. Ratios first."""

from __future__ import annotations

import sys
from importlib import import_module

from bench.machine import heading

NAMES = ("starting", "today", "sittings", "rendering", "memory", "first_page")


def main(names: list[str]) -> int:
    unknown = set(names) - set(NAMES)
    if unknown:
        print(f"There is no measurement {', '.join(sorted(unknown))}. These there are: {', '.join(NAMES)}.")
        return 2
    print(heading(), flush=True)
    for name in names or NAMES:
        for line in import_module(f"bench.{name}").figures():
            print(line, flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
