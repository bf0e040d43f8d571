"""What is kept of courses and sounds, in plain words."""

from django.utils.translation import gettext_lazy as _

from heartwood.web.kit.disclosure import OPERATOR, kept

TITLE = _("Courses and sounds")
LINES = (
    kept(
        "library.CourseVersion.id library.CourseVersion.course library.CourseVersion.language"
        " library.CourseVersion.title library.CourseVersion.hash library.CourseVersion.files"
        " library.CourseVersion.published_at library.SpokenLength.id library.SpokenLength.voice"
        " library.SpokenLength.voice_version library.SpokenLength.text_hash"
        " library.SpokenLength.milliseconds",
        what=_("The texts of the courses, and how long each line is when it is spoken."),
        why=_("They are the course. They say nothing of anybody."),
        until=_("As long as this server."),
        seen_by=_("Everybody here."),
    ),
    kept(
        "library.Rendering.id library.Rendering.key library.Rendering.course_version"
        " library.Rendering.script library.Rendering.script_hash library.Rendering.language"
        " library.Rendering.unguided library.Rendering.reading library.Rendering.choices"
        " library.Rendering.milliseconds library.Rendering.voice library.Rendering.voice_version"
        " library.Rendering.renderer_version"
        " library.Rendering.priority library.Rendering.is_open library.Rendering.state"
        " library.Rendering.attempts library.Rendering.progress library.Rendering.trouble"
        " library.Rendering.timeline library.Rendering.bytes library.Rendering.sha256"
        " library.Rendering.turn library.Rendering.wanted_at library.Rendering.not_before"
        " library.Rendering.heard_at library.Rendering.in_store_until library.Rendering.touched_at",
        what=_("The sounds that were made: practice or reading, how long, and when somebody last heard it."),
        why=_("So that a sound is made once, and room is made by letting go of what nobody hears."),
        until=_("Until the room is needed."),
        seen_by=OPERATOR,
    ),
    kept(
        "library.Rendering.wanted_by",
        what=_("Who is waiting for a sound."),
        why=_("So that people take turns."),
        until=_("Until it is made, or you erase your account."),
        seen_by=OPERATOR,
    ),
)
