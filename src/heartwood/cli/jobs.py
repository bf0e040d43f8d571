"""What the server hands to a child process, one JSON job on standard input, answered in JSON lines.

The server never loads a voice or an encoder itself: a crash in one of them takes nobody along.
"""

from __future__ import annotations

import hashlib
import json
import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO, TypeVar

from heartwood import content, practice, sound
from heartwood.content import ReadCourse
from heartwood.errors import HeartwoodError, NoRoom
from heartwood.practice.aloud import lay_out_aloud
from heartwood.practice.choices import Choices, as_chosen
from heartwood.practice.unguided import Unguided, lay_out_unguided

Kind = TypeVar("Kind")

Answer = Callable[[Mapping[str, Any]], None]

MEASURING = 0.1
"""What it is of the work on a reading to measure its lines first: whoever waits hears of that part too."""


class JobError(HeartwoodError):
    """A job that is no job: not JSON, or without what it needs."""


def answer(asked: TextIO, work: Answer) -> int:
    """Do the work of one job, told on standard output line by line.

    What is refused is told as `{"failed": sentence}`, on standard error as well; where only the disk was
    full, with `"no_room": true`. Returns the exit status.
    Ctrl-C in a terminal is meant for the server, which then ends this process and counts no failure.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        work(_read(asked))
    except HeartwoodError as refusal:
        full = {"no_room": True} if isinstance(refusal, NoRoom) else {}
        tell({"failed": str(refusal), **full})
        print(refusal, file=sys.stderr)
        return 2
    return 0


def render(job: Mapping[str, Any]) -> None:
    """Render one practice; tells `{"progress": 0.0 to 1.0}` and last `{"done": {…}}`.

    job  files (a course's text by path), language, script, milliseconds; or instead of these
         unguided (as practice.unguided reads it), or files, language and reading (a week's number,
         whose reading is read aloud); voice, output (a path), choices (as practice.choices reads
         them, or absent), cache (a folder for what was measured of each line, or absent)
    """
    voice = _speaker(job)
    output = Path(_need(job, "output", str))
    choices = Choices.read(job.get("choices", {}))
    told = _each_percent()
    timeline = as_chosen(_timeline(job, voice, told), choices)
    sound.render(timeline, voice, output, choices=choices, progress=told)
    with output.open("rb") as made:
        digest = hashlib.file_digest(made, "sha256").hexdigest()
    tell(
        {
            "done": {
                "timeline": list(_rows(timeline)),
                "bytes": output.stat().st_size,
                "sha256": digest,
                "milliseconds": timeline.milliseconds,
                "renderer_version": sound.RENDERER_VERSION,
                "voice_version": voice.version,
            }
        }
    )


def _timeline(
    job: Mapping[str, Any], voice: sound.Speaker, told: Callable[[float], None]
) -> practice.Timeline:
    if "unguided" in job:
        return lay_out_unguided(Unguided.read(_need(job, "unguided", dict)))
    if "reading" in job:
        return _reading(job, voice, told)
    script = _course(job).script(_need(job, "script", str))
    length = _need(job, "milliseconds", int)
    practice.check_length(script, length)
    return practice.lay_out(script, length, spoken=_lengths(script, voice, told))


def _lengths(script: practice.Script, voice: sound.Speaker, told: Callable[[float], None]) -> dict[str, int]:
    cues = list(practice.cues(script))
    lengths = _measured([cue.text for cue in cues], voice, told)
    return {cue.id: lengths[cue.text] for cue in cues}


def _measured(lines: Sequence[str], voice: sound.Voice, told: Callable[[float], None]) -> dict[str, int]:
    """How long each line takes, by its words. A voice that is slow says after each that it is not dead."""
    lengths = {}
    for said, words in enumerate(lines, start=1):
        lengths[words] = voice.milliseconds(words)
        told(MEASURING * said / len(lines))
    return lengths


def _reading(job: Mapping[str, Any], voice: sound.Voice, told: Callable[[float], None]) -> practice.Timeline:
    number = _need(job, "reading", int)
    weeks = {week.number: week for week in _course(job).course.weeks}
    if number not in weeks or (text := weeks[number].reading) is None:
        raise JobError(f"There is no reading in week {number}. Send a week that has one.")
    lines = content.lines_aloud(text)
    lengths = _measured([line.words for line in lines], voice, told)
    return lay_out_aloud(lines, lengths.__getitem__)


def speak(job: Mapping[str, Any]) -> None:
    """Speak and measure every line of a course once.

    Tells `{"voice_version", "spoken": {script: {cue: milliseconds}}}`.
    job  files, language, voice, cache; script where only one is wanted
    """
    voice = _speaker(job)
    course = _course(job)
    wanted = [course.script(_need(job, "script", str))] if "script" in job else list(course.scripts.values())
    spoken = {script.id: sound.spoken_lengths(script, voice) for script in wanted}
    for cue in (cue for script in wanted for cue in practice.cues(script)):
        voice.loudness(cue.text)
    tell({"voice_version": voice.version, "spoken": spoken})


def tell(line: Mapping[str, object]) -> None:
    """One line to the server. Where nobody listens any more, the work ends here."""
    try:
        print(json.dumps(line, ensure_ascii=False), flush=True)
    except BrokenPipeError:
        raise SystemExit(1) from None


def _each_percent() -> Callable[[float], None]:
    told = -1

    def progress(share: float) -> None:
        nonlocal told
        if int(share * 100) > told:
            told = int(share * 100)
            tell({"progress": told / 100})

    return progress


def _rows(timeline: practice.Timeline) -> Iterator[dict[str, object]]:
    for event in timeline.events:
        yield {
            "id": event.id,
            "kind": event.kind,
            "start_ms": event.start_ms,
            "length_ms": event.length_ms,
            "text": event.text,
        }


def _read(asked: TextIO) -> Mapping[str, Any]:
    try:
        job = json.load(asked)
    except ValueError as error:
        raise JobError(f"This job is not JSON ({error}). Send one JSON object.") from error
    if not isinstance(job, dict):
        raise JobError("This job is JSON, but no object. Send one JSON object.")
    return job


def _course(job: Mapping[str, Any]) -> ReadCourse:
    files = _need(job, "files", dict)
    if not all(isinstance(text, str) for text in files.values()):
        raise JobError("'files' of this job holds something else than text. Send text by path.")
    return content.parse_course(files, _need(job, "language", str))


def _speaker(job: Mapping[str, Any]) -> sound.Speaker:
    voice = sound.voice(_need(job, "voice", str), piper=job.get("piper"), takes=_cache(job))
    return sound.Speaker(voice, cache=_cache(job))


def _cache(job: Mapping[str, Any]) -> Path | None:
    return Path(_need(job, "cache", str)) if "cache" in job else None


def _need(job: Mapping[str, Any], name: str, kind: type[Kind]) -> Kind:
    value = job.get(name)
    if not isinstance(value, kind) or isinstance(value, bool):
        raise JobError(f"This job lacks '{name}', or it is not of the kind '{kind.__name__}'. Send it.")
    return value
