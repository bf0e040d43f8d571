"""Today's one thing, in words: what curriculum offers, and what lies beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from heartwood import curriculum
from heartwood.content import ReadCourse
from heartwood.curriculum import Known, Offer, Path, Portion, Rule, Week
from heartwood.practice import Script, as_minutes
from heartwood.web.cohorts import queries as cohorts
from heartwood.web.cohorts.models import Enrolment
from heartwood.web.kit.ground import Ground
from heartwood.web.kit.ids import new_id
from heartwood.web.kit.prose import plain_opening
from heartwood.web.library import queries as library
from heartwood.web.people.days import latest_day_of, today_of
from heartwood.web.people.models import User
from heartwood.web.practices import queries as practices
from heartwood.web.today.queries.growth import ground_of
from heartwood.web.today.queries.hard import quiet_line
from heartwood.web.today.queries.nights import was_hard
from heartwood.web.today.queries.own import Link, in_the_way_url, minutes_to_read

LENGTHS_BESIDE = 4
ON_THE_WAY = (Rule.FINISHED, Rule.HARD_NIGHT, Rule.ENOUGH, Rule.PRACTICE)
"""The rules beside which there is room for one quiet line."""


@dataclass(frozen=True, slots=True)
class Length:
    minutes: str
    url: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """A practice at a length. minutes: "12" or "1.5"."""

    practice: Script
    minutes: str
    url: str


@dataclass(frozen=True, slots=True)
class Crossroad:
    """Where to go on after a while away.

    go_on          the week of today
    take_up        the week of that time, and its place for the form
    """

    go_on: Link
    take_up: str
    place: int


@dataclass(frozen=True, slots=True)
class TodayPage:
    """What Today shows.

    id             made with the page, so that a form sent twice turns once
    pairs, ground  of the plant; rests: in a pause, and while its person is away
    rule           which rule of curriculum spoke, and `why` in words
    chosen         the one thing
    lengths        others near to its own
    also           after the course: the other practices of its last week
    unfinished     yesterday's practice, or None
    asks_rhythm    in the first week, while nothing of when and where was written
    letter_is_here one that they wrote to themselves has come
    quiet          one line: the two questions about a week, or a self-check; or None
    """

    id: UUID

    greeting: str
    place: str
    person: UUID
    pairs: int
    ground: Ground
    rests: bool
    rule: Rule
    why: str
    chosen: Chosen
    lengths: tuple[Length, ...]
    reading: Link | None
    unfinished: Chosen | None
    also: tuple[Chosen, ...]
    crossroad: Crossroad | None
    daily_life: str
    may_say_hard_night: bool
    asks_rhythm: bool
    quiet: Link | None
    in_the_way_url: str
    letter_is_here: bool


def today_page(person: User, path: Enrolment, *, at: datetime) -> TodayPage:
    """One thing to do, and what lies beside it."""
    read = library.course_of(path.course_version.hash)
    walk, today = cohorts.walk(path, read.course), today_of(person, at=at)
    of_them = known(person, today=today)
    offered = curriculum.offer(walk, of_them, lengths=read.scripts)
    chosen = _chosen(read, offered.portion)
    return TodayPage(
        id=new_id(),
        greeting=_("Good to see you, %(name)s.") % {"name": person.name},
        place=_place(offered, walk),
        person=person.id,
        pairs=cohorts.leaves(path, walk, latest=latest_day_of(person, at=at)),
        ground=ground_of(person),
        rests=curriculum.rests(walk, (sat.day for sat in of_them.sittings), today=today),
        rule=offered.rule,
        why=_why(offered),
        chosen=chosen,
        lengths=tuple(_other_lengths(chosen.practice, offered.portion.length_ms)),
        reading=_reading(offered),
        unfinished=_unfinished(read, offered),
        also=tuple(_chosen(read, portion) for portion in offered.after[1:]),
        crossroad=_crossroad(read, offered),
        daily_life=plain_opening(offered.daily_life.markdown) if offered.daily_life else "",
        may_say_hard_night=offered.may_say_hard_night,
        asks_rhythm=_asks_rhythm(path, offered),
        quiet=quiet_line(person, path, walk, today=today) if offered.rule in ON_THE_WAY else None,
        in_the_way_url=in_the_way_url(read.course),
        letter_is_here=practices.letter_is_here(person, today),
    )


def known(person: User, *, today: date) -> Known:
    """What is known of a person today."""
    return Known(
        today,
        practices.sat(person),
        practices.practised_on(person, today),
        was_hard(person, today),
    )


def _place(offered: Offer, path: Path) -> str:
    if offered.rule is Rule.BEFORE:
        return _("The course begins on %(day)s.") % {"day": date_format(path.first_day, "l j F")}
    if offered.rule is Rule.FINISHED:
        return _("After the course")
    return week_name(offered.week)


def week_name(week: Week) -> str:
    return _("Week %(number)s · %(title)s") % {"number": week.number, "title": week.title}


def _why(offered: Offer) -> str:
    """The rule that spoke. Of a while away nothing is said."""
    if offered.rule is Rule.PRACTICE and len(offered.week.practices) == 1:
        return _("It is this week’s practice, at the length you usually choose. Any other length is as good.")
    return {
        Rule.BEFORE: _("The course has not begun yet. This short practice is for any day."),
        Rule.PAUSED: _("You have let your path rest. It waits where it is until you go on."),
        Rule.FINISHED: _("The weeks lie behind you. The practices of the last one stay for every day."),
        Rule.BACK: _("This is the practice for coming in, wherever you come from. The week is there too."),
        Rule.HARD_NIGHT: _("You said that it was a hard night. On such a day the short practice is enough."),
        Rule.ENOUGH: _("Today you have practised as long as you usually do."),
        Rule.PRACTICE: _(
            "The practices of a week take turns: this is the one you began least often, "
            "at the length you usually choose. Any other is as good."
        ),
    }[offered.rule]


def _chosen(read: ReadCourse, portion: Portion) -> Chosen:
    script, minutes = read.script(portion.practice), as_minutes(portion.length_ms)
    return Chosen(script, minutes, f"{reverse('practices:practice', args=[script.id])}?minutes={minutes}")


def _other_lengths(script: Script, chosen_ms: int) -> Iterator[Length]:
    """The lengths nearest to today's, shortest first."""
    minutes = [m for m in practices.lengths_offered(script) if m != as_minutes(chosen_ms)]
    nearest = sorted(minutes, key=lambda m: abs(float(m) * 60_000 - chosen_ms))[:LENGTHS_BESIDE]
    address = reverse("practices:practice", args=[script.id])
    for length in sorted(nearest, key=float):
        yield Length(length, f"{address}?minutes={length}")


