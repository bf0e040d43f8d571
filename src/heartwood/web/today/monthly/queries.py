"""What is known of letters a month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from heartwood.curriculum import Text
from heartwood.web.cohorts import queries as cohorts
from heartwood.web.delivery import queries as delivery
from heartwood.web.library import queries as library
from heartwood.web.people import addresses, letters
from heartwood.web.people.models import User
from heartwood.web.today.monthly.models import KIND, MonthlyWish

AT_A_TIME = 50


@dataclass(frozen=True, slots=True)
class MonthlyPage:
    """amount: how many letters there are. can_come: mail works, and the address is confirmed."""

    amount: int
    is_wished: bool
    can_come: bool


def monthly_page(person: User) -> MonthlyPage:
    wish = wish_of(person)
    is_wished = bool(wish and wish.next_at) and not delivery.has_stopped(person, KIND)
    return MonthlyPage(len(letters_for(person)), is_wished, can_come(person))


def wish_of(person: User) -> MonthlyWish | None:
    return MonthlyWish.objects.filter(person=person).first()


def letters_for(person: User) -> Sequence[Text]:
    """Those of the course that they are on, in their order."""
    path = cohorts.path_of(person)
    course = library.course_of(path.course_version.hash).course if path else None
    return tuple(course.texts_of("monthly").values()) if course else ()


def can_come(person: User) -> bool:
    return bool(person.email) and letters.mail_works() and addresses.is_confirmed(person)


def due(*, at: datetime) -> list[UUID]:
    """Whose letter is due, the longest due first."""
    waiting = MonthlyWish.objects.filter(next_at__lte=at).order_by("next_at", "person")
    return list(waiting.values_list("person_id", flat=True)[:AT_A_TIME])


def still_wanted(person: User, kind: str) -> bool:
    """Asked just before something goes out. What is no such letter is none of ours."""
    return kind != KIND or (wish_of(person) is not None and can_come(person))


def collect(person: User) -> dict[str, Any]:
    wish = wish_of(person)
    return {"wish": {"first": wish.first.isoformat(), "next_number": wish.number} if wish else None}
