"""What a course is, and where one person stands on the way through it."""

from heartwood.curriculum.course import Change, Course, Source, Text, Week
from heartwood.curriculum.days import day_of, time_zone
from heartwood.curriculum.moment import Moment
from heartwood.curriculum.offer import Crossroads, Known, Offer, Portion, Rule, Sat, offer, rests
from heartwood.curriculum.path import Path, Standing, Turn, Turning
from heartwood.curriculum.reminding import is_quiet, moment_now, next_moment, shall_ask

__all__ = [
    "Change",
    "Course",
    "Crossroads",
    "Known",
    "Moment",
    "Offer",
    "Path",
    "Portion",
    "Rule",
    "Sat",
    "Source",
    "Standing",
    "Text",
    "Turn",
    "Turning",
    "Week",
    "day_of",
    "is_quiet",
    "moment_now",
    "next_moment",
    "offer",
    "rests",
    "shall_ask",
    "time_zone",
]
