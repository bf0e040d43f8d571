"""Lighthouse's four figures for five pages, as somebody with a phone meets them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench import tools
from bench.house import House

PAGES = ("/", "/sit/", "/today/", "/weeks/1/", "/practices/arrive/")
SIDES = ("accessibility", "best-practices", "seo", "performance")


def figures(measured: House) -> Iterator[str]:
    program = tools.lighthouse()
    if program is None:
        yield f"lighthouse           not measured: no Lighthouse, node or Chromium here ({tools.HOW})"
        return
    yield f"lighthouse           {', '.join(SIDES)}; out of 100"
    for path in PAGES:
        told = _told(program, measured, path)
        scores = "  ".join(f"{100 * (told['categories'][side]['score'] or 0):4.0f}" for side in SIDES)
        yield f"  {path:<20} {scores}   wanting: {', '.join(_wanting(told)) or 'nothing'}"


def _told(program: Path, measured: House, path: str) -> dict[str, Any]:
    cookies = "" if path in {"/", "/sit/"} else measured.cookies
    words = [
        "node", str(program), f"{measured.server.url}{path}", "--quiet", "--output=json",
        f"--only-categories={','.join(SIDES)}", "--chrome-flags=--headless --no-sandbox --disable-gpu",
        f"--extra-headers={json.dumps({'Cookie': cookies} if cookies else {})}",
    ]  # fmt: skip
    environment = {**os.environ, "CHROME_PATH": shutil.which("chromium") or ""}
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=True)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def _wanting(told: dict[str, Any]) -> list[str]:
    """Audits below their best, performance apart: that depends on the machine."""
    judged = [ref["id"] for side in SIDES[:3] for ref in told["categories"][side]["auditRefs"]]
    return sorted({name for name in judged if told["audits"][name]["score"] not in (None, 1)})
