"""What is kept of letters a month, in plain words."""

from django.utils.translation import gettext_lazy as _

from heartwood.web.kit.disclosure import YOU_AND_OPERATOR, kept

TITLE = _("A letter a month")
LINES = (
    kept(
        "today.MonthlyWish.person today.MonthlyWish.first today.MonthlyWish.number today.MonthlyWish.next_at",
        what=_("That you want a letter a month, since when, and which one comes next."),
        why=_("To send it on its day."),
        until=_("Until the last of them, until you want no more, or until you erase your account."),
        seen_by=YOU_AND_OPERATOR,
    ),
)
