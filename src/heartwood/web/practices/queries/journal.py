"""A person's own journal: its pages, what can be asked of oneself this week, and where a word is found."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from heartwood.web.people import keys
from heartwood.web.people.days import today_of
from heartwood.web.people.models import User
from heartwood.web.practices.models import CaringAct, Reflection, Twin
from heartwood.web.practices.queries.asking import Asks, asks_now
from heartwood.web.practices.queries.letters import letter_is_here
from heartwood.web.practices.queries.waiting import Waiting, waiting

PAGES_SHOWN = 60
FOUND_SHOWN = 100
EXCERPT = 160
Open = Callable[[bytes | memoryview], str]


@dataclass(frozen=True, slots=True)
class Version:
    """What another open page wrote on the same page."""

    id: UUID
    body: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class JournalPage:
    """One page of the journal in the clear, for its writer."""

    id: UUID
    kind: str
    body: str
    tags: tuple[str, ...]
    prompt: str
    day: date
    written_at: datetime
    revision: int
    versions: tuple[Version, ...] = ()

    @property
    def opening(self) -> str:
        """Its first line, as a title."""
        first = self.body.split("\n", 1)[0]
        return first if len(first) <= 90 else f"{first[:90].rsplit(' ', 1)[0]} …"

    @property
    def called(self) -> Promise | str:
        return _CALLED.get(self.kind, "")


_CALLED: dict[str, Promise] = {"morning": _("In the morning"), "evening": _("In the evening")}


@dataclass(frozen=True, slots=True)
class DayOfPages:
    day: date
    pages: tuple[JournalPage, ...]


@dataclass(frozen=True, slots=True)
class Journal:
    """The newest pages, day by day. asks: what the week asks. older: an address part, where there is more."""

    asks: Asks | None
    days: tuple[DayOfPages, ...]
    older: str
    waiting: tuple[Waiting, ...]
    letter_is_here: bool


def journal(person: User, *, before: datetime | None, at: datetime) -> Journal:
    pages = _pages_of(person).order_by("-written_at", "-id")
    if before:
        pages = pages.filter(written_at__lt=before)
    shown = list(pages[: PAGES_SHOWN + 1])
    older = shown[PAGES_SHOWN - 1].written_at.isoformat() if len(shown) > PAGES_SHOWN else ""
    opened = keys.opener(person)
    own = [_opened(person, page, opened) for page in shown[:PAGES_SHOWN]]
    days = tuple(DayOfPages(day, tuple(same)) for day, same in groupby(own, key=lambda page: page.day))
    here = letter_is_here(person, today_of(person, at=at))
    return Journal(asks_now(person, at=at), days, older, waiting(person, ("reflection",), at=at), here)


def page_of(person: User, identity: UUID) -> JournalPage | None:
    """One page with what was written beside it."""
    page = _pages_of(person).filter(id=identity).first()
    if page is None:
        return None
    return _opened(person, page, keys.opener(person), _versions(person, identity))


def all_pages(person: User) -> list[JournalPage]:
    """Every page, the oldest first."""
    opened = keys.opener(person)
    return [_opened(person, page, opened) for page in _pages_of(person).order_by("written_at", "id")]


def today_pages(person: User, *, at: datetime) -> list[JournalPage]:
    """What was written in the morning and in the evening of the day it is."""
    kinds = (Reflection.Kind.MORNING, Reflection.Kind.EVENING)
    pages = Reflection.objects.filter(person=person, kind__in=kinds, day=today_of(person, at=at))
    opened = keys.opener(person)
    return [_opened(person, page, opened) for page in pages.order_by("written_at", "id")]


def days_with_reflections(person: User) -> set[date]:
    """The days on which something was written, line or page. Nothing of what was written."""
    return set(Reflection.objects.filter(person=person).values_list("day", flat=True))


@dataclass(frozen=True, slots=True)
class Found:
    """Something of one's own in which the words are. url: where it stands."""

    name: Promise
    excerpt: str
    day: date
    url: str


@dataclass(frozen=True, slots=True)
class Findings:
    """The newest first; more: there are more than are shown."""

    found: tuple[Found, ...]
    more: bool


def search(person: User, words: str) -> Findings:
    """Everything of one's own that holds all the words, opened for this question alone."""
    wanted = _folded(words).split()
    if not wanted:
        return Findings((), more=False)
    found = [one for one, text in _everything(person) if all(word in _folded(text) for word in wanted)]
    shown = sorted(found, key=lambda one: one[0], reverse=True)[:FOUND_SHOWN]
    return Findings(
        tuple(Found(name, _excerpt(body, wanted), day, url) for _, day, name, body, url in shown),
        more=len(found) > FOUND_SHOWN,
    )


_Told = tuple[datetime, date, Promise, str, str]


def _everything(person: User) -> Iterator[tuple[_Told, str]]:
    """Each thing that was written, with all its words."""
    opened = keys.opener(person)
    for page in Reflection.objects.filter(person=person):
        body, url = opened(page.sealed), reverse("practices:history")
        if page.kind == Reflection.Kind.LINE:
            yield (page.written_at, page.day, _("A line"), body, url), body
            continue
        about = _about(page, opened)
        text = "\n".join((body, about["prompt"], *(f"#{tag}" for tag in about["tags"])))
        url = reverse("practices:page", args=[page.id])
        yield (page.written_at, page.day, _("A page of the journal"), body, url), text
    for act in CaringAct.objects.filter(person=person):
        line = opened(act.sealed)
        yield (act.written_at, act.day, _("A caring act"), line, reverse("practices:acts")), line


def _folded(text: str) -> str:
    """As words are compared: without case, and without accents that a keyboard may lack."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def _excerpt(body: str, wanted: Sequence[str]) -> str:
    """The stretch around the first of the words."""
    flat = re.sub(r"\s+", " ", body)
    place = max(0, _folded(flat).find(wanted[0]) - EXCERPT // 3)
    cut = flat[place : place + EXCERPT]
    return f"{'… ' if place else ''}{cut}{' …' if place + EXCERPT < len(flat) else ''}"


def _pages_of(person: User) -> QuerySet[Reflection]:
    return Reflection.objects.filter(person=person).exclude(kind=Reflection.Kind.LINE)


def _opened(person: User, page: Reflection, opened: Open, versions: Iterable[Version] = ()) -> JournalPage:
    about = _about(page, opened)
    return JournalPage(
        id=page.id,
        kind=page.kind,
        body=opened(page.sealed),
        tags=tuple(about["tags"]),
        prompt=about["prompt"],
        day=page.day,
        written_at=page.written_at.astimezone(person.zone),
        revision=page.revision,
        versions=tuple(versions),
    )


def _about(page: Reflection, opened: Open) -> dict[str, Any]:
    """Its tags and the question it answers."""
    told: dict[str, Any] = json.loads(opened(page.sealed_about)) if page.sealed_about else {}
    return {"tags": [], "prompt": "", **told}


def _versions(person: User, identity: UUID) -> Iterator[Version]:
    for twin in Twin.objects.filter(person=person, kind="reflection", subject=identity).order_by("id"):
        body = json.loads(keys.unseal(person, twin.sealed))["body"]
        yield Version(twin.id, body, twin.received_at.astimezone(person.zone))
