"""Programs that only the measuring of pages needs: where they are, and how they come here."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

HOW = "npm install -E vnu-jar lighthouse@12.2.3 in a folder, named by HEARTWOOD_TOOLS"
HOW_BOOKS = "Debian: apt install epubcheck"


def nu_checker() -> Path | None:
    """The Nu checker, when it and a Java are here."""
    return _found("vnu-jar/build/dist/vnu.jar") if shutil.which("java") else None


def lighthouse() -> Path | None:
    """Lighthouse's own command, when it, node and Chromium are here."""
    here = shutil.which("node") and shutil.which("chromium")
    return _found("lighthouse/cli/index.js") if here else None


def book_checker() -> Path | None:
    """EPUBCheck, when it and a Java are here. Debian's program is the archive that Java starts."""
    place = shutil.which("epubcheck")
    return Path(place) if place and shutil.which("java") else None


def _found(inside: str) -> Path | None:
    place = Path(os.environ.get("HEARTWOOD_TOOLS", "")) / "node_modules" / inside
    return place if place.is_file() else None
