"""What the Nu checker says of every page's HTML: errors, and warnings."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench import tools
from bench.house import House
from tests.journeys.every_page import AMARA, STRANGER

SHOWN = 20


def figures(measured: House) -> Iterator[str]:
    checker = tools.nu_checker()
    if checker is None:
        yield f"markup               not measured: no Nu checker or no Java here ({tools.HOW})"
        return
    with tempfile.TemporaryDirectory() as folder:
        files = list(_saved(measured, Path(folder)))
        said = _said(checker, files)
    counts = Counter(_kind(one) for one in said)
    yield f"markup               {counts['error']} errors, {counts['warning']} warnings on {len(files)} pages"
    for one in said[:SHOWN]:
        where = Path(one["url"]).stem
        yield f"  {_kind(one):<8} {where:<14} {one['message']}  {one.get('extract', '')[:80]!r}"


def _saved(measured: House, folder: Path) -> Iterator[Path]:
    for name, path in {**STRANGER, **AMARA}.items():
        page = measured.person.get(path)
        if page.headers.get_content_type() == "text/html":
            file = folder / f"{name}.html"
            file.write_bytes(page.body)
            yield file


def _said(checker: Path, files: Sequence[Path]) -> list[dict[str, str]]:
    done = subprocess.run(
        ["java", "-jar", checker, "--format", "json", "--exit-zero-always", *files],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    messages: list[dict[str, str]] = json.loads(done.stderr)["messages"]
    return [one for one in messages if _kind(one) in {"error", "warning"}]


def _kind(message: dict[str, str]) -> str:
    return "error" if message["type"] == "error" else message.get("subType", "")
