"""What the library does by itself: practices become sound, in a child process with a time limit."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from tempfile import TemporaryFile
from typing import IO, Any

import structlog
from django.utils import timezone

from heartwood.practice.renderings import PIPER, VOICE_VERSIONS
from heartwood.web.library import actions, queries, room, voices
from heartwood.web.library.models import Rendering

SECONDS_FOR_ONE = 300


class ChildFailed(Exception):
    """The child process ended without what was asked of it."""


def drain(*, at: datetime, stopped: threading.Event) -> bool:
    """Make the most wanted rendering. Returns whether there was one."""
    for left in queries.left_behind(at=at):
        actions.fail(left, "Its maker ended in the middle.", at=at)
    identity = queries.next_due(at=at)
    rendering = actions.claim(identity, at=at) if identity else None
    if rendering is None:
        return False
    _make(rendering, stopped=stopped)
    return True


def speak(*, stopped: threading.Event) -> bool:
    """Measure the lines of one published script in the default voice. Returns whether there was one."""
    voice = voices.default_voice()
    unspoken = queries.script_to_speak(voice, VOICE_VERSIONS[voice])
    if unspoken is None:
        return False
    version, script = unspoken
    job = {"files": version.files, "language": version.language, "voice": voice, "script": script}
    job["cache"] = str(queries.spoken_folder())
    try:
        *_, told = _lines("speak-job", job, stopped=stopped)
        actions.keep_lengths(
            queries.read(version), told["spoken"], voice=voice, voice_version=told["voice_version"]
        )
    except (ChildFailed, KeyError, ValueError) as error:
        structlog.get_logger().error("speaking failed", course_version=str(version.id), why=str(error))
        return False
    return True


def _make(rendering: Rendering, *, stopped: threading.Event) -> None:
    queries.sound_folder().mkdir(parents=True, exist_ok=True)
    try:
        for told in _lines("render-job", _job(rendering), stopped=stopped):
            if "progress" in told:
                actions.note_progress(rendering, round(100 * told["progress"]), at=timezone.now())
            elif "done" in told:
                actions.finish(rendering, told["done"], at=timezone.now())
                return
            elif told.get("no_room"):
                room.wait_for_room(rendering, told["failed"], at=timezone.now())
                return
            elif "failed" in told:
                raise ChildFailed(told["failed"])
        raise ChildFailed("The maker ended without a word.")
    except (ChildFailed, OSError) as error:
        if stopped.is_set():
            actions.give_back(rendering, at=timezone.now())
            return
        structlog.get_logger().error("rendering failed", rendering=str(rendering.id), why=str(error))
        actions.fail(rendering, str(error), at=timezone.now())


def _job(rendering: Rendering) -> dict[str, Any]:
    version = rendering.course_version
    asked = {"unguided": rendering.unguided}
    if version and rendering.reading is not None:
        asked = {"files": version.files, "language": version.language, "reading": rendering.reading}
    elif version:
        asked = {"files": version.files, "language": version.language, "script": rendering.script}
        asked["milliseconds"] = rendering.milliseconds
    own = {"piper": voices.piper_job(rendering.voice_version)} if rendering.voice == PIPER else {}
    return {
        **asked,
        **own,
        "voice": rendering.voice,
        "choices": rendering.choices,
        "output": str(queries.sound_folder() / f"{rendering.id}.m4a"),
        "cache": str(queries.spoken_folder()),
    }


def _lines(verb: str, job: dict[str, Any], *, stopped: threading.Event) -> Iterator[dict[str, Any]]:
    """What the child says, line by line, until it ends. Raises ChildFailed for what is no line of ours."""
    with TemporaryFile() as complaints, _child(verb, complaints, stopped=stopped) as child:
        assert child.stdin and child.stdout
        try:
            child.stdin.write(json.dumps(job))
            child.stdin.close()
        except BrokenPipeError:
            pass
        for line in child.stdout:
            try:
                yield json.loads(line)
            except ValueError as error:
                raise ChildFailed(f"The maker said what is no answer: {line[:200]}") from error
        if child.wait():
            raise ChildFailed(_last_words(complaints) or f"The maker ended with {child.returncode}.")


def _last_words(complaints: IO[bytes]) -> str:
    complaints.seek(0)
    return complaints.read().decode(errors="replace")[-500:].strip()


@contextmanager
def _child(verb: str, complaints: IO[bytes], *, stopped: threading.Event) -> Iterator[subprocess.Popen[str]]:
    """The maker, which ends when its time is over or when the server stops.

    complaints  a file, since a pipe that nobody empties while the maker works would stop it
    """
    child = subprocess.Popen(
        [sys.executable, "-m", "heartwood", "practice", verb],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=complaints,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    ended = threading.Event()
    watcher = threading.Thread(target=_watch, args=[child, ended, stopped], daemon=True)
    watcher.start()
    try:
        yield child
    finally:
        ended.set()
        child.kill()
        child.wait()
        for stream in (child.stdin, child.stdout):
            if stream:
                stream.close()


def _watch(child: subprocess.Popen[str], ended: threading.Event, stopped: threading.Event) -> None:
    for _ in range(SECONDS_FOR_ONE * 5):
        if ended.wait(0.2):
            return
        if stopped.is_set():
            break
    child.kill()
