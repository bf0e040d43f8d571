"""What is kept of reminders, in plain words."""

from django.utils.translation import gettext_lazy as _

from heartwood.web.kit.disclosure import NOBODY_READS, UNTIL_ERASED, YOU_AND_OPERATOR, kept

TITLE = _("Reminders")
LINES = (
    kept(
        "today.Reminder.sealed",
        what=_("Your own words for a reminder, locked with your key."),
        why=_("To show them to you when you open a reminder. They stand in no letter."),
        until=_("Until you change them or erase your account."),
        seen_by=NOBODY_READS,
    ),
    kept(
        "today.Reminder.person today.Reminder.state today.Reminder.way today.Reminder.habit"
        " today.Reminder.minute today.Reminder.weekdays today.Reminder.quiet_from today.Reminder.quiet_until"
        " today.Reminder.changed_at today.Reminder.next_at today.Reminder.reckoned_zone"
        " today.Reminder.reckoned_boundary",
        what=_("When and how you wish to be reminded, your quiet hours, and when you last said so."),
        why=_("To remind you then, by the clock where you are, and at no other time."),
        until=UNTIL_ERASED,
        seen_by=YOU_AND_OPERATOR,
    ),
    kept(
        "today.CalendarAddress.person today.CalendarAddress.token_hash today.CalendarAddress.made_at",
        what=_("That your calendar has an address here and since when. The address itself is not kept."),
        why=_("So that your calendar program can fetch the moments you chose, and nobody else."),
        until=_("Until you close that address or erase your account."),
        seen_by=YOU_AND_OPERATOR,
    ),
    kept(
        "today.Reminded.id today.Reminded.person today.Reminded.day today.Reminded.at",
        what=_("On which days you were reminded."),
        why=_("So that no day has two reminders, and you are asked when they seem of no use."),
        until=_("Sixty days, or until you erase your account."),
        seen_by=YOU_AND_OPERATOR,
    ),
)
