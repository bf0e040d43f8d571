"""What is kept of an account, in plain words."""

from django.utils.translation import gettext_lazy as _

from heartwood.web.kit.disclosure import NOBODY_READS, OPERATOR, UNTIL_ERASED, YOU_AND_OPERATOR, kept

TITLE = _("Your account")
LINES = (
    kept(
        "people.User.id people.User.name people.User.created_at",
        what=_("The name you gave, a number for your account, and when you opened it."),
        why=_("To greet you, and to tell your things from those of others."),
        until=UNTIL_ERASED,
        seen_by=YOU_AND_OPERATOR,
    ),
    kept(
        "people.User.email account.EmailAddress.id account.EmailAddress.user account.EmailAddress.email"
        " account.EmailAddress.verified account.EmailAddress.primary",
        what=_("Your e-mail address, if you gave one, and whether you confirmed it."),
        why=_("To sign you in, and to send you what you asked for."),
        until=_("Until you remove it or erase your account."),
        seen_by=YOU_AND_OPERATOR,
    ),
    kept(
        "account.EmailConfirmation.id account.EmailConfirmation.email_address"
        " account.EmailConfirmation.created account.EmailConfirmation.sent account.EmailConfirmation.key",
        what=_("A table for confirming addresses that stays empty here."),
        why=_("A part that this server is built from brings it along."),
        until=_("Nothing is kept in it."),
        seen_by=OPERATOR,
    ),
    kept(
        "people.User.language people.User.time_zone people.User.day_boundary_minutes"
        " people.User.counting_off people.User.plant_off people.User.fortnight_off people.User.map_off"
        " people.User.discreet people.User.lock_minutes"
        " people.User.described_at people.User.latest_day",
        what=_(
            "Your language, your time zone, when your day ends, what you want to see of what has"
            " grown, whether others shall see a plain name, after how many minutes your pages lock,"
            " when you last changed any of it, and which day it was for you then."
        ),
        why=_("So that the pages speak your language and a late evening belongs to its own day."),
        until=UNTIL_ERASED,
        seen_by=YOU_AND_OPERATOR,
    ),
    kept(
        "people.FormerClock.id people.FormerClock.person people.FormerClock.until"
        " people.FormerClock.time_zone people.FormerClock.day_boundary_minutes",
        what=_("The time zones you had before, when your day ended then, and until when."),
        why=_("So that what your phone sends in late still falls on the day that it was made on."),
        until=UNTIL_ERASED,
        seen_by=YOU_AND_OPERATOR,
    ),
    kept(
        "people.Lock.person people.Lock.pin people.Lock.tries people.Lock.rests_until"
        " people.Opened.session_key people.Opened.person people.Opened.at",
        what=_(
            "If you lock your pages: your PIN as a fingerprint, not itself, how often a wrong one was typed,"
            " and when each of your browsers was last used."
        ),
        why=_("So that whoever holds your phone does not read what you wrote."),
        until=_("Until you take the lock away."),
        seen_by=NOBODY_READS,
    ),
    kept(
        "people.User.erase_at",
        what=_("If you asked to be erased with fourteen days to think: the day on which it happens."),
        why=_("So that it happens by itself, and you can take it back until then."),
        until=_("Until you take it back, or until that day."),
        seen_by=YOU_AND_OPERATOR,
    ),
    kept(
        "people.User.is_operator",
        what=_("Whether you run this server."),
        why=_("To open the pages that are for that."),
        until=UNTIL_ERASED,
        seen_by=YOU_AND_OPERATOR,
    ),
    kept(
        "people.User.password mfa.Authenticator.id mfa.Authenticator.user mfa.Authenticator.type"
        " mfa.Authenticator.data mfa.Authenticator.created_at mfa.Authenticator.last_used_at",
        what=_(
            "Your ways in: a scrambled form of your password, from which it cannot be read; the public half "
            "of each passkey with the name you gave it, when it was added and last used. With a second step "
            "also the secret that your app shares with this server, and what the codes on paper are made "
            "from; whoever holds both this server and its master key technically could open these two."
        ),
        why=_("To know that it is you."),
        until=_("Until you change or remove them, or erase your account."),
        seen_by=OPERATOR,
    ),
    kept(
        "people.User.last_login people.Session.session_key people.Session.session_data"
        " people.Session.expire_date people.Session.person",
        what=_("When you last signed in, what kind of browser is signed in, and since when."),
        why=_("So that you need not sign in on every page. This is the one cookie that knows you."),
        until=_(
            "Until you sign out or erase your account; it runs out about ninety days after your last visit."
        ),
        seen_by=OPERATOR,
    ),
    kept(
        "people.ErasedSession.key_hash people.ErasedSession.until",
        what=_("After an erasure: a fingerprint of each browser's cookie, without a name."),
        why=_("So that a browser that knew you is told, and forgets you too."),
        until=_("About four hundred days. It is dropped at the next erasure after that."),
        seen_by=OPERATOR,
    ),
    kept(
        "people.Consent.id people.Consent.person people.Consent.version people.Consent.at",
        what=_("Which text you agreed to when you opened your account, and when."),
        why=_("To be able to show what was agreed."),
        until=UNTIL_ERASED,
        seen_by=YOU_AND_OPERATOR,
    ),
    kept(
        "people.PersonKey.person people.PersonKey.wrapped people.PersonKey.made_at",
        what=_("The key to what you write, itself locked by the server's master key."),
        why=_("So that a copy of the database alone opens nothing you wrote."),
        until=_("Until you erase your account. Then it is destroyed: no copy of your lines opens."),
        seen_by=NOBODY_READS,
    ),
    kept(
        "people.Brought.person people.Brought.sealed people.Brought.at",
        what=_("A file that you brought from another server, locked with your key, and when."),
        why=_("So that you can look at what is in it before it comes in."),
        until=_("Until you decide, and for an hour at most."),
        seen_by=NOBODY_READS,
    ),
    kept(
        "people.KeyCheck.id people.KeyCheck.sealed",
        what=_("One locked sentence that is the same for everybody."),
        why=_("To notice when the server was started with a wrong master key."),
        until=_("As long as this server."),
        seen_by=OPERATOR,
    ),
    kept(
        "people.Invitation.id people.Invitation.kind people.Invitation.token_hash people.Invitation.made_at"
        " people.Invitation.expires_at people.Invitation.by people.Invitation.returning"
        " people.Invitation.used_at people.Invitation.used_by people.Invitation.used_page",
        what=_("That an invitation was made, by whom, and who used it when. The link itself is not kept."),
        why=_("So that each link opens once."),
        until=_("As long as this server. Your account is taken out of it when you erase it."),
        seen_by=OPERATOR,
    ),
    kept(
        "people.SignUp.id people.SignUp.is_open people.SignUp.changed_at",
        what=_("Whether new accounts can be opened here, and since when. It says nothing of anybody."),
        why=_("So that whoever runs this server can close the door for a while."),
        until=_("As long as this server."),
        seen_by=OPERATOR,
    ),
    kept(
        "people.SignInAttempt.id people.SignInAttempt.address people.SignInAttempt.account"
        " people.SignInAttempt.at",
        what=_("That signing in failed: a fingerprint of the account tried and of the network address."),
        why=_("So that nobody can try passwords without end."),
        until=_("Fifteen minutes. It is dropped at the next try after that, by anybody."),
        seen_by=OPERATOR,
    ),
)
