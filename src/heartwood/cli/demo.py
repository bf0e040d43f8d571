"""`heartwood demo`: a house to look at, in a folder of its own that is thrown away at the end."""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
import time
from pathlib import Path

from heartwood.cli import serve
from heartwood.errors import SetupError
from heartwood.web.project.options import PREFIX
from heartwood.web.project.sources import read

FIRST_PORT = 8100
SECONDS_TO_THROW_AWAY = 5


def main(words: list[str]) -> int:
    """Nothing of a real house is read: no setting of it, no database, no folder."""
    parser = argparse.ArgumentParser(prog="heartwood demo", description=__doc__)
    parser.add_argument("--port", type=int, help=f"port (default: the first free one from {FIRST_PORT})")
    asked = parser.parse_args(words)
    for name in [name for name in os.environ if name.startswith(PREFIX) or name == "DATABASE_URL"]:
        del os.environ[name]
    port = asked.port or serve.next_free("127.0.0.1", FIRST_PORT) or FIRST_PORT
    folder = tempfile.mkdtemp(prefix="heartwood-demo-")
    try:
        os.environ.update({f"{PREFIX}DATA": folder, f"{PREFIX}PORT": str(port)})
        print("A house to look at. Each link signs one person in, once. Everything goes when it stops.")
        return serve.run(read().options, prepared_by="heartwood.web.project.demo")
    finally:
        _throw_away(Path(folder))


def _throw_away(folder: Path) -> None:
    """Delete the folder. A maker of sound that outlived its server writes a moment longer; so ask again."""
    for _ in range(SECONDS_TO_THROW_AWAY * 10):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(0.1)
    raise SetupError(f"{folder} could not be deleted. Delete it by hand; nothing in it is anybody's.")
