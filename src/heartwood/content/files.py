"""The files of a course, read once, as text by path; and the hash that names exactly this text."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from heartwood.content.findings import Findings

LARGEST_FILE_BYTES = 1_000_000
MOST_FILES = 5_000
SUFFIXES = {".toml", ".md"}


def read_files(folder: Path, findings: Findings) -> dict[str, str]:
    """Every TOML and Markdown file under `folder`, by its path inside it, in canonical text.

    Files that lie outside the folder behind a link, are too large, or are not UTF-8 are
    findings and left out. Hidden files and folders are not looked at.
    """
    files: dict[str, str] = {}
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.suffix not in SUFFIXES or any(name.startswith(".") for name in inside.parts):
            continue
        if len(files) >= MOST_FILES:
            findings.add(inside.as_posix(), None, f"A course may have {MOST_FILES} files. Remove some.")
            break
        text = _read(path, inside.as_posix(), folder.resolve(), findings)
        if text is not None:
            files[unicodedata.normalize("NFC", inside.as_posix())] = text
    return files


def _read(path: Path, shown: str, root: Path, findings: Findings) -> str | None:
    if not path.resolve().is_relative_to(root):
        findings.add(shown, None, "This link leads out of the course folder. Put the file itself here.")
    elif path.is_dir():
        findings.add(shown, None, "This is a folder with the name of a file. Rename it.")
    elif not path.is_file():
        findings.add(shown, None, "This link leads nowhere. Put the file itself here, or remove the link.")
    else:
        try:
            with path.open("rb") as opened:
                return decode(opened.read(LARGEST_FILE_BYTES + 1), shown, findings)
        except OSError as error:
            findings.add(shown, None, f"This file cannot be read ({error.strerror}). Allow reading it.")
    return None


def decode(raw: bytes, shown: str, findings: Findings) -> str | None:
    """Canonical text of a file's bytes, or None and a finding."""
    if len(raw) > LARGEST_FILE_BYTES:
        findings.add(shown, None, "This file is larger than 1 MB. Divide it, or remove what does not belong.")
        return None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        findings.add(shown, line, "This file is not UTF-8. Save it as UTF-8 (without changing its words).")
        return None
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        findings.add(shown, line, "There is a NUL character here. Remove it.")
        return None
    return canonical(text)


def canonical(text: str) -> str:
    """One spelling of the same text: composed characters (NFC), line feeds as line ends."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def course_hash(files: Mapping[str, str]) -> str:
    """SHA-256 in hex over the paths in order, each with its text; the same on every machine."""
    digest = hashlib.sha256()
    for path, text in sorted((canonical(path), canonical(text)) for path, text in files.items()):
        digest.update(f"{path}\0{text}\0".encode())
    return digest.hexdigest()
