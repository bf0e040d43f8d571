"""What a course is, and where one person stands on the way through it."""

from heartwood.curriculum.course import Change, Course, Source, Text, Week
from heartwood.curriculum.days import day_of, time_zone
from heartwood.curriculum.moment import Moment
from heartwood.curriculum.offer import Crossroads, Known, Offer, Portion, Rule, Sat, offer
from heartwood.curriculum.path import Path, Standing, Turn, Turning

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
    "offer",
    "time_zone",
]
