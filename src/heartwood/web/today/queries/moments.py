"""Moments to meet: of one's own course, of the one on offer, or else those that are shipped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from django.utils.translation import gettext as _

from heartwood import content
from heartwood.curriculum import Moment
from heartwood.web.cohorts.models import Enrolment
from heartwood.web.library import queries as library


@dataclass(frozen=True, slots=True)
class ShownLine:
    text: str
    begins_ms: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """The lines of one strand, under its name."""

    name: str
    lines: tuple[ShownLine, ...]


@dataclass(frozen=True, slots=True)
class ShownMoment:
    id: str
    title: str
    summary: str
    lasts_ms: int
    stretches: tuple[Stretch, ...]
    acts: tuple[str, ...]
    direction: str


@dataclass(frozen=True, slots=True)
class MomentsPage:
    """whom, places: the same moments by what they are called after."""

    moments: tuple[ShownMoment, ...]
    whom: tuple[Moment, ...]
    places: tuple[Moment, ...]


def moments_page(path: Enrolment | None) -> MomentsPage:
    """Without a path it is the same for everybody, so that a device may keep it."""
    moments = _own(path) or _on_offer() or _shipped()
    return MomentsPage(
        moments=tuple(map(_shown, moments)),
        whom=tuple(moment for moment in moments if moment.purpose == "whom"),
        places=tuple(moment for moment in moments if moment.purpose == "place"),
    )


def _own(path: Enrolment | None) -> tuple[Moment, ...]:
    return library.course_of(path.course_version.hash).course.moments if path else ()


def _on_offer() -> tuple[Moment, ...]:
    """Of the first course that has any."""
    courses = (library.read(version).course for version in library.on_offer())
    return next((course.moments for course in courses if course.moments), ())


@cache
def _shipped() -> tuple[Moment, ...]:
    return content.shipped_moments()


def _shown(moment: Moment) -> ShownMoment:
    stretches = tuple(_stretches(moment))
    return ShownMoment(
        moment.id,
        moment.title,
        moment.summary,
        moment.lasts_ms,
        stretches,
        tuple(moment.acts.values()),
        next(iter(moment.directions), ""),
    )


def _stretches(moment: Moment) -> Iterator[Stretch]:
    names = {
        "notice": _("Notice"),
        "be-moved": _("Be moved"),
        "wish": _("Wish"),
        "ready-to-act": _("Be ready"),
    }
    timed = zip(moment.lines, moment.begins, strict=True)
    for strand, several in groupby(timed, key=lambda pair: pair[0].strand):
        yield Stretch(names[strand], tuple(ShownLine(line.text, begins) for line, begins in several))
