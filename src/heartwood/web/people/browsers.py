"""The browsers in which somebody is signed in: what kind and since when, and how to end one.

What is known stands in the session itself, written once at signing in. No
network address is kept. A browser is named outside by a fingerprint of its
session, never by the session's own key, which would open it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.contrib.auth import HASH_SESSION_KEY
from django.db import transaction
from django.utils.translation import gettext as _

from heartwood.web.kit import audit
from heartwood.web.people.models import Session, User

KIND, BEGAN = "browser_kind", "signed_in_at"
_FAMILIES = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True, slots=True)
class Browser:
    """One browser that is signed in. `kind` is empty where it was never told."""

    name: str
    kind: str
    since: datetime | None
    is_this: bool


def kind_of(agent: str) -> str:
    """A browser in words, such as "Firefox, Android"; empty when it does not say."""
    words = (next((word for sign, word in signs if sign in agent), "") for signs in (_FAMILIES, _SYSTEMS))
    return ", ".join(word for word in words if word)


def remember(session: Any, *, agent: str, at: datetime) -> None:
    """Write down, once, what has just signed in."""
    session[KIND], session[BEGAN] = kind_of(agent), at.isoformat()


def signed_in(person: User, *, here: str | None, at: datetime) -> list[Browser]:
    """Every browser that is signed in as this person, this one first, then the latest."""
    found = [_browser(one, here=here) for one in _open(person, at=at)]
    latest = sorted(found, key=lambda one: one.since.timestamp() if one.since else 0.0, reverse=True)
    return sorted(latest, key=lambda one: not one.is_this)


def told(person: User) -> list[dict[str, str | None]]:
    """What each session knows, as JSON can say it."""
    known = [one.get_decoded() for one in Session.objects.filter(person=person.id).order_by("expire_date")]
    return [{"kind": one.get(KIND), "signed_in_at": one.get(BEGAN)} for one in known]


@transaction.atomic
def end(person: User, name: str, *, here: str | None, at: datetime) -> bool:
    """Sign one other browser out. False when there is none of that name, also a second time."""
    return _end([one for one in _others(person, here) if _name(one) == name], person, at=at)


@transaction.atomic
def end_others(person: User, *, here: str | None, at: datetime) -> bool:
    """Sign every browser out but this one."""
    return _end(_others(person, here), person, at=at)


def forget_expired(*, at: datetime) -> None:
    """Drop sessions that open nothing any more."""
    Session.objects.filter(expire_date__lte=at).delete()


def _open(person: User, *, at: datetime) -> list[Session]:
    """Sessions that still open the account: not expired, and not from before a change of password."""
    proof = person.get_session_auth_hash()
    sessions = Session.objects.filter(person=person.id, expire_date__gt=at)
    return [one for one in sessions if one.get_decoded().get(HASH_SESSION_KEY) == proof]


def _others(person: User, here: str | None) -> list[Session]:
    return list(Session.objects.filter(person=person.id).exclude(session_key=here or ""))


def _end(sessions: list[Session], person: User, *, at: datetime) -> bool:
    ended, _by_model = Session.objects.filter(session_key__in=[one.session_key for one in sessions]).delete()
    if ended:
        audit.record("signed out elsewhere", subject=("person", person.id), by=person.id, at=at)
    return bool(ended)


def _browser(session: Session, *, here: str | None) -> Browser:
    known = session.get_decoded()
    since = datetime.fromisoformat(known[BEGAN]) if BEGAN in known else None
    kind = known.get(KIND) or _("A browser")
    return Browser(_name(session), kind, since, is_this=session.session_key == here)


def _name(session: Session) -> str:
    return sha256(session.session_key.encode()).hexdigest()[:32]
