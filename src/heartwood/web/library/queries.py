"""What is read from the library."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import file_digest, sha256
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db.models import Max, Min, Q

from heartwood import content, practice
from heartwood.content import ReadCourse
from heartwood.curriculum import Course, Text
from heartwood.practice import Event, EventKind, Timeline
from heartwood.practice.renderings import BUILT_IN, RENDERER_VERSION, VOICE_VERSIONS
from heartwood.practice.unguided import UNGUIDED
from heartwood.web.library.models import CourseVersion, Rendering, SpokenLength
from heartwood.web.library.voices import default_voice
from heartwood.web.people.models import User

STANDS_STILL_AFTER = timedelta(seconds=40)
CLOCKS_DIFFER_AT_MOST = timedelta(hours=1)


def newest_version() -> CourseVersion | None:
    """The version that somebody who begins today would begin with."""
    return CourseVersion.objects.order_by("-published_at", "-id").first()


def newest_of(course: str, *, language: str) -> CourseVersion | None:
    """The version in which somebody would begin this course today, without its long text."""
    versions = CourseVersion.objects.filter(course=course, language=language).defer("files")
    return versions.order_by("-published_at", "-id").first()


def on_offer() -> list[CourseVersion]:
    """Of each course its newest version, the course that was published first before the others."""
    newest: dict[tuple[str, str], CourseVersion] = {}
    for version in CourseVersion.objects.defer("files").order_by("published_at", "id"):
        newest[version.course, version.language] = version
    return list(newest.values())


def read(version: CourseVersion) -> ReadCourse:
    """The course of a version, read once in the life of a process."""
    return _read(version.hash)


def course_of(course_hash: str) -> ReadCourse:
    """The same, for those who hold only the hash."""
    return _read(course_hash)


@lru_cache(maxsize=16)
def _read(course_hash: str) -> ReadCourse:
    version = CourseVersion.objects.get(hash=course_hash)
    return content.parse_course(version.files, version.language)


def newest_course() -> ReadCourse | None:
    """The newest course without loading its text again."""
    found = CourseVersion.objects.order_by("-published_at", "-id").values_list("hash", flat=True).first()
    return _read(found) if found else None


def script_hash(course: ReadCourse, script: str) -> str:
    """Names the words and the structure of one script, whatever else the course changes."""
    folder = f"practices/{script}/"
    parts = (f"{path}\0{text}\0" for path, text in sorted(course.files.items()) if path.startswith(folder))
    return sha256("".join(parts).encode()).hexdigest()


def reading_hash(text: Text) -> str:
    """Names the words of one reading."""
    return text_hash(f"{text.title}\0{text.markdown}")


def is_read_aloud(course: Course, number: int) -> bool:
    """Whether this week has a reading, and a voice for its language is here."""
    has_reading = any(week.number == number and week.reading for week in course.weeks)
    return has_reading and course.language.partition("-")[0] == "en" and default_voice() == BUILT_IN


def reading_sound(course: Course, number: int) -> Rendering | None:
    """The reading of a week as sound, wherever its making has come to; None where nobody wanted it yet."""
    reading = course.week(number).reading
    made = Rendering.objects.filter(
        reading=number,
        script_hash=reading_hash(reading) if reading else "",
        language=course.language,
        voice_version=VOICE_VERSIONS[BUILT_IN],
        renderer_version=RENDERER_VERSION,
    )
    return made.defer("timeline").first()


def rendering(identity: UUID) -> Rendering | None:
    """Without its timeline, which is read where it is shown."""
    return Rendering.objects.filter(id=identity).defer("timeline").first()


def says(course_hash: str, made: Rendering) -> bool:
    """Whether the very words of this sound stand in the course of that hash; versions share most words."""
    return _says(course_hash, made.script, made.reading, made.script_hash, made.language)


@lru_cache(maxsize=4096)
def _says(course_hash: str, script: str, reading: int | None, words: str, language: str) -> bool:
    course = _read(course_hash)
    if course.course.language != language:
        return False
    if reading is None:
        return script in course.scripts and script_hash(course, script) == words
    texts = [week.reading for week in course.course.weeks if week.number == reading and week.reading]
    return words in map(reading_hash, texts)


def with_arrival() -> CourseVersion | None:
    """The version whose arrival practice a stranger meets: of the first course that has one."""
    return next((version for version in on_offer() if read(version).course.arrival), None)


def open_rendering(version: CourseVersion) -> Rendering | None:
    """What a stranger may hear: the arrival practice, the newest that is made, or else that is wanted."""
    arrivals = Rendering.objects.filter(
        is_open=True, script=read(version).course.arrival, course_version__course=version.course
    )
    newest_first = arrivals.order_by("-wanted_at", "-id")
    return newest_first.filter(state=Rendering.State.READY).first() or newest_first.first()


def next_due(*, at: datetime) -> UUID | None:
    """What is made next: what is waited for before what is laid in store, and people by turns."""
    due = Rendering.objects.filter(state=Rendering.State.DUE)
    ripe = due.filter(Q(not_before=None) | Q(not_before__lte=at))
    return ripe.order_by("priority", "turn", "wanted_at", "id").values_list("id", flat=True).first()


def next_turn(person: User | None, *, priority: int) -> int:
    """The turn of one more wish: after the same person's others, and beside what is next for everybody."""
    due = Rendering.objects.filter(state=Rendering.State.DUE, priority=priority)
    now = due.aggregate(now=Min("turn"))["now"] or 0
    own = due.filter(wanted_by=person).aggregate(last=Max("turn"))["last"] if person else None
    return now if own is None else max(now, own + 1)


