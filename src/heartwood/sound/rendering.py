"""A timeline becomes one continuous sound file: every sample where the timeline says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from heartwood.errors import SoundError
from heartwood.practice.choices import AS_USUAL, BELL_DECIBELS, Choices, bell_kind
from heartwood.practice.timeline import Event, Timeline
from heartwood.sound.bells import bell
from heartwood.sound.encoding import encoder
from heartwood.sound.loudness import gated
from heartwood.sound.samples import PER_MS, RATE, Samples, Wave, amplitude
from heartwood.sound.spoken import Loudness, Speaker, as_speaker
from heartwood.sound.voices import Voice

SPEECH_LUFS = -20.0
HIGHEST_PEAK = -2.0
"""True peak of speech before encoding, in dB; the encoder may add up to a decibel."""

_PIECE = 10 * RATE

_SPEAKING = 0.3
"""The share of the work that is done when every line is spoken."""


def render(
    timeline: Timeline,
    voice: Voice,
    path: Path,
    *,
    choices: Choices = AS_USUAL,
    progress: Callable[[float], None] = lambda share: None,
) -> None:
    """Write the timeline as one file: mono, 48 kHz, exactly as long as the timeline.

    choices   the bowls, the balance and the codec; what they move or silence in the timeline is
              the timeline's own (see practice.choices.as_chosen)
    progress  told the share that is done, from 0 to 1, after every line spoken and after every
              ten seconds of sound at most

    Raises SoundError when a line no longer fits its place, or when the file cannot be written.
    """
    written = 0
    pieces = waves(timeline, voice, choices=choices, progress=lambda share: progress(_SPEAKING * share))
    with encoder(path, choices.codec) as out:
        for piece in pieces:
            out.write(piece)
            written += len(piece)
            progress(_SPEAKING + (1 - _SPEAKING) * written / (timeline.milliseconds * PER_MS))


def waves(
    timeline: Timeline,
    voice: Voice,
    *,
    choices: Choices = AS_USUAL,
    progress: Callable[[float], None] = lambda share: None,
) -> Iterator[Wave]:
    """The whole sound in pieces of at most ten seconds, event by event, every sample in its place.

    progress  told the share of the lines that are spoken; all are before the first piece comes

    All lines of a practice are raised or lowered by one and the same factor, so that their
    speech together reaches -20 LUFS and nothing swells from line to line.
    """
    speaker = as_speaker(voice)
    lines = _spoken_lines(timeline, speaker, progress)
    _check_places(timeline, lines)
    with ThreadPoolExecutor() as meters:
        factor = speech_factor(meters.map(speaker.loudness, lines))
    for event in timeline.events:
        yield from _pieces(event, _sound(event, lines, factor, choices))


def speech_factor(lines: Iterable[Loudness]) -> float:
    """By how much speech is raised to reach its loudness, never past the highest true peak."""
    heard = [line for line in lines if line.peak is not None]
    level = gated(line.powers for line in heard)
    if level == -np.inf:
        return 1.0
    room = HIGHEST_PEAK - max(line.peak for line in heard if line.peak is not None)
    return amplitude(min(SPEECH_LUFS - level, room))


def _spoken_lines(
    timeline: Timeline, speaker: Speaker, progress: Callable[[float], None]
) -> dict[str, Samples]:
    texts = dict.fromkeys(event.text for event in timeline.events if event.kind == "cue")
    lines = {}
    for text in texts:
        lines[text] = speaker.speak(text)
        progress(len(lines) / len(texts))
    return lines


def _check_places(timeline: Timeline, lines: Mapping[str, Samples]) -> None:
    for event in timeline.events:
        if event.kind == "cue" and len(lines[event.text]) > event.length_ms * PER_MS:
            raise SoundError(
                f"The line '{event.id}' takes longer than the {event.length_ms} ms its timeline gives it: "
                "the timeline was laid out for another voice. Lay it out again for this one."
            )


def _pieces(event: Event, sound: Wave) -> Iterator[Wave]:
    """The sound of one event, with silence after it to the end of its place."""
    count = event.length_ms * PER_MS
    for start in range(0, count, _PIECE):
        piece = np.zeros(min(_PIECE, count - start), np.float32)
        heard = sound[start : min(start + _PIECE, count)]
        piece[: len(heard)] = heard
        yield piece


def _sound(event: Event, lines: Mapping[str, Samples], factor: float, choices: Choices) -> Wave:
    if event.kind == "cue":
        return lines[event.text] * np.float32(factor / 32_768)
    if event.kind == "bell":
        kind = bell_kind(event)
        return bell(kind, choices.bowl(kind)) * np.float32(amplitude(BELL_DECIBELS[choices.balance]))
    return np.zeros(0, np.float32)
