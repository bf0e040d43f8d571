"""`heartwood serve`: the server with its worker, until Ctrl-C."""

from __future__ import annotations

import errno
import os
import socket
import ssl
import subprocess
import sys
import threading
import time
from urllib.error import URLError
from urllib.request import urlopen

from heartwood.cli import flags, resting
from heartwood.errors import SetupError
from heartwood.web.project.folder import DataFolder
from heartwood.web.project.options import Options

SECONDS_TO_FINISH = 4


def main(words: list[str]) -> int:
    return run(
        flags.take(flags.parser("serve").parse_args(words)).options, prepared_by="heartwood.web.project.start"
    )


def run(options: Options, *, prepared_by: str) -> int:
    """Hold the data folder, let the module `prepared_by` make it ready, and serve until stopped."""
    folder = DataFolder.at(options.data)
    lock = folder.hold(purpose="serve", url=options.public_url)
    check_certificate(options)
    _check_port(options)
    with resting.answering(options):
        prepared = subprocess.run([sys.executable, "-m", prepared_by], check=False)
    if prepared.returncode:
        return prepared.returncode
    threading.Thread(target=_announce, args=[options], daemon=True).start()
    _serve(options)
    lock.close()
    return 0


def check_certificate(options: Options) -> None:
    """Raise SetupError for a certificate that no server could use, before anything is made ready."""
    if not options.certificate or not options.certificate_key:
        return
    try:
        own = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        own.load_cert_chain(options.certificate, options.certificate_key, password="")
    except OSError as error:
        raise SetupError(
            f"The certificate {options.certificate} cannot be used with the key {options.certificate_key} "
            f"({error.strerror or error}). Both are PEM files that belong together, without a password, "
            "and readable for the user that Heartwood runs as."
        ) from error


def _check_port(options: Options) -> None:
    if _is_free(options.host, options.port):
        return
    free = next_free(options.host, options.port + 1)
    raise SetupError(
        f"Port {options.port} is taken by another program. "
        + (f"The next free one is {free}: ./run --port {free}" if free else "No higher port is free either.")
    )


def next_free(host: str, port: int) -> int | None:
    """The first port from `port` on that nobody listens on."""
    return next((p for p in range(port, 65_536) if _is_free(host, p)), None)


def _is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno in {errno.EADDRINUSE, errno.EACCES}:
                return False
            raise SetupError(
                f"{host} is no address of this machine. Leave --host out, or name one."
            ) from error
    return True


def _announce(options: Options) -> None:
    """Say the address once the server answers, so that the link works the moment it is read."""
    host = "127.0.0.1" if options.host in {"0.0.0.0", "::"} else options.host
    scheme = "https" if options.certificate else "http"
    address = f"{scheme}://{f'[{host}]' if ':' in host else host}:{options.port}/healthz"
    own = ssl._create_unverified_context()  # asks only whether it answers; the name is another than the host
    for _ in range(300):
        try:
            with urlopen(address, timeout=2, context=own):
                print(f"Heartwood is at {options.public_url}   (Ctrl-C stops it)", flush=True)
                return
        except (URLError, OSError):
            time.sleep(0.1)


def _serve(options: Options) -> None:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    os.environ["HEARTWOOD_WORKER"] = "1"
    server = Granian(
        "heartwood.web.project.wsgi:application",
        address=options.host,
        port=options.port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=4,
        websockets=False,
        log_level=LogLevels.warning,
        workers_kill_timeout=SECONDS_TO_FINISH,
        respawn_failed_workers=True,
        ssl_cert=options.certificate,
        ssl_key=options.certificate_key,
    )
    server.serve()
