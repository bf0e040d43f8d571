"""What EPUBCheck says of a journal taken along as a book: pages of every kind, and signs that XML forbids."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bench import tools
from bench.house import House
from tests.visitor import Visitor

WRITTEN = (
    "The kettle was loud.\n\nI stayed, and then I left.",
    "one line\r\nanother <b> & ]]> <!-- -- >",
    "\x0b\ufffe\x07 signs that XML has no place for \U0001ffff",
    "سكنت\n\n\n\nقليلا \u202e \u2066",
    "long " * 4000,
    " ?",
)
TAGS = "night shift, a & b, <i>"


def figures(measured: House) -> Iterator[str]:
    checker = tools.book_checker()
    if checker is None:
        yield f"book                 not measured: no EPUBCheck or no Java here ({tools.HOW_BOOKS})"
        return
    for body in WRITTEN:
        _write(measured.person, body)
    book = measured.person.get("/journal/as/epub/").body
    said = _said(checker, book)
    counts = Counter(one["severity"].lower() for one in said)
    yield (
        f"book                 {counts['fatal'] + counts['error']} errors, {counts['warning']} warnings "
        f"in a journal of {len(WRITTEN)} pages, {len(book)} bytes"
    )
    for one in said:
        yield f"  {one['severity']:<8} {one['ID']:<10} {one['message']}"


def _write(person: Visitor, body: str) -> None:
    page = person.get("/journal/new/")
    kept = person.submit(page, body=body, tags=TAGS)
    assert kept.status == 200, f"not kept: {kept.status} {kept.url}"


def _said(checker: Path, book: bytes) -> list[dict[str, str]]:
    with tempfile.TemporaryDirectory() as folder:
        file, told = Path(folder) / "journal.epub", Path(folder) / "said.json"
        file.write_bytes(book)
        subprocess.run(["java", "-jar", checker, file, "--json", told], capture_output=True, check=False)
        messages: list[dict[str, str]] = json.loads(told.read_text())["messages"]
    return messages
