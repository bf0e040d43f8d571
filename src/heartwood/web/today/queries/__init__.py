"""What a person's own pages show."""

from heartwood.web.today.queries.classes import meeting_page, plan_page, teachers_page
from heartwood.web.today.queries.letter import letter_page
from heartwood.web.today.queries.moments import moments_page
from heartwood.web.today.queries.offered import TodayPage, today_page
from heartwood.web.today.queries.own import begin_page, choose_page, today_of, weeks_page
from heartwood.web.today.queries.texts import (
    in_the_way_page,
    library_page,
    more_page,
    text_page,
)
from heartwood.web.today.queries.week import exercise_page, may_listen, part_page, reading_page, week_page

__all__ = [
    "TodayPage",
    "begin_page",
    "choose_page",
    "exercise_page",
    "in_the_way_page",
    "letter_page",
    "library_page",
    "may_listen",
    "meeting_page",
    "moments_page",
    "more_page",
    "part_page",
    "plan_page",
    "reading_page",
    "teachers_page",
    "text_page",
    "today_of",
    "today_page",
    "week_page",
    "weeks_page",
]
