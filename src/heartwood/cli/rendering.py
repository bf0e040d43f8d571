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
from heartwood.practice.choices import Bowl, Choices, as_chosen
from heartwood.practice.renderings import BELLS
from heartwood.practice.unguided import Stretch, Unguided, Way, lay_out_unguided

SHIPPED = "heartwood-8w"
VERBS = ("render", "unguided", "render-job", "speak-job", "voices")


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
    _add_unguided(verbs.add_parser("unguided", help="sitting without words: a timer with bells"))
    voices = verbs.add_parser("voices", help="the voices that speak on this machine")
    voices.add_argument("--json", action="store_true", help="JSON instead of a table")
    voices.set_defaults(run=_voices)
    verbs.add_parser("render-job", help="for the server: one rendering, told on standard input")
    verbs.add_parser("speak-job", help="for the server: how long every line takes in a voice")
    return parser


def _add_unguided(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--minutes", required=True, help="how long it lasts, such as 25")
    parser.add_argument("--interval", help="minutes between bells; none without it")
    parser.add_argument("--walk", help="minutes of walking after it, and then as long a sitting again")
    parser.add_argument("--open-end", action="store_true", help="quiet goes on after the last bell")
    parser.add_argument(
        "--bell", default="usual", help=f"{', '.join(Bowl)}: which bowl begins it and ends it"
    )
    parser.add_argument("--settle", default="0", help="seconds before it begins: 0, 15, 30 or 60")
    parser.add_argument("-o", "--output", required=True, type=Path, help="the sound file, such as sit.m4a")
    parser.set_defaults(run=_unguided)


def _unguided(asked: argparse.Namespace) -> int:
    told = {"opening_bell": asked.bell, "closing_bell": asked.bell, "settling_seconds": asked.settle}
    choices = Choices.read(told)
    sitting = Stretch(Way.SIT, practice.read_minutes(asked.minutes))
    walk = (Stretch(Way.WALK, practice.read_minutes(asked.walk)), sitting) if asked.walk else ()
    interval = practice.read_minutes(asked.interval) if asked.interval else 0
    laid_out = lay_out_unguided(Unguided((sitting, *walk), interval, asked.open_end))
    timeline = as_chosen(laid_out, choices)
    sound.render(timeline, sound.voice(BELLS), asked.output, choices=choices, progress=_show_progress)
    size = asked.output.stat().st_size / 1_000_000
    minutes = practice.as_minutes(laid_out.milliseconds)
    print(f"{asked.output}: {minutes} minutes, {size:.1f} MB, without words")
    return 0


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
