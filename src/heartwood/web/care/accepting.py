"""What somebody said of their weeks, brought from another server."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils.translation import gettext_lazy
from pydantic import Field

from heartwood.web.care.models import SelfCheck, WeekAnswer
from heartwood.web.people.bringing import Bringing, Came, Day, Kind, Moment, Shape, read

WEEKS = gettext_lazy("How weeks were")
CHECKS = gettext_lazy("Self-checks that you kept")
Week = Annotated[int, Field(ge=0, le=1000)]


class _Week(Shape):
    path: UUID
    week: Week
    since: Day
    difficult: WeekAnswer.Difficult | Literal[""]
    lasting: WeekAnswer.Lasting | Literal[""]
    at: Moment


class _Check(Shape):
    path: UUID
    week: Week
    ticked: list[Annotated[str, Field(max_length=80)]]
    suggested: Annotated[str, Field(max_length=10)]
    at: Moment


def take_weeks(bringing: Bringing, held: Mapping[str, Any]) -> Came:
    """Each answer; one that was given here stays as it is here."""
    told = read(_Week, held["weeks"], name=WEEKS)
    came = [
        WeekAnswer.objects.get_or_create(
            person=bringing.person, path=bringing.here(one.path) or one.path, week=one.week, since=one.since,
            defaults={"difficult": one.difficult, "lasting": one.lasting, "at": one.at},
        )[1]
        for one in told
    ]  # fmt: skip
    return Came(sum(came), len(told) - sum(came))


def take_checks(bringing: Bringing, held: Mapping[str, Any]) -> Came:
    """Each self-check, by the same rules."""
    told = read(_Check, held["self_checks"], name=CHECKS)
    came = [
        SelfCheck.objects.get_or_create(
            person=bringing.person, path=bringing.here(one.path) or one.path, week=one.week,
            defaults={"ticked": one.ticked, "leads": one.suggested, "at": one.at},
        )[1]
        for one in told
    ]  # fmt: skip
    return Came(sum(came), len(told) - sum(came))


ACCEPTS = (Kind(WEEKS, ("weeks",), take_weeks), Kind(CHECKS, ("self_checks",), take_checks))
STAYS = {"help_lines_confirmed_at": gettext_lazy("They were confirmed for that server.")}
