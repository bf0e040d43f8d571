"""What a course is, and where one person stands on the way through it."""

from heartwood.curriculum.course import Change, Course, Source, Text, Week
from heartwood.curriculum.days import day_of, time_zone
from heartwood.curriculum.path import Sat, Stands, Today, begins_on, open_week, open_weeks, todays_practice

__all__ = [
    "Change",
    "Course",
    "Sat",
    "Source",
    "Stands",
    "Text",
    "Today",
    "Week",
    "begins_on",
    "day_of",
    "open_week",
    "open_weeks",
    "time_zone",
    "todays_practice",
]