def _reading(offered: Offer) -> Link | None:
    if offered.reading is None:
        return None
    minutes = _("To read · %(minutes)s min") % {"minutes": minutes_to_read(offered.reading)}
    return Link(offered.reading.title, reverse("today:reading", args=[offered.week.number]), minutes)


def _unfinished(read: ReadCourse, offered: Offer) -> Chosen | None:
    """At the length that was chosen yesterday, or at the nearest that the practice allows today."""
    if offered.unfinished is None:
        return None
    script = read.script(offered.unfinished.practice)
    length_ms = min(max(offered.unfinished.length_ms, script.shortest_ms), script.longest_ms)
    return _chosen(read, Portion(script.id, length_ms))


def _crossroad(read: ReadCourse, offered: Offer) -> Crossroad | None:
    if offered.crossroads is None:
        return None
    earlier = read.course.weeks[offered.crossroads.take_up]
    words = _("Go on with %(week)s") % {"week": week_name(offered.week)}
    return Crossroad(
        go_on=Link(words, reverse("today:week", args=[offered.week.number])),
        take_up=_("Take up %(week)s") % {"week": week_name(earlier)},
        place=offered.crossroads.take_up,
    )


def _asks_rhythm(path: Enrolment, offered: Offer) -> bool:
    """Only beside a practice of the first week."""
    is_first = offered.place == 0 and offered.rule in (Rule.PRACTICE, Rule.ENOUGH)
    return is_first and cohorts.rhythm_of(path) is None
