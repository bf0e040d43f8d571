"""What a push service is given: a message that it cannot read, and a proof of who sends it.

The message is sealed for the one browser (RFC 8291, in the coding of RFC 8188), and always of one length, so
that this tells nothing. The proof is a signed note for this push service, good for some hours (RFC 8292).
"""

from __future__ import annotations

import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key
from py_vapid import Vapid02

from heartwood.errors import HeartwoodError

CURVE = ec.SECP256R1()
RECORD = 4096
LENGTH = 1024
"""Every message is filled up to so many bytes before it is sealed."""
SALT_BYTES, POINT_BYTES, AUTH_BYTES = 16, 65, 16
NOTE_LASTS = timedelta(hours=12)


class NoBrowser(HeartwoodError):
    """What was given is no browser that messages could be sealed for."""


@dataclass(frozen=True, slots=True)
class Browser:
    """What a browser gave away so that it can be reached: where, its public key, and a secret it shares."""

    endpoint: str
    p256dh: str
    auth: str

    def point(self) -> bytes:
        """The public key's 65 bytes. Raises NoBrowser when they are no point of the curve."""
        point = from_base64(self.p256dh)
        try:
            ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point)
        except ValueError:
            raise NoBrowser("What the browser sent holds no key that can be used.") from None
        return point

    def secret(self) -> bytes:
        """The 16 bytes that only the browser and we know. Raises NoBrowser."""
        secret = from_base64(self.auth)
        if len(secret) != AUTH_BYTES:
            raise NoBrowser("What the browser sent holds no secret of the right length.")
        return secret


def seal(
    message: bytes, browser: Browser, *, key: ec.EllipticCurvePrivateKey, salt: bytes, length: int = LENGTH
) -> bytes:
    """The message as only this browser can read it.

    key, salt  made for this one message
    length     to which it is filled up; a message that is longer stays as long as it is
    """
    theirs, ours = browser.point(), public_point(key)
    shared = key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, theirs))
    start = _derive(shared, salt=browser.secret(), told=b"WebPush: info\0" + theirs + ours, length=32)
    content_key = _derive(start, salt=salt, told=b"Content-Encoding: aes128gcm\0", length=16)
    nonce = _derive(start, salt=salt, told=b"Content-Encoding: nonce\0", length=12)
    filled = (message + b"\2").ljust(length, b"\0")
    header = salt + struct.pack(">IB", RECORD, len(ours)) + ours
    return header + AESGCM(content_key).encrypt(nonce, filled, None)


def proof(endpoint: str, *, pem: str, contact: str, at: datetime) -> str:
    """The Authorization header for one push service. contact: a mailto: or https: address of ours."""
    claims = {"aud": origin_of(endpoint), "sub": contact, "exp": int((at + NOTE_LASTS).timestamp())}
    note: str = Vapid02.from_pem(pem.encode()).sign(claims)["Authorization"]
    return note


def origin_of(endpoint: str) -> str:
    parts = urlsplit(endpoint)
    return f"{parts.scheme}://{parts.netloc}"


def public_half(pem: str) -> str:
    """What a browser must know of that key."""
    key = load_pem_private_key(pem.encode(), password=None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return to_base64(public_point(key))


def public_point(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def to_base64(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def from_base64(text: str) -> bytes:
    """Raises NoBrowser for what is none."""
    try:
        return urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (Error, ValueError):
        raise NoBrowser("What the browser sent cannot be read.") from None


def _derive(secret: bytes, *, salt: bytes, told: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt, told).derive(secret)
