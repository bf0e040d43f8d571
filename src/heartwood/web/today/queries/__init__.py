"""What a person's own pages show."""

from heartwood.web.today.queries.classes import meeting_page, plan_page, teachers_page
from heartwood.web.today.queries.growth import GrowthPage, growth_page
from heartwood.web.today.queries.hard import (
    how_it_was_page,
    in_the_way_page,
    self_check_page,
    week_with_check,
)
from heartwood.web.today.queries.letter import letter_page
from heartwood.web.today.queries.moments import moments_page
from heartwood.web.today.queries.offered import TodayPage, today_page
from heartwood.web.today.queries.own import begin_page, choose_page, weeks_page
from heartwood.web.today.queries.path import (
    after_page,
    is_over,
    leaves,
    lengths_to_plan,
    path_page,
    rhythm_now,
    shelf_page,
)
from heartwood.web.today.queries.texts import (
    library_page,
    more_page,
    text_page,
)
from heartwood.web.today.queries.week import exercise_page, may_listen, part_page, reading_page, week_page

__all__ = [
    "GrowthPage",
    "TodayPage",
    "after_page",
    "begin_page",
    "choose_page",
    "exercise_page",
    "how_it_was_page",
    "growth_page",
    "in_the_way_page",
    "is_over",
    "leaves",
    "letter_page",
    "library_page",
    "may_listen",
    "lengths_to_plan",
    "meeting_page",
    "moments_page",
    "more_page",
    "part_page",
    "path_page",
    "plan_page",
    "reading_page",
    "rhythm_now",
    "shelf_page",
    "teachers_page",
    "self_check_page",
    "text_page",
    "today_page",
    "week_page",
    "week_with_check",
    "weeks_page",
]
