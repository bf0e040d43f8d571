"""`heartwood practice render` and `voices`; and the two jobs that the server hands to a child process."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from heartwood import content, practice, sound
from heartwood.cli import jobs
from heartwood.errors import SoundError
from heartwood.practice.captions import captions

SHIPPED = "heartwood-8w"
VERBS = ("render", "render-job", "speak-job", "voices")


def main(words: list[str]) -> int:
    """Run one of the VERBS, which stands first."""
    if words == ["render-job"]:
        return jobs.answer(sys.stdin, jobs.render)
    if words == ["speak-job"]:
        return jobs.answer(sys.stdin, jobs.speak)
    asked = _parser().parse_args(words)
    status: int = asked.run(asked)
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="heartwood practice")
    verbs = parser.add_subparsers(required=True, metavar=" | ".join(VERBS))
    render = verbs.add_parser("render", help="one sound file, at one length")
    render.add_argument("id", help="the practice, as the list names it")
    render.add_argument("--minutes", required=True, help="its length, such as 12 or 7.5")
    render.add_argument("--voice", default="built-in", help="built-in (default) or bells")
    render.add_argument("--piper", type=Path, help="with --voice piper: the Piper program")
    render.add_argument("--piper-model", type=Path, default=Path("voice.onnx"), help="and its model")
    render.add_argument("-o", "--output", required=True, type=Path, help="the sound file, such as arrive.m4a")
    render.add_argument("--vtt", type=Path, help="the lines as captions, too")
    render.add_argument("--course", type=Path, help="folder of another course")
    render.set_defaults(run=_render)
    voices = verbs.add_parser("voices", help="the voices that speak on this machine")
    voices.add_argument("--json", action="store_true", help="JSON instead of a table")
    voices.set_defaults(run=_voices)
    verbs.add_parser("render-job", help="for the server: one rendering, told on standard input")
    verbs.add_parser("speak-job", help="for the server: how long every line takes in a voice")
    return parser


def _render(asked: argparse.Namespace) -> int:
    course = content.read_course(asked.course or content.shipped_courses() / SHIPPED)
    script = course.script(asked.id)
    length = practice.read_minutes(asked.minutes)
    practice.check_length(script, length)
    voice = sound.Speaker(sound.voice(asked.voice, piper=_piper(asked)))
    timeline = practice.lay_out(script, length, spoken=sound.spoken_lengths(script, voice))
    sound.render(timeline, voice, asked.output, progress=_show_progress)
    if asked.vtt:
        _write(asked.vtt, captions(timeline))
    size = asked.output.stat().st_size / 1_000_000
    print(f"{asked.output}: {practice.as_minutes(length)} minutes, {size:.1f} MB, voice '{voice.name}'")
    return 0


def _piper(asked: argparse.Namespace) -> dict[str, str] | None:
    if not asked.piper:
        return None
    return {"program": str(asked.piper.absolute()), "model": str(asked.piper_model.absolute())}


def _show_progress(share: float) -> None:
    """The share that is done, where somebody is looking."""
    if sys.stderr.isatty():
        print(f"\r{share:4.0%}", end="\n" if share == 1 else "", file=sys.stderr, flush=True)


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as failure:
        raise SoundError(
            f"The captions could not be written to {path} ({failure.strerror}). Give another place."
        ) from failure


def _voices(asked: argparse.Namespace) -> int:
    rows = [
        {"name": voice.name, "version": voice.version, "language": voice.language}
        for voice in sound.voices_here()
    ]
    if asked.json:
        print(json.dumps(rows, indent=2))
        return 0
    for row in rows:
        print(f"{row['name']:<12} {row['language']:<6} {row['version']}")
    return 0
