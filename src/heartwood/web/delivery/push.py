"""One push message over https, with an exact answer to the same question as for a mail: may it have gone out?

It has surely not gone out while its last byte was not sent, or when the push
service answers that it takes nothing now (429, 503). It has gone out on 2xx.
Where a message goes was told by a browser, that is by anybody: so the address is
looked at just before, it must lie in the public network, the connection goes to
the very address that was looked at, and nobody is followed to another.
"""

from __future__ import annotations

import http.client
import ipaddress
import os
import re
import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import SplitResult, urlsplit

from cryptography.hazmat.primitives.asymmetric import ec

from heartwood.errors import HeartwoodError
from heartwood.web.delivery import webpush
from heartwood.web.delivery.smtp import Outcome, Verdict
from heartwood.web.delivery.webpush import Browser

SECONDS = 20
"""For the whole exchange, however slowly the other side speaks."""
LONGEST_ADDRESS = 1000
TIME_TO_LIVE = 2 * 60 * 60
_NAME = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?", re.IGNORECASE)
_FOR_IPV4 = ipaddress.ip_network("64:ff9b::/96")
_NOW_NOT = {429: "It asks to wait.", 503: "It takes nothing now."}
GONE = (404, 410)


class Elsewhere(HeartwoodError):
    """An address that no push message goes to."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who we are for push services.

    key             gives our private key, as PEM
    contact         how a push service reaches whoever runs this server
    anywhere, trust set by tests alone: private addresses too, and another authority for certificates
    """

    key: Callable[[], str] = field(repr=False)
    contact: str
    anywhere: bool = False
    trust: ssl.SSLContext | None = None


def checked(endpoint: str, *, anywhere: bool = False) -> SplitResult:
    """The parts of an address as it may be used. Raises Elsewhere, saying why not. Asks no network."""
    try:
        parts = urlsplit(endpoint)
        port = parts.port
    except ValueError:
        raise Elsewhere("This is no address of a push service.") from None
    if parts.scheme != "https" or not endpoint.isascii() or len(endpoint) > LONGEST_ADDRESS or parts.username:
        raise Elsewhere("A push service has an https address.")
    if not parts.hostname or not _NAME.fullmatch(parts.hostname):
        raise Elsewhere("This is no address of a push service.")
    if not anywhere and (port not in (None, 443) or _is_private_name(parts.hostname)):
        raise Elsewhere("This address lies in a private network. Nothing is sent there.")
    return parts


def send(message: bytes, browser: Browser, sender: Sender, *, at: datetime) -> Outcome:
    """Hand one message over to the browser's push service."""
    try:
        parts = checked(browser.endpoint, anywhere=sender.anywhere)
        address = _look_up(parts, anywhere=sender.anywhere)
        headers = _headers(browser, sender, at=at)
        body = webpush.seal(
            message, browser, key=ec.generate_private_key(webpush.CURVE), salt=os.urandom(webpush.SALT_BYTES)
        )
    except (Elsewhere, webpush.NoBrowser) as refusal:
        return Outcome(Verdict.REFUSED, str(refusal))
    except OSError as error:
        return Outcome(Verdict.LATER, error.strerror or "The push service could not be found.")
    return _exchange(parts, address, headers, body, sender)


def is_public(address: str) -> bool:
    """Whether an address lies in the public network, also by every way of writing an older one in a newer."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo and ip.teredo[1])
        if ip in _FOR_IPV4:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast


def _is_private_name(name: str) -> bool:
    try:
        return not is_public(name)
    except ValueError:
        return "." not in name or name.lower().endswith((".localhost", ".local", ".internal", ".home.arpa"))


def _look_up(parts: SplitResult, *, anywhere: bool) -> tuple[str, int]:
    """The one address to speak to. One private address among several is enough to refuse them all."""
    found = socket.getaddrinfo(parts.hostname, parts.port or 443, type=socket.SOCK_STREAM)
    numeric = [(str(where[0]), int(where[1])) for *_, where in found]
    if not anywhere and not all(is_public(host) for host, _ in numeric):
        raise Elsewhere("This address lies in a private network. Nothing is sent there.")
    return numeric[0]


def _headers(browser: Browser, sender: Sender, *, at: datetime) -> dict[str, str]:
    return {
        "Authorization": webpush.proof(browser.endpoint, pem=sender.key(), contact=sender.contact, at=at),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(TIME_TO_LIVE),
        "Urgency": "normal",
    }


class _Line(http.client.HTTPSConnection):
    """A connection to the address that was looked at, to no other, whatever the name says a moment later."""

    def __init__(self, parts: SplitResult, address: tuple[str, int], trust: ssl.SSLContext) -> None:
        super().__init__(parts.hostname or "", parts.port or 443, timeout=SECONDS, context=trust)
        self._address, self._trust = address, trust

    def connect(self) -> None:
        raw = socket.create_connection(self._address, timeout=SECONDS)
        safe = self._trust.wrap_socket(raw, server_hostname=self.host, do_handshake_on_connect=False)
        self.sock = safe
        safe.do_handshake()

    def cut(self) -> None:
        """End whatever is being waited for."""
        if self.sock:
            with suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)


def _exchange(
    parts: SplitResult, address: tuple[str, int], headers: dict[str, str], body: bytes, sender: Sender
) -> Outcome:
    line = _Line(parts, address, sender.trust or ssl.create_default_context())
    limit = threading.Timer(SECONDS, line.cut)
    limit.daemon = True
    limit.start()
    try:
        return _offer(line, parts, {**headers, "Content-Length": str(len(body))}, body)
    finally:
        limit.cancel()
        line.close()


def _offer(line: _Line, parts: SplitResult, headers: dict[str, str], body: bytes) -> Outcome:
    """All but the last byte, and then the last: until that is sent, no push service can open anything."""
    try:
        line.putrequest("POST", parts._replace(scheme="", netloc="", fragment="").geturl() or "/")
        for name, value in headers.items():
            line.putheader(name, value)
        line.endheaders()
        line.send(body[:-1])
    except (OSError, http.client.HTTPException) as error:
        return Outcome(Verdict.LATER, _words(error))
    try:
        line.send(body[-1:])
        status = line.getresponse().status
    except (OSError, http.client.HTTPException) as error:
        return Outcome(Verdict.UNKNOWN, _words(error))
    return _told(status)


def _told(status: int) -> Outcome:
    if 200 <= status < 300:
        return Outcome(Verdict.SENT, str(status))
    if status in GONE:
        return Outcome(Verdict.GONE, f"{status} The browser is not there any more.")
    if status in _NOW_NOT:
        return Outcome(Verdict.LATER, f"{status} {_NOW_NOT[status]}")
    if 300 <= status < 400:
        return Outcome(Verdict.REFUSED, f"{status} It leads elsewhere, and nobody is followed there.")
    if status >= 500:
        return Outcome(Verdict.UNKNOWN, f"{status} The push service broke.")
    return Outcome(Verdict.REFUSED, f"{status} The push service refuses it.")


def _words(error: BaseException) -> str:
    """What went wrong in the system's own words, without the address."""
    if isinstance(error, TimeoutError):
        return "The push service did not answer in time."
    if isinstance(error, ssl.SSLError):
        return f"The connection is not safe: {error.reason or 'no certificate that holds'}."
    return (isinstance(error, OSError) and error.strerror) or "The connection broke."
