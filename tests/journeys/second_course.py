"""The course of four weeks beside the shipped one, and its next version with a correction for safety."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from tests.journeys.conftest import ROOT, Server

FOUR_WEEKS = ROOT / "tests" / "fixtures" / "courses" / "four-weeks"
CHANGED = {
    "ground/reading.en.md": ("every spring", "every other spring"),
    "practices/land/script.en.md": (
        "Feel one breath come in.",
        "Feel one breath come in, or hear one sound.",
    ),
}
CHANGES = '[[change]]\nid = "a-sound"\nsafety = true\n'
IN_WORDS = """\
# Changes

## a-sound
**A sound will do**

For some people the breath is no safe place. A sound is offered beside it from the first minute on.
"""


def publish_second_course(server: Server) -> None:
    _publish(server, FOUR_WEEKS)


def publish_its_next_version(server: Server) -> None:
    """With one thing changed in a reading and one in a practice, and the author's words on why."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(shutil.copytree(FOUR_WEEKS, Path(place) / "four-weeks"))
        for name, (before, now) in CHANGED.items():
            text = (folder / name).read_text(encoding="utf-8")
            assert before in text, f"{name} no longer says {before!r}"
            (folder / name).write_text(text.replace(before, now), encoding="utf-8")
        (folder / "changes.toml").write_text(CHANGES, encoding="utf-8")
        (folder / "changes.en.md").write_text(IN_WORDS, encoding="utf-8")
        _publish(server, folder)


def _publish(server: Server, folder: Path) -> None:
    told = server.command("course", "publish", str(folder))
    assert told.returncode == 0, told.stdout + told.stderr
