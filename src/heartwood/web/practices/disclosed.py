"""What is kept of practising and writing, in plain words."""

from django.utils.translation import gettext_lazy as _

from heartwood.web.kit.disclosure import NOBODY_READS, UNTIL_ERASED, YOU_AND_OPERATOR, kept

_UNTIL_DELETED = _("Until you delete it or erase your account.")

TITLE = _("Your practice, and what you write")
LINES = (
    kept(
        "practices.Sitting.id practices.Sitting.person practices.Sitting.enrolment"
        " practices.Sitting.practice practices.Sitting.title practices.Sitting.rendering"
        " practices.Sitting.length_ms practices.Sitting.began_at practices.Sitting.zone"
        " practices.Sitting.day_boundary_minutes practices.Sitting.day practices.Sitting.practised_ms"
        " practices.Sitting.corrected_ms practices.Sitting.by_hand practices.Sitting.finished"
        " practices.Sitting.clock_was_wrong"
        " practices.Sitting.received_at",
        what=_("When you sat, with which practice, for how long, and in which time zone that day was."),
        why=_("For your history, and for the plant on your page."),
        until=_UNTIL_DELETED,
        seen_by=YOU_AND_OPERATOR,
    ),
    kept(
        "practices.SittingEvent.id practices.SittingEvent.sitting practices.SittingEvent.sequence"
        " practices.SittingEvent.kind practices.SittingEvent.position_ms practices.SittingEvent.wall_ms"
        " practices.SittingEvent.amiss_ms practices.SittingEvent.received_at",
        what=_("When the player was started, paused or moved, and where in the sound that was."),
        why=_("To count the minutes you really practised, also when the network was away."),
        until=_("Until you delete the sitting or erase your account."),
        seen_by=YOU_AND_OPERATOR,
    ),
    kept(
        "practices.Sitting.sealed_title practices.Reflection.sealed practices.Reflection.sealed_about",
        what=_(
            "The lines and pages you write, with their tags, and what you call a sitting that you add"
            " yourself, locked with a key of your own."
        ),
        why=_("So that you can read them again."),
        until=_UNTIL_DELETED,
        seen_by=NOBODY_READS,
    ),
    kept(
        "practices.Reflection.id practices.Reflection.person practices.Reflection.sitting"
        " practices.Reflection.written_at practices.Reflection.day practices.Reflection.kind"
        " practices.Reflection.changed_at practices.Reflection.revision practices.Reflection.writing"
        " practices.Reflection.saving",
        what=_("When you wrote a line or a page, after which sitting, and how often it was changed."),
        why=_("To put it beside its day, and to lose nothing when two devices write at once."),
        until=_UNTIL_DELETED,
        seen_by=YOU_AND_OPERATOR,
    ),
    kept(
        "practices.CaringAct.sealed",
        what=_("The caring acts you write down, one line each, locked with a key of your own."),
        why=_("So that you can read them again, at the end of a week and later."),
        until=_UNTIL_DELETED,
        seen_by=NOBODY_READS,
    ),
    kept(
        "practices.CaringAct.id practices.CaringAct.person practices.CaringAct.direction"
        " practices.CaringAct.written_at practices.CaringAct.day",
        what=_("When you wrote down a caring act, and whether it was for others, for yourself, or received."),
        why=_("To put it beside its day, and for the plant on your page."),
        until=_UNTIL_DELETED,
        seen_by=YOU_AND_OPERATOR,
    ),
    kept(
        "practices.Letter.sealed",
        what=_("The letters you write to yourself, locked with a key of your own."),
        why=_("So that you can open them when their day has come."),
        until=_UNTIL_DELETED,
        seen_by=NOBODY_READS,
    ),
    kept(
        "practices.Letter.id practices.Letter.person practices.Letter.written_at practices.Letter.opens_on"
        " practices.Letter.opened_at practices.Letter.declined_at",
        what=_("When you wrote a letter to yourself, its day, and whether you opened it or left it closed."),
        why=_("To say on its day that it is here."),
        until=_UNTIL_DELETED,
        seen_by=YOU_AND_OPERATOR,
    ),
    kept(
        "practices.VoiceNote.sealed",
        what=_("What you record, locked with a key of your own."),
        why=_("So that you can hear it again."),
        until=_UNTIL_DELETED,
        seen_by=NOBODY_READS,
    ),
    kept(
        "practices.VoiceNote.id practices.VoiceNote.person practices.VoiceNote.media_type"
        " practices.VoiceNote.length_ms practices.VoiceNote.bytes practices.VoiceNote.content_hash"
        " practices.VoiceNote.recorded_at practices.VoiceNote.day",
        what=_("When you recorded something, how long it is, and a mark by which a second copy is known."),
        why=_("To put it beside its day, and to keep it once."),
        until=_UNTIL_DELETED,
        seen_by=YOU_AND_OPERATOR,
    ),
    kept(
        "practices.Twin.id practices.Twin.person practices.Twin.kind practices.Twin.subject"
        " practices.Twin.content_hash practices.Twin.sealed practices.Twin.received_at",
        what=_("What arrived a second time and read differently, locked with your key."),
        why=_("So that of two versions none is lost."),
        until=_("Until you delete what it belongs to, or erase your account."),
        seen_by=NOBODY_READS,
    ),
    kept(
        "practices.Deleted.id practices.Deleted.person practices.Deleted.at",
        what=_("The number of what you deleted, and when; nothing of what it said."),
        why=_("So that a late copy from a device does not bring it back."),
        until=UNTIL_ERASED,
        seen_by=YOU_AND_OPERATOR,
    ),
    kept(
        "practices.LetGo.id practices.LetGo.person practices.LetGo.kind practices.LetGo.until",
        what=_(
            "That you deleted something a short while ago, of which kind, and until when it can come back."
        ),
        why=_("So that a slip of the hand can be undone."),
        until=_("An hour and some minutes, until you bring it back, or until you erase your account."),
        seen_by=YOU_AND_OPERATOR,
    ),
    kept(
        "practices.LetGo.sealed",
        what=_("What you deleted a short while ago, locked with a key of your own."),
        why=_("So that it can be brought back whole."),
        until=_("An hour and some minutes, until you bring it back, or until you erase your account."),
        seen_by=NOBODY_READS,
    ),
)
