"""What is kept of help lines and of how a week was, in plain words."""

from django.utils.translation import gettext_lazy as _

from heartwood.web.kit.disclosure import OPERATOR, UNTIL_ERASED, YOU_AND_OPERATOR, kept

TITLE = _("Help, and how a week was")
LINES = (
    kept(
        "care.Confirmation.id care.Confirmation.fingerprint care.Confirmation.by care.Confirmation.at",
        what=_("That whoever runs this server checked a help line, and when. Nothing about who reads it."),
        why=_("So that no number is shown that nobody has checked."),
        until=_("As long as the line reads the same. The name goes with its account."),
        seen_by=OPERATOR,
    ),
    kept(
        "care.WeekAnswer.id care.WeekAnswer.person care.WeekAnswer.path care.WeekAnswer.week"
        " care.WeekAnswer.since care.WeekAnswer.difficult care.WeekAnswer.lasting care.WeekAnswer.at",
        what=_("At the end of a week: whether something was difficult and lasts, or that you left it out."),
        why=_("To offer you what fits, and to ask once."),
        until=UNTIL_ERASED,
        seen_by=YOU_AND_OPERATOR,
    ),
    kept(
        "care.SelfCheck.id care.SelfCheck.person care.SelfCheck.path care.SelfCheck.week"
        " care.SelfCheck.ticked care.SelfCheck.leads care.SelfCheck.at",
        what=_("A self-check, if you asked to keep it: which statements you marked, and what it suggested."),
        why=_("So that you can look at it again. Otherwise nothing of it is kept."),
        until=_("Until you let go of it on its page, or erase your account."),
        seen_by=YOU_AND_OPERATOR,
    ),
)
