"""How long a practice takes to become a sound file, and how large the file is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

from bench.machine import ROOT

AIM_SECONDS = 8.0
AIM_MINUTES = 10
MINUTES = (7, AIM_MINUTES, 30)
SCRIPT = "settle-through-the-body"
DENSE_MINUTES = 30
PCM_BYTES_A_MINUTE = 48_000 * 2 * 60


def figures() -> Iterator[str]:
    """Whole child processes, as the server starts them: start, course, speech, bells, encoding, hash."""
    with tempfile.TemporaryDirectory(prefix="hw-bench-") as folder:
        made = {minutes: _made(Path(folder), minutes) for minutes in MINUTES}
    seconds, size = made[AIM_MINUTES]
    aim = f"the aim of {AIM_MINUTES} minutes in {AIM_SECONDS:.0f} s"
    yield f"rendering            {AIM_SECONDS / seconds:5.2f} × {aim}"
    yield f"                     {AIM_MINUTES * 60 / seconds:5.0f} × real time"
    smaller = size / AIM_MINUTES / PCM_BYTES_A_MINUTE
    yield f"                     {smaller:5.3f} of the bytes of 16-bit samples"
    for minutes, (seconds, size) in made.items():
        yield (
            f"  {minutes:2} minutes   {seconds:6.2f} s   {seconds / minutes:5.2f} s a minute of sound   "
            f"{size / minutes / 1000:4.0f} kB a minute"
        )
    yield from _by_voice_and_codec()
    yield from _parts()
    yield from _half_quiet()


def _by_voice_and_codec() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="hw-bench-") as folder:
        for voice, codec in product(("built-in", "built-in-en-GB", "bells"), ("aac", "opus")):
            seconds, size = _made(Path(folder), AIM_MINUTES, voice=voice, codec=codec)
            kilobytes = size / AIM_MINUTES / 1000
            yield f"  {AIM_MINUTES} minutes, {voice}, {codec}: {seconds:.2f} s, {kilobytes:.0f} kB a minute"


def _made(folder: Path, minutes: int, *, voice: str = "built-in", codec: str = "aac") -> tuple[float, int]:
    from heartwood import content

    course = content.read_course(content.shipped_courses() / "heartwood-8w")
    job = {
        "files": course.files,
        "language": "en",
        "script": SCRIPT,
        "milliseconds": minutes * 60_000,
        "voice": voice,
        "choices": {"codec": codec},
        "output": str(folder / f"{minutes}.m4a"),
    }
    began = time.perf_counter()
    done = _child("render-job", json.dumps(job))
    return time.perf_counter() - began, json.loads(done.splitlines()[-1])["done"]["bytes"]


def _child(verb: str, asked: str = "") -> str:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    words = [sys.executable, "-m", "heartwood", "practice", verb]
    return subprocess.run(
        words, input=asked, env=environment, capture_output=True, text=True, check=True
    ).stdout


def _parts() -> Iterator[str]:
    """Where the time of ten minutes goes."""
    from heartwood import content, practice, sound
    from heartwood.sound.rendering import waves

    voice = sound.voice("built-in")
    start = _timed(lambda: _child("voices"))
    read = _timed(lambda: content.read_course(content.shipped_courses() / "heartwood-8w"))
    script = content.read_course(content.shipped_courses() / "heartwood-8w").script(SCRIPT)
    lengths: dict[str, int] = {}
    spoken = _timed(lambda: lengths.update(sound.spoken_lengths(script, voice)))
    timeline = practice.lay_out(script, AIM_MINUTES * 60_000, spoken=lengths)
    lines = {event.text for event in timeline.events if event.kind == "cue"}
    again = _timed(lambda: [voice.speak(line) for line in lines])
    samples = _timed(lambda: sum(map(len, waves(timeline, voice))))
    with tempfile.TemporaryDirectory(prefix="hw-bench-") as folder:
        whole = _timed(lambda: sound.render(timeline, voice, Path(folder) / "x.m4a"))
    yield f"  where {AIM_MINUTES} minutes go: a process {start:.2f} s, the course {read:.2f},"
    yield f"  measuring lines {spoken:.2f} (the server keeps what was measured),"
    yield f"  speaking {again:.2f}, loudness and bells {samples - again:.2f}, encoding {whole - samples:.2f}"


def _half_quiet() -> Iterator[str]:
    """The most that a half hour can ask: as much speech as quiet, no line twice."""
    from heartwood import content, sound

    course = content.read_course(content.shipped_courses() / "heartwood-8w")
    timeline = _as_much_quiet_as_speech(course, sound.voice("built-in"), DENSE_MINUTES * 60_000)
    used = time.process_time()
    with tempfile.TemporaryDirectory(prefix="hw-bench-") as folder:
        seconds = _timed(lambda: sound.render(timeline, sound.voice("built-in"), Path(folder) / "x.m4a"))
    used = time.process_time() - used
    yield f"  {DENSE_MINUTES} minutes of which half is quiet: {seconds:.1f} s, {used:.1f} s of processor"


def _as_much_quiet_as_speech(course: Any, voice: Any, milliseconds: int) -> Any:
    from heartwood.practice.promise import cues
    from heartwood.practice.timeline import Event, EventKind, Timeline

    lines = dict.fromkeys(cue.text for script in course.scripts.values() for cue in cues(script))
    events: list[Event] = []
    now = 0
    for number, text in enumerate(lines):
        long = voice.milliseconds(text)
        if now + 2 * long > milliseconds:
            break
        events += [Event(EventKind.CUE, now, long, text, f"{number}"),
                   Event(EventKind.PAUSE, now + long, long, "", f"{number}")]  # fmt: skip
        now += 2 * long
    return Timeline("half-quiet", now, tuple(events))


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
