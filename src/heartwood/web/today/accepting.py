"""The hard nights somebody told of elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from heartwood.web.people.bringing import Bringing, Came, Day, Kind, Moment, Shape, read
from heartwood.web.today.models import HardNight

NAME = gettext_lazy("Hard nights")


class _Night(Shape):
    day: Day
    said_at: Moment


def take_nights(bringing: Bringing, held: Mapping[str, Any]) -> Came:
    told = {night.day: night for night in read(_Night, held["hard_nights"], name=NAME)}
    here = set(HardNight.objects.filter(person=bringing.person).values_list("day", flat=True))
    new = [night for day, night in told.items() if day not in here]
    HardNight.objects.bulk_create(
        [HardNight(person=bringing.person, day=one.day, at=one.said_at) for one in new]
    )
    return Came(len(new), len(told) - len(new))


ACCEPTS = (Kind(NAME, ("hard_nights",), take_nights),)
