"""What was deleted a short while ago and can be brought back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from heartwood.web.people import keys
from heartwood.web.people.models import User
from heartwood.web.practices.models import LetGo
from heartwood.web.practices.titles import title_of_row


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that was deleted and can be brought back until then. title: of a sitting, else empty."""

    id: UUID
    kind: str
    title: str
    until: datetime


def waiting(person: User, kinds: Iterable[str], *, at: datetime) -> tuple[Waiting, ...]:
    """The latest first. Of what was written nothing is shown that it said."""
    kept = LetGo.objects.filter(person=person, kind__in=list(kinds), until__gt=at).order_by("-until", "id")
    zone = person.zone
    return tuple(Waiting(one.id, one.kind, _title(person, one), one.until.astimezone(zone)) for one in kept)


def _title(person: User, kept: LetGo) -> str:
    if kept.kind != "sitting":
        return ""
    return title_of_row(person, json.loads(keys.unseal(person, kept.sealed))["rows"][0]["fields"])
