"""A push service of the tests' own, over https: it takes, refuses, leads elsewhere, hangs up or is silent.

It holds the private keys of its browsers and opens what it was given by code of its own, after RFC 8291 and
RFC 8188, and it checks who sent it after RFC 8292. Nothing of Heartwood's code is used.
"""

from __future__ import annotations

import json
import os
import ssl
import threading
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from hashlib import sha256
from hmac import new as hmac
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from cryptography.x509.oid import NameOID


class Answer(Enum):
    """What is done with one message."""

    TAKES = 201
    IS_GONE = 410
    KNOWS_NO_SUCH = 404
    LEADS_ELSEWHERE = 307
    REFUSES = 403
    ASKS_TO_WAIT = 429
    IS_AWAY = 503
    BREAKS = 500
    TAKES_AND_HANGS_UP = 0
    HANGS_UP_AT_ONCE = -1
    TAKES_AND_SAYS_NOTHING = -2


class Phone:
    """One browser with its keys, and where it is reached."""

    def __init__(self, number: int, *, port: int, host: str = "localhost") -> None:
        self._key, self._auth = ec.generate_private_key(ec.SECP256R1()), os.urandom(16)
        self.path = f"/push/{number}"
        self.endpoint = f"https://{host}:{port}{self.path}"

    @property
    def p256dh(self) -> str:
        return _text(self._point())

    @property
    def auth(self) -> str:
        return _text(self._auth)

    def _point(self) -> bytes:
        return self._key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    def opened(self, body: bytes) -> dict[str, Any]:
        """RFC 8188, one record of which the last byte before the filling is 2; keys as RFC 8291 says."""
        salt, size, theirs, record = body[:16], body[20], body[21:86], body[86:]
        assert (size, int.from_bytes(body[16:20], "big")) == (65, 4096)
        shared = self._key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, theirs))
        start = _expand(_mac(self._auth, shared), b"WebPush: info\0" + self._point() + theirs, 32)
        root = _mac(salt, start)
        key, nonce = (
            _expand(root, b"Content-Encoding: " + name + b"\0", n)
            for name, n in ((b"aes128gcm", 16), (b"nonce", 12))
        )
        plain = AESGCM(key).decrypt(nonce, record, None).rstrip(b"\0")
        assert plain[-1:] == b"\2"
        return dict(json.loads(plain[:-1]))


_CURVE = ec.SECP256R1()


@dataclass(frozen=True)
class Given:
    """One message that this service is now responsible for."""

    path: str
    headers: dict[str, str]
    body: bytes


class PushService:
    """Listens on a free port, with a certificate that `trust` alone believes. `answers` is asked each time.

    log  a file to which the path of each message is written before it is acknowledged, or None
    """

    def __init__(
        self, answers: Callable[[], Answer], *, log: Path | None = None, folder: Path, port: int = 0
    ) -> None:
        self.answers, self._log, self.given = answers, log, list[Given]()
        self._writing, self.closing = threading.Lock(), threading.Event()
        chain = folder / "push-service.pem"
        if not chain.exists():
            chain.write_bytes(_certificate())
        self.chain, self.trust = chain, ssl.create_default_context(cafile=str(chain))
        self._server = _Server(("127.0.0.1", port), _Handler)
        self._server.service = self
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(chain)
        self._server.context = self._context

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    def phone(self, number: int = 1, *, host: str = "localhost") -> Phone:
        return Phone(number, port=self.port, host=host)

    def take(self, given: Given) -> None:
        with self._writing:
            self.given.append(given)
            if self._log:
                with self._log.open("a") as log:
                    log.write(f"{given.path}\n")

    def open(self) -> None:
        threading.Thread(target=self._server.serve_forever, args=[0.05], daemon=True).start()

    def close(self) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64
    service: PushService
    context: ssl.SSLContext

    def finish_request(self, request: Any, client_address: Any) -> None:
        """The handshake is done by the thread of the connection, so that nobody waits for a slow one."""
        try:
            with self.context.wrap_socket(request, server_side=True) as safe:
                super().finish_request(safe, client_address)
        except OSError:
            pass

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        service = self.server.service
        answer = service.answers()
        self.close_connection = True
        if answer is Answer.HANGS_UP_AT_ONCE:
            return
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if answer in (Answer.TAKES, Answer.TAKES_AND_HANGS_UP, Answer.TAKES_AND_SAYS_NOTHING):
            service.take(Given(self.path, dict(self.headers), body))
        if answer is Answer.TAKES_AND_SAYS_NOTHING:
            service.closing.wait(30)
        if answer.value > 0:
            self.send_response(answer.value)
            if answer is Answer.LEADS_ELSEWHERE:
                self.send_header("Location", f"https://localhost:{service.port}/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

    def log_message(self, *_: Any) -> None:
        pass


def sender_of(authorization: str) -> dict[str, Any]:
    """The claims of a signed note, once its signature holds (RFC 8292)."""
    scheme, _, parts = authorization.partition(" ")
    told = dict(part.strip().split("=", 1) for part in parts.split(","))
    assert scheme == "vapid"
    header, claims, signature = told["t"].split(".")
    raw = _bytes(signature)
    ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, _bytes(told["k"])).verify(
        utils.encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")),
        f"{header}.{claims}".encode(),
        ec.ECDSA(SHA256()),
    )
    assert json.loads(_bytes(header))["alg"] == "ES256"
    return {**json.loads(_bytes(claims)), "key": told["k"]}


@contextmanager
def push_service(
    folder: Path, answers: Callable[[], Answer] = lambda: Answer.TAKES, **more: Any
) -> Iterator[PushService]:
    service = PushService(answers, folder=folder, **more)
    service.open()
    try:
        yield service
    finally:
        service.close()


def _certificate() -> bytes:
    key = ec.generate_private_key(_CURVE)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, SHA256())
    )
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return private + made.public_bytes(Encoding.PEM)


def _mac(key: bytes, message: bytes) -> bytes:
    return hmac(key, message, sha256).digest()


def _expand(root: bytes, told: bytes, length: int) -> bytes:
    return _mac(root, told + b"\1")[:length]


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
