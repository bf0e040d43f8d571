"""What the frame keeps, in plain words."""

from django.utils.translation import gettext_lazy as _

from heartwood.web.kit.disclosure import OPERATOR, kept

TITLE = _("What keeps the house in order")
LINES = (
    kept(
        "kit.AuditEntry.id kit.AuditEntry.verb kit.AuditEntry.subject_kind kit.AuditEntry.subject_id"
        " kit.AuditEntry.by kit.AuditEntry.at",
        what=_("That something was changed: what kind of thing, by whose account number, and when."),
        why=_("So that a mistake can be traced. What you wrote is never part of it."),
        until=_("As long as this server. After an erasure its numbers lead to nobody."),
        seen_by=OPERATOR,
    ),
    kept(
        "kit.TakenPage.page_id kit.TakenPage.by kit.TakenPage.at",
        what=_("Which forms were already sent, by a number made with the form."),
        why=_("So that a form that is sent twice takes effect once."),
        until=_("About thirty days, or until you erase your account."),
        seen_by=OPERATOR,
    ),
    kept(
        "contenttypes.ContentType.id contenttypes.ContentType.app_label contenttypes.ContentType.model"
        " auth.Permission.id auth.Permission.name auth.Permission.content_type auth.Permission.codename"
        " auth.Group.id auth.Group.name auth.Group.permissions",
        what=_("Tables that the software brings along. They say nothing of anybody."),
        why=_("The parts that this server is built from expect them."),
        until=_("As long as this server."),
        seen_by=OPERATOR,
    ),
)
