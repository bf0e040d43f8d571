"""What is kept of letters, in plain words."""

from django.utils.translation import gettext_lazy as _

from heartwood.web.kit.disclosure import NOBODY_READS, UNTIL_ERASED, YOU_AND_OPERATOR, kept

TITLE = _("Letters to you")
LINES = (
    kept(
        "delivery.Due.sealed",
        what=_("A letter or a note to a device that waits to be sent, and where it goes to, locked."),
        why=_("So that it goes out once, even when this server stops in between."),
        until=_("Until it has gone out, or can no longer go out: three days at most."),
        seen_by=NOBODY_READS,
    ),
    kept(
        "delivery.Due.id delivery.Due.channel delivery.Due.kind delivery.Due.key delivery.Due.person"
        " delivery.Due.state delivery.Due.queued_at delivery.Due.not_before delivery.Due.expires_at"
        " delivery.Due.tries delivery.Due.claim delivery.Due.claimed_by delivery.Due.claimed_at"
        " delivery.Due.ended_at delivery.Due.answer",
        what=_("That a letter of some kind was for you, when, and what became of it; not what it said."),
        why=_("To see whether letters arrive, and never to send one twice."),
        until=_("Ninety days after it went out, or until you erase your account."),
        seen_by=YOU_AND_OPERATOR,
    ),
    kept(
        "delivery.Device.sealed",
        what=_("Where the push service of your browser takes notes for it, and its keys, locked with yours."),
        why=_("To remind you on that device. The push service cannot read what it carries."),
        until=_("Until you take the device away, its browser is gone, or you erase your account."),
        seen_by=NOBODY_READS,
    ),
    kept(
        "delivery.Device.id delivery.Device.person delivery.Device.fingerprint delivery.Device.kind"
        " delivery.Device.added_at",
        what=_("What kind of browser it is and when you added it; and a fingerprint of that address."),
        why=_("So that you can tell your devices apart, and each is yours alone."),
        until=_("Until you take the device away, its browser is gone, or you erase your account."),
        seen_by=YOU_AND_OPERATOR,
    ),
    kept(
        "delivery.Stopped.id delivery.Stopped.person delivery.Stopped.kind delivery.Stopped.at",
        what=_("Which kinds of letters you do not want."),
        why=_("So that they are not sent."),
        until=UNTIL_ERASED,
        seen_by=YOU_AND_OPERATOR,
    ),
)
