"""While a server is made ready, whoever comes is told so, in a page of the house and in the house's words.

A migration can take minutes. This small server answers until the real one takes
the port over: 503 to everything but the few files its page needs, and it reads
nothing of what it is sent.
"""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import AF_INET, AF_INET6

import heartwood
from heartwood.web.project.options import Options

SECONDS_TO_WAIT = 10
FILES = {
    "/static/kit/app.css": "text/css",
    "/static/kit/components.css": "text/css",
    "/static/kit/icon.svg": "image/svg+xml",
}
POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; frame-ancestors 'none'; base-uri 'none'"
PROBLEM = {
    "type": "about:blank",
    "status": 503,
    "title": "Back in a moment",
    "detail": "This Heartwood is being made ready. Keep what you have, and send it again later.",
}


@contextmanager
def answering(options: Options) -> Iterator[None]:
    """Answer at the server's own address for as long as the block lasts. Where that cannot be, be silent."""
    try:
        server = _listening(options)
    except OSError:
        yield
        return
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


class _Rest(BaseHTTPRequestHandler):
    timeout = 5

    def answer(self) -> None:
        kind = FILES.get(self.path)
        if kind:
            self._send(200, kind, _file(self.path))
        elif self.path.startswith("/api/"):
            self._send(503, "application/problem+json", json.dumps(PROBLEM).encode())
        else:
            self._send(503, "text/html; charset=utf-8", _file("/static/kit/resting.html"))

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = answer

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is written down of who came."""

    def _send(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Retry-After", str(SECONDS_TO_WAIT))
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


def _listening(options: Options) -> ThreadingHTTPServer:
    class Server(ThreadingHTTPServer):
        address_family = AF_INET6 if ":" in options.host else AF_INET
        daemon_threads = True
        block_on_close = False

        def handle_error(self, request: object, client_address: object) -> None:
            """Somebody hung up; nothing to do."""

    server = Server((options.host, options.port), _Rest)
    if options.certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(options.certificate, options.certificate_key)
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    return server


@cache
def _file(path: str) -> bytes:
    """A file of the frame, as it lies in the package."""
    return (Path(heartwood.__file__).parent / "web" / "kit" / path[1:]).read_bytes()
