"""What is kept of help lines, in plain words."""

from django.utils.translation import gettext_lazy as _

from heartwood.web.kit.disclosure import OPERATOR, kept

TITLE = _("Help lines")
LINES = (
    kept(
        "care.Confirmation.id care.Confirmation.fingerprint care.Confirmation.by care.Confirmation.at",
        what=_("That whoever runs this server checked a help line, and when. Nothing about who reads it."),
        why=_("So that no number is shown that nobody has checked."),
        until=_("As long as the line reads the same. The name goes with its account."),
        seen_by=OPERATOR,
    ),
)
