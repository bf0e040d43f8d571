"""What Today keeps, in plain words."""

from django.utils.translation import gettext_lazy as _

from heartwood.web.kit.disclosure import UNTIL_ERASED, YOU_AND_OPERATOR, kept

TITLE = _("Your days")
LINES = (
    kept(
        "today.HardNight.id today.HardNight.person today.HardNight.day today.HardNight.at",
        what=_("On which days you said that it was a hard night."),
        why=_("To offer you the short practice on that day."),
        until=UNTIL_ERASED,
        seen_by=YOU_AND_OPERATOR,
    ),
)
