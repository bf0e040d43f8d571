"""What is kept of somebody's path, in plain words."""

from django.utils.translation import gettext_lazy as _

from heartwood.web.kit.disclosure import UNTIL_ERASED, YOU_AND_OPERATOR, kept

TITLE = _("Your path through a course")
LINES = (
    kept(
        "cohorts.Enrolment.id cohorts.Enrolment.person cohorts.Enrolment.course_version"
        " cohorts.Enrolment.starts_on cohorts.Enrolment.state cohorts.Enrolment.began_at"
        " cohorts.Enrolment.ended_at cohorts.Enrolment.page",
        what=_("Which course you began, in which version, and on which day."),
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
)
