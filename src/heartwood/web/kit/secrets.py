"""The keys of one server: kept in a folder of their own, readable by its owner alone.

The session key is made whenever it is missing, since losing it costs everybody
one sign-in. The master key opens what people wrote; it is made once, by
`make_master` at the very first start, and never because one was not found. By
the push key the push services of browsers know this server; losing it costs
everybody who is reminded on a device one more press there.
"""

from __future__ import annotations

import hmac
import os
import secrets
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from heartwood.errors import SetupError


@dataclass(frozen=True, slots=True)
class Secrets:
    """The keys in `folder`. `session_key` signs cookies; `master` wraps each person's own key."""

    folder: Path
    session_key: str

    @classmethod
    def in_folder(cls, folder: Path) -> Secrets:
        """Read the keys; make the folder and the session key when they are missing."""
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            folder.chmod(0o700)
            _write_new(folder / "session.key", secrets.token_urlsafe(48))
            return cls(folder, _read(folder / "session.key"))
        except OSError as error:
            raise SetupError(
                f"The folder of keys {folder} cannot be used ({error.strerror}). Make it yours, mode 0700."
            ) from error

    @property
    def master_path(self) -> Path:
        """One key a line, the newest first: the first seals, all of them open."""
        return self.folder / "master.key"

    @property
    def ledger_path(self) -> Path:
        """Where erased people are written down, apart from the database."""
        return self.folder / "erased.jsonl"

    @property
    def leaving_path(self) -> Path:
        """Where it is written down who asked to be erased on a date, and who took it back."""
        return self.folder / "leaving.jsonl"

    def has_master(self) -> bool:
        return self.master_path.exists()

    def make_master(self) -> None:
        """Make the master key unless there is one. Only for a database that holds nothing sealed."""
        _write_new(self.master_path, Fernet.generate_key().decode())

    def master(self) -> MultiFernet:
        """The master key. Raises SetupError when it is missing or is no key."""
        if not self.has_master():
            raise SetupError(
                f"The master key {self.master_path} is missing, and what people wrote cannot be read "
                "without it. Restore the folder of keys from its backup."
            )
        try:
            return MultiFernet([Fernet(line) for line in _read(self.master_path).split()])
        except ValueError as error:
            raise SetupError(
                f"{self.master_path} does not hold a master key. Restore the folder of keys from its backup."
            ) from error

    def push_key(self) -> str:
        """The key by which push services know this server, as PEM; made once, when it is first needed."""
        path = self.folder / "push.key"
        if not path.exists():
            key = ec.generate_private_key(ec.SECP256R1())
            _write_new(path, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode())
        return _read(path)

    def fingerprint(self, *parts: str) -> str:
        """A keyed hash, so that a stored value can be compared and never read back."""
        message = "\0".join(parts).encode()
        return hmac.new(self.session_key.encode(), message, sha256).hexdigest()


def _read(path: Path) -> str:
    path.chmod(0o600)
    return path.read_text(encoding="ascii").strip()


def _write_new(path: Path, text: str) -> None:
    """Write a file whole or not at all, and never over one that is there."""
    if path.exists():
        return
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(handle, text.encode("ascii"))
        os.fsync(handle)
    finally:
        os.close(handle)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    _flush(path.parent)


def _flush(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
