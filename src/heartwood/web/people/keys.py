"""Each person's own key: what they write is sealed under it, and gone when it is destroyed."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.db import transaction

from heartwood.errors import SetupError
from heartwood.web.kit.secrets import Secrets
from heartwood.web.people.models import KeyCheck, PersonKey, User

_CHECK = b"this master key belongs to this database"


def check_master_key() -> None:
    """Make sure that the master key opens this database's sealed things.

    At the very first start, with nothing sealed yet, the key and its check value
    are made. Raises SetupError, and makes nothing, when the key is missing or
    another one while something is sealed.
    """
    check = KeyCheck.objects.first()
    if check:
        _open_check(bytes(check.sealed))
    elif key := PersonKey.objects.first():
        _open(bytes(key.wrapped))
        _write_check()
    else:
        _secrets().make_master()
        _write_check()


def master_key_fits() -> bool:
    """Whether this process can open what the database holds sealed."""
    check = KeyCheck.objects.first()
    try:
        return check is not None and _open(bytes(check.sealed)) == _CHECK
    except SetupError:
        return False


def give_key(person: User, *, at: datetime) -> PersonKey:
    """Make the key under which this person's words will be sealed."""
    wrapped = _secrets().master().encrypt(Fernet.generate_key())
    return PersonKey.objects.create(person=person, wrapped=wrapped, made_at=at)


def seal(person: User, words: str | bytes) -> bytes:
    """Encrypt words under their writer's own key."""
    return _key(person).encrypt(words.encode() if isinstance(words, str) else words)


def unseal(person: User, sealed: bytes | memoryview) -> str:
    """The words that `seal` took. Raises SetupError when they were sealed under another key."""
    return opener(person)(sealed)


def opener(person: User) -> Callable[[bytes | memoryview], str]:
    """What `unseal` does, for many things of one person: their key is opened once."""
    key = _key(person)

    def opened(sealed: bytes | memoryview) -> str:
        try:
            return key.decrypt(bytes(sealed)).decode()
        except InvalidToken as error:
            raise SetupError(
                "A line could not be opened with its writer's key. Restore the database whole."
            ) from error

    return opened


def unseal_bytes(person: User, sealed: bytes | memoryview) -> bytes:
    """As `unseal`, for what was never words, such as a recording."""
    try:
        return _key(person).decrypt(bytes(sealed))
    except InvalidToken as error:
        raise SetupError(
            "A recording could not be opened with its speaker's key. Restore the database whole."
        ) from error


def fingerprint(person: User, *parts: object) -> str:
    """What tells the same content again. Without the writer's key nobody can try out what it might be."""
    plain = sha256("\0".join(str(part) for part in (person.id, *parts)).encode()).hexdigest()
    return fingerprint_of(_open(bytes(person.key.wrapped)), plain)


def fingerprint_of(key: bytes, plain: str) -> str:
    return hmac.new(key, plain.encode(), sha256).hexdigest()


def _secrets() -> Secrets:
    secrets: Secrets = settings.SECRETS
    return secrets


def _key(person: User) -> Fernet:
    return Fernet(_open(bytes(person.key.wrapped)))


def _open(sealed: bytes) -> bytes:
    try:
        return _secrets().master().decrypt(sealed)
    except InvalidToken as error:
        raise SetupError(
            f"The master key in {_secrets().master_path} is not the one this database was sealed with. "
            "Restore the folder of keys that belongs to this database."
        ) from error


def _open_check(sealed: bytes) -> None:
    if _open(sealed) != _CHECK:
        raise SetupError(
            "The check value of the master key is damaged. Restore the database from its backup."
        )


def _write_check() -> None:
    with transaction.atomic():
        KeyCheck.objects.get_or_create(id=1, defaults={"sealed": _secrets().master().encrypt(_CHECK)})
