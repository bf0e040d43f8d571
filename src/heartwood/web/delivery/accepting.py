"""Which letters somebody declined elsewhere: declined here too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from django.utils.translation import gettext_lazy
from pydantic import Field

from heartwood.web.delivery import actions, kinds, queries
from heartwood.web.people.bringing import Bringing, Came, Kind, Moment, Shape, read

NAME = gettext_lazy("Letters you declined")


class _Stopped(Shape):
    kind: Annotated[str, Field(max_length=40)]
    at: Moment


def take_stopped(bringing: Bringing, held: Mapping[str, Any]) -> Came:
    told = [one for one in read(_Stopped, held["stopped_kinds"], name=NAME) if one.kind in kinds.optional()]
    new = [one for one in told if not queries.has_stopped(bringing.person, one.kind)]
    for one in new:
        actions.stop(bringing.person, one.kind, at=one.at)
    return Came(len(new), len(told) - len(new))


ACCEPTS = (Kind(NAME, ("stopped_kinds",), take_stopped),)
STAYS = {
    "messages": gettext_lazy("What another server sent is that server's."),
    "devices": gettext_lazy("A device is reached by one server. Say it here once more, if you like."),
}