def left_behind(*, at: datetime) -> list[Rendering]:
    """Renderings whose maker has said nothing for a while, or spoke before the clock was set back."""
    silent = Q(touched_at__lt=at - STANDS_STILL_AFTER) | Q(touched_at__gt=at + CLOCKS_DIFFER_AT_MOST)
    return list(Rendering.objects.filter(silent, state=Rendering.State.MAKING))


def sound_folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "renderings"


def spoken_folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "spoken"


def sound_file(made: Rendering) -> Path | None:
    """The finished file, or None while it is not whole."""
    path = sound_path(made)
    if made.state != Rendering.State.READY or not path.is_file():
        return None
    told = path.stat()
    if told.st_size != made.bytes or not _is_whole(path, told.st_mtime_ns, made.sha256):
        return None
    return path


def sound_path(made: Rendering) -> Path:
    """Where the file of a rendering lies, or will."""
    return sound_folder() / f"{made.id}.m4a"


@lru_cache(maxsize=4096)
def _is_whole(path: Path, changed_ns: int, digest: str) -> bool:
    """Whether these are the very bytes that were made; read once, and again when the file has changed."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest() == digest


def timeline_of(made: Rendering) -> Timeline:
    """The timeline that a finished file was made from."""
    rows = made.timeline or ()
    events = tuple(Event(**{**row, "kind": EventKind(row["kind"])}) for row in rows)
    return Timeline(made.script or UNGUIDED, made.file_ms, events)


def script_to_speak(voice: str, voice_version: str) -> tuple[CourseVersion, str] | None:
    """A published version and a script of it, one of whose lines has no length in this voice yet."""
    known = set(
        SpokenLength.objects.filter(voice=voice, voice_version=voice_version).values_list(
            "text_hash", flat=True
        )
    )
    for version in CourseVersion.objects.order_by("published_at"):
        lines = line_hashes(read(version))
        for words in lines.keys() - known:
            return version, lines[words][0]
    return None


def line_hashes(course: ReadCourse) -> dict[str, tuple[str, str]]:
    """Each spoken line of a course by the hash of its words: (script, cue)."""
    return {
        text_hash(cue.text): (script.id, cue.id)
        for script in course.scripts.values()
        for cue in practice.cues(script)
    }


def text_hash(words: str) -> str:
    return sha256(words.encode()).hexdigest()
