"""`heartwood course preview FOLDER`: read and hear a course while it is being written, from files only."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
from pathlib import Path

from heartwood.errors import ContentError, SetupError

HERE = "127.0.0.1"


def main(words: list[str]) -> int:
    """Serve the folder to this computer until Ctrl-C. Nothing is kept of it."""
    parser = argparse.ArgumentParser(prog="heartwood course preview")
    parser.add_argument("folder", type=Path, help="the course's folder")
    parser.add_argument("--port", type=int, default=8010, help="port on this computer (default: 8010)")
    asked = parser.parse_args(words)
    if not asked.folder.is_dir():
        raise ContentError("There is no such folder. Name the folder of a course.", path=asked.folder)
    with tempfile.TemporaryDirectory(prefix="heartwood-preview-") as data:
        os.environ["HEARTWOOD_DATA"] = data
        os.environ["HEARTWOOD_PREVIEW"] = str(asked.folder.absolute())
        os.environ["DJANGO_SETTINGS_MODULE"] = "heartwood.web.preview.settings"
        _serve(asked.port)
    return 0


def _serve(port: int) -> None:
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
    from django.core.wsgi import get_wsgi_application

    try:
        server = ThreadedWSGIServer((HERE, port), WSGIRequestHandler)
    except OSError as error:
        raise SetupError(
            f"Port {port} cannot be used ({error.strerror}). Name another with --port."
        ) from error
    for asked_to_stop in (signal.SIGINT, signal.SIGTERM):  # a shell's background job ignores the first
        signal.signal(asked_to_stop, signal.default_int_handler)
    server.daemon_threads = True
    server.set_app(get_wsgi_application())
    print(f"The course is at http://{HERE}:{port}/   (Ctrl-C stops it)", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        print(file=sys.stderr)
    finally:
        server.server_close()
