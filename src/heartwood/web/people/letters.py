"""The letters about accounts: a code to sign in, a link to confirm an address, an invitation."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from heartwood.web.kit import letters
from heartwood.web.kit.letters import Letter, Words
from heartwood.web.people.models import User

CODE_LASTS = timedelta(minutes=10)


def mail_works() -> bool:
    """Whether pages may offer mail."""
    return bool(settings.MAIL.host)


def sign_in_code(person: User, *, to: str, code: str, at: datetime) -> Letter:
    """Of no use later, so it does not go out later."""
    with translation.override(person.language):
        words = Words(
            subject=_("Your code"),
            title=_("Your code to sign in"),
            before=[_("Type it on the page where you asked for it. It works once, for ten minutes.")],
            code=code,
            after=[_("If you did not ask for it, nothing has happened. Nobody comes in without this code.")],
        )
    return letters.compose(
        words,
        to=to,
        kind="sign-in code",
        language=person.language,
        person=person.id,
        expires_at=at + CODE_LASTS,
    )


def confirm_address(person: User, *, to: str, link: str, at: datetime) -> Letter:
    """At most one an hour for each address, however often it is asked for."""
    with translation.override(person.language):
        words = Words(
            subject=_("Confirm this address"),
            title=_("Is this your address?"),
            before=[
                _("Somebody gave it for an account at %(site)s. Confirm it, and a code can be sent here "
                  "when you want to sign in.") % {"site": settings.PUBLIC_URL}
            ],
            link=link,
            link_name=_("This is my address"),
            after=[_("If it was not you, leave this letter. The address then stays unconfirmed.")],
        )  # fmt: skip
    digest = sha256(to.encode()).hexdigest()[:32]
    key = f"confirm address {person.id.hex} {digest} {at:%Y-%m-%dT%H}"
    return letters.compose(
        words, to=to, kind="confirm address", key=key, language=person.language, person=person.id
    )


def invitation(*, to: str, link: str, days: int, at: datetime) -> Letter:
    """To somebody who has no account yet, so it says little and promises nothing."""
    words = Words(
        subject=_("An invitation"),
        title=_("You are invited"),
        before=[
            _("Whoever looks after %(site)s made this link for you. It opens one account, once, and closes "
              "after %(days)d days.") % {"site": settings.PUBLIC_URL, "days": days}
        ],
        link=link,
        link_name=_("Open the invitation"),
        after=[_("If you do not know what this is about, leave it. No account is opened by itself.")],
    )  # fmt: skip
    digest = sha256(link.encode()).hexdigest()[:32]
    return letters.compose(
        words,
        to=to,
        kind="invitation",
        key=f"invitation {digest}",
        language=translation.get_language() or "en",
        expires_at=at + timedelta(days=days),
    )
