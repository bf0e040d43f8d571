"""One test mail at once, past the rows, for whoever sets mail up: the server's own words come back."""

from __future__ import annotations

from django.conf import settings
from django.core.mail.message import sanitize_address
from django.utils.translation import gettext as _

from heartwood.errors import SetupError
from heartwood.web.delivery.backend import NO_MAIL
from heartwood.web.delivery.smtp import Line, MailServer, NoLine, Outcome, Verdict
from heartwood.web.kit import letters


def send_test(server: MailServer, address: str) -> Outcome:
    """Send one test mail and tell what became of it. Raises SetupError while mail is not set up."""
    if not server.host:
        raise SetupError(NO_MAIL)
    message = _letter(address).message().as_bytes()
    try:
        with Line(server) as line:
            return line.send(sanitize_address(address, "utf-8"), message)
    except NoLine as refusal:
        return Outcome(Verdict.NO_LINE, str(refusal))


def told(outcome: Outcome) -> str:
    """The outcome as a sentence, with the server's own words when it was not well."""
    if outcome.verdict is Verdict.SENT:
        return _("The mail server took the test mail. Look whether it arrives.")
    if outcome.verdict is Verdict.UNKNOWN:
        return _("It is unknown whether the test mail went out. The connection said: %(words)s") % {
            "words": outcome.words
        }
    return _("The test mail did not go out. The mail server or the way to it said: %(words)s") % {
        "words": outcome.words
    }


def _letter(address: str) -> letters.Letter:
    words = letters.Words(
        subject=_("A test"),
        title=_("This is a test"),
        before=[_("If you can read this, mail from %(site)s arrives.") % {"site": settings.PUBLIC_URL}],
    )
    return letters.compose(words, to=address, kind="test")
