"""Sounds of a preview: made in a child process when a length is asked for, kept until the preview ends."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from heartwood.content import ReadCourse
from heartwood.web.library.queries import script_hash
from heartwood.web.preview import places

SECONDS_FOR_ONE = 300


@dataclass
class Making:
    """One sound on its way. state: "making", "ready" or "failed"; trouble: why it failed, as a sentence."""

    key: str
    state: str = "making"
    trouble: str = ""
    timeline: list[dict[str, Any]] = field(default_factory=list)

    @property
    def path(self) -> Path:
        return places.sounds() / f"{self.key}.m4a"


_KNOWN: dict[str, Making] = {}
_LOCK = threading.Lock()


def want(read: ReadCourse, script: str, *, milliseconds: int, voice: str) -> Making:
    """The sound of these words at this length, begun unless it is there. What failed is tried again."""
    named = f"{script_hash(read, script)} {script} {milliseconds} {voice}"
    key = sha256(named.encode()).hexdigest()[:32]
    with _LOCK:
        known = _KNOWN.get(key)
        if known and known.state != "failed":
            return known
        making = _KNOWN[key] = Making(key)
    job = {
        "files": read.files, "language": read.course.language, "script": script,
        "milliseconds": milliseconds, "voice": voice, "output": str(making.path),
        "cache": str(making.path.parent / "spoken"),
    }  # fmt: skip
    threading.Thread(target=_make, args=[making, job], daemon=True).start()
    return making


def known(key: str) -> Making | None:
    return _KNOWN.get(key)


def _make(making: Making, job: dict[str, Any]) -> None:
    making.path.parent.mkdir(parents=True, exist_ok=True)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "heartwood", "practice", "render-job"],
            input=json.dumps(job), capture_output=True, text=True, timeout=SECONDS_FOR_ONE, check=False,
        )  # fmt: skip
        told = json.loads(done.stdout.splitlines()[-1]) if done.stdout.strip() else {}
    except (subprocess.TimeoutExpired, OSError, ValueError) as error:
        told = {"failed": str(error)}
    if "done" in told:
        making.timeline = told["done"]["timeline"]
        making.state = "ready"
    else:
        making.trouble = told.get("failed") or "Its maker ended without a word."
        making.state = "failed"
