"""What is kept of somebody's path, in plain words."""

from django.utils.translation import gettext_lazy as _

from heartwood.web.kit.disclosure import NOBODY_READS, UNTIL_ERASED, YOU_AND_OPERATOR, kept

_UNTIL_LET_GO = _("Until you let go of this path or erase your account.")

TITLE = _("Your path through a course")
LINES = (
    kept(
        "cohorts.Enrolment.id cohorts.Enrolment.person cohorts.Enrolment.course_version"
        " cohorts.Enrolment.starts_on cohorts.Enrolment.state cohorts.Enrolment.began_at"
        " cohorts.Enrolment.ended_at cohorts.Enrolment.page cohorts.Enrolment.leaves"
        " cohorts.Enrolment.opened",
        what=_("Which course you began, in which version, on which day, and how far your plant had grown."),
        why=_("To open each week in its time, and to leave your course as it was when you began."),
        until=UNTIL_ERASED,
        seen_by=YOU_AND_OPERATOR,
    ),
    kept(
        "cohorts.Answer.id cohorts.Answer.enrolment cohorts.Answer.before cohorts.Answer.offered"
        " cohorts.Answer.accepted cohorts.Answer.at",
        what=_("Whether you took a newer version of the course or kept yours."),
        why=_("So that you are asked once."),
        until=UNTIL_ERASED,
        seen_by=YOU_AND_OPERATOR,
    ),
    kept(
        "cohorts.Turn.id cohorts.Turn.enrolment cohorts.Turn.kind cohorts.Turn.place cohorts.Turn.day"
        " cohorts.Turn.at",
        what=_("On which days you paused your path, went on, or went to another week."),
        why=_("So that your week is the one you chose."),
        until=_UNTIL_LET_GO,
        seen_by=YOU_AND_OPERATOR,
    ),
    kept(
        "cohorts.Rhythm.enrolment cohorts.Rhythm.days_a_week cohorts.Rhythm.time"
        " cohorts.Rhythm.length_ms cohorts.Rhythm.at",
        what=_("On how many days, at what time and for how long you mean to practise, where you wrote it."),
        why=_("To offer you that length while nothing has been sat yet, and to show you your plan."),
        until=_UNTIL_LET_GO,
        seen_by=YOU_AND_OPERATOR,
    ),
    kept(
        "cohorts.Rhythm.sealed_place",
        what=_("Where you mean to practise, locked with a key of your own."),
        why=_("To show you your plan."),
        until=_UNTIL_LET_GO,
        seen_by=NOBODY_READS,
    ),
)
