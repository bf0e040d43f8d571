"""The letters about accounts: a code to sign in, a link to confirm an address, an invitation."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from heartwood.web.kit import letters
from heartwood.web.kit.letters import Letter, Words
from heartwood.web.people.models import User

CODE_LASTS = timedelta(minutes=10)
LEAVING = "leaving"


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


def leaving(person: User, *, to: str, last_day: date, at: datetime) -> Letter:
    """Says when, and how to stay. Not sent any more once it was taken back."""
    with translation.override(person.language):
        day = date_format(last_day, "j F Y")
        words = Words(
            subject=_("About your account"),
            title=_("Your account is here until %(day)s") % {"day": day},
            before=[
                _("You asked for it to be erased, with fourteen days to think. Until the end of that day "
                  "everything is as it was, and you can sign in."),
                _("If you would rather stay, or if it was not you who asked, take it back here."),
            ],
            link=f"{settings.PUBLIC_URL}{reverse('people:erase')}",
            link_name=_("Look again"),
            after=[_("After that day nothing of yours is left here, and nobody can bring it back.")],
        )  # fmt: skip
    key = f"{LEAVING} {person.id.hex} {at:%Y-%m-%dT%H:%M:%S}"
    return letters.compose(
        words, to=to, kind=LEAVING, key=key, language=person.language, person=person.id,
        expires_at=person.erase_at,
    )  # fmt: skip


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
