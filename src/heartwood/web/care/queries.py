"""Which help lines there are and which of them people may see; what somebody said of a week."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.conf import settings

from heartwood.web.care.models import Confirmation, SelfCheck, WeekAnswer
from heartwood.web.people.models import User


@dataclass(frozen=True, slots=True)
class HelpLine:
    """Somebody who answers when it is too much, as the settings say."""

    number: str
    hours: str
    who: str
    source: str

    @property
    def tel(self) -> str:
        """The number as a telephone takes it."""
        return re.sub(r"[^0-9+*#]", "", self.number)

    @property
    def fingerprint(self) -> str:
        """Another one as soon as a single letter changes."""
        return sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class ConfiguredLine:
    """A help line of the settings, and who confirmed it when; `at` is None until somebody did."""

    line: HelpLine
    at: datetime | None
    by: User | None


def configured() -> list[ConfiguredLine]:
    """Every line of the settings, in their order."""
    lines = [HelpLine(**line) for line in settings.HELP_LINES]
    kept = Confirmation.objects.select_related("by").filter(
        fingerprint__in=[one.fingerprint for one in lines]
    )
    known = {each.fingerprint: each for each in kept} if lines else {}
    return [_told(line, known.get(line.fingerprint)) for line in lines]


def confirmed() -> list[HelpLine]:
    """The lines that people are shown."""
    return [each.line for each in configured() if each.at]


def week_answer(person: User, *, path: UUID, week: int, since: date) -> WeekAnswer | None:
    """What this person said of this run of a week, or that they left it out; None before that."""
    return WeekAnswer.objects.filter(person=person, path=path, week=week, since=since).first()


def self_check(person: User, *, path: UUID, week: int) -> SelfCheck | None:
    """The self-check that this person wished to keep."""
    return SelfCheck.objects.filter(person=person, path=path, week=week).first()


def collect(person: User) -> dict[str, Any]:
    """What this room holds about a person: their weeks, and when they confirmed a help line."""
    given = Confirmation.objects.filter(by=person).order_by("at")
    return {
        "help_lines_confirmed_at": [each.at.isoformat() for each in given],
        "weeks": [_week(each) for each in WeekAnswer.objects.filter(person=person).order_by("at", "id")],
        "self_checks": [
            _check(each) for each in SelfCheck.objects.filter(person=person).order_by("at", "id")
        ],
    }


def _week(said: WeekAnswer) -> dict[str, Any]:
    return {
        "path": str(said.path),
        "week": said.week,
        "since": said.since.isoformat(),
        "difficult": said.difficult,
        "lasting": said.lasting,
        "at": said.at.isoformat(),
    }


def _check(kept: SelfCheck) -> dict[str, Any]:
    return {
        "path": str(kept.path),
        "week": kept.week,
        "ticked": kept.ticked,
        "suggested": kept.leads,
        "at": kept.at.isoformat(),
    }


def _told(line: HelpLine, confirmation: Confirmation | None) -> ConfiguredLine:
    if confirmation is None:
        return ConfiguredLine(line, None, None)
    return ConfiguredLine(line, confirmation.at, confirmation.by)
